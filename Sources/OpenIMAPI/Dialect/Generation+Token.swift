// The generation that a token was opened in: where the names of a request say nothing, its client is known by that.

import Crypto
import Domain
import JSON

extension Generation {
    private static let claimName = "gen"

    /// The claim that tells it, with 1 for the first generation.
    var claim: SessionGrant.Claim { .number(Self.claimName, Int64(rawValue + 1)) }

    /// The generation that a token says; nil for one that can't be read, or was opened by another dialect.
    ///
    /// Only the manner of an answer depends on it, so nobody's signature is looked at.
    init?(ofToken token: String) {
        let parts = token.split(separator: ".", maxSplits: 3)
        guard parts.count == 3, let claims = Base64URL.decode(String(parts[1])),
            let number = try? JSONDocument(claims).root[Self.claimName]?.int64
        else { return nil }
        self.init(rawValue: Int(number) - 1)
    }
}
