// Tokens that were verified a moment ago: a backend sends the same one with every request.

import Crypto

/// Remembers verified tokens of one loop, so that a signature is computed once and not with each request.
///
/// What can end a token is still checked each time: its expiry here, its credential or generation by the caller. Keys
/// are only added while the server runs, so a signature that was good stays good.
final class VerifiedTokens {
    private struct Entry {
        let token: [UInt8]
        let claims: TokenClaims
    }

    /// A power of two; a token has one place, and the one verified last keeps it.
    private static let places = 256
    private var entries = [Entry?](repeating: nil, count: places)

    /// The claims of a good token.
    func claims(_ token: [UInt8], with keys: SigningKeys, nowSeconds: Int64) throws(TokenProblem) -> TokenClaims {
        let place = Self.place(of: token)
        // The whole text is compared, in constant time: how far a guess matches a good token must not show.
        if let entry = entries[place], constantTimeEquals(entry.token, token) {
            let expires = entry.claims.expiresAt
            guard expires == 0 || nowSeconds < Int64(expires) else { throw .expired }
            return entry.claims
        }
        let claims = try keys.current.verify(token, nowSeconds: nowSeconds)
        entries[place] = Entry(token: token, claims: claims)
        return claims
    }

    /// The signature's last characters are as good as random.
    private static func place(of token: [UInt8]) -> Int {
        token.suffix(4).reduce(0) { $0 &* 31 &+ Int($1) } & (places - 1)
    }
}
