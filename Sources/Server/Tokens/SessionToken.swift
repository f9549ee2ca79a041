// The token of a user's session: a JSON Web Token with the claims that its dialect documents, and one of ours.

import Crypto
import Domain
import JSON

/// The claims of a valid token of any form.
struct VerifiedToken: Equatable {
    let claims: TokenClaims
    /// The secret that opened it; nil for a token that is no session's.
    let session: OpenSession?
}

/// Writing and reading sessions' tokens.
enum SessionToken {
    /// The claim that decides: application, user, the user's generation, credential, platform, its session
    /// generation.
    ///
    /// Everything before it is for the client's eyes. A token signed for anything else lacks it, and is none of ours.
    private static let decisive: StaticString = "ply"
    /// Stands for none: keys begin at 1.
    private static let noCredential: Int64 = 0

    static func issue(_ grant: SessionGrant, with keys: TokenKeys) -> String {
        var json = JSONWriter()
        json.beginObject()
        for claim in grant.claims {
            switch claim {
            case .text(let name, let text):
                json.key(name)
                json.string(text)
            case .number(let name, let number):
                json.key(name)
                json.integer(number)
            }
        }
        json.key("exp")
        json.integer(grant.expires.seconds)
        json.key("nbf")
        json.integer(grant.issued.seconds)
        json.key("iat")
        json.integer(grant.issued.seconds)
        json.key(decisive)
        json.beginArray()
        json.integer(grant.application.rawValue)
        json.integer(grant.user.id.rawValue)
        json.integer(Int64(grant.user.tokenGeneration))
        json.integer(grant.credential?.rawValue ?? noCredential)
        json.integer(Int64(grant.platform))
        json.integer(Int64(grant.generation))
        json.endArray()
        json.endObject()
        return JWT.issue(claims: json.bytes, key: keys.current.hmac)
    }

    /// The claims of a token that one of the keys signed.
    ///
    /// Its time is the caller's to look at.
    static func verify(_ token: [UInt8], with keys: TokenKeys) throws(TokenProblem) -> VerifiedToken {
        let bytes: [UInt8]
        do throws(JWTProblem) {
            bytes = try JWT.verify(String(decoding: token, as: UTF8.self), keys: keys)
        } catch .badSignature {
            throw .badSignature
        } catch {
            throw .malformed
        }
        guard let found = read(bytes) else { throw .malformed }
        return found
    }

    private static func read(_ claims: [UInt8]) -> VerifiedToken? {
        guard let root = try? JSONDocument(claims).root, let expires = root["exp"]?.int64,
            let issued = root["iat"]?.int64, let numbers = root[decisive]?.elements.map(\.int64),
            numbers.count == 6
        else { return nil }
        let values = numbers.compactMap(\.self)
        guard values.count == 6 else { return nil }
        return VerifiedToken(
            claims: TokenClaims(
                kind: .user,
                scope: 0,
                issuedAt: UInt32(clamping: issued),
                expiresAt: UInt32(clamping: expires),
                tenant: values[0],
                subject: values[1],
                generation: UInt32(clamping: values[2])
            ),
            session: OpenSession(
                application: ApplicationID(rawValue: values[0]),
                credential: values[3] == noCredential ? nil : CredentialID(rawValue: values[3]),
                user: UserID(rawValue: values[1]),
                userGeneration: Int(values[2]),
                platform: Int(values[4]),
                generation: Int(values[5]),
                expires: Timestamp(milliseconds: expires * 1000)
            )
        )
    }
}
