// Tokens that were verified a moment ago: a backend sends the same one with every request.

import Crypto

/// Remembers verified tokens of one loop, so that a signature is computed once and not with each request.
///
/// The facts that can end a token are still checked each time: its expiry and its key here, its credential or
/// generation by the caller.
final class VerifiedTokens {
    private struct Entry {
        let token: [UInt8]
        let verified: VerifiedToken
        /// The keys that verified it; others may lack its own.
        let generation: Int
    }

    /// A power of two; a token has one place, and the one verified last keeps it.
    private static let places = 256
    private var entries = [Entry?](repeating: nil, count: places)

    /// The claims of a valid token of either form.
    func verify(_ token: ArraySlice<UInt8>, with keys: SigningKeys, nowSeconds: Int64) throws(TokenProblem)
        -> VerifiedToken
    {
        let place = Self.place(of: token)
        // The whole text is compared, in constant time: how far a guess matches a good token must not show.
        let generation = keys.generation
        if let entry = entries[place], entry.generation == generation,
            constantTimeEquals(entry.token[...], token)
        {
            try Self.check(entry.verified.claims, nowSeconds)
            return entry.verified
        }
        let token = Array(token)
        let verified: VerifiedToken
        if token.starts(with: Self.webTokenPrefix) {
            verified = try SessionToken.verify(token, with: keys.current)
            try Self.check(verified.claims, nowSeconds)
        } else {
            let claims = try keys.current.verify(token, nowSeconds: nowSeconds)
            verified = VerifiedToken(claims: claims, session: nil)
        }
        entries[place] = Entry(token: token, verified: verified, generation: generation)
        return verified
    }

    /// The first characters of every JSON Web Token: `{"` in base64url.
    private static let webTokenPrefix = Array("eyJ".utf8)

    private static func check(_ claims: TokenClaims, _ nowSeconds: Int64) throws(TokenProblem) {
        guard claims.expiresAt == 0 || nowSeconds < Int64(claims.expiresAt) else { throw .expired }
    }

    /// The signature's last characters are as good as random.
    private static func place(of token: ArraySlice<UInt8>) -> Int {
        token.suffix(4).reduce(0) { $0 &* 31 &+ Int($1) } & (places - 1)
    }
}
