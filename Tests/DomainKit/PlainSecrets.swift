// Secrets without cryptography, for rules that keep what they are given.

import Domain

/// A hash is the secret itself.
struct PlainSecrets: Secrets {
    func token(for grant: Grant) -> String { "" }
    func token(for session: SessionGrant) -> String { "" }
    func session(ofToken token: String) -> OpenSession? { nil }
    /// One a millisecond.
    func uuid(at now: Timestamp) -> UUID { UUID(high: UInt64(bitPattern: now.milliseconds), low: 0) }
    func credential() -> NewCredential { NewCredential(clientID: "", secret: "", secretHash: []) }
    func firstCredential(of application: UUID) -> NewCredential { credential() }
    func secret(of credential: Credential, of application: UUID) -> String? { nil }
    func secretHash(of secret: String) -> [UInt8] { Array(secret.utf8) }
    func secretMatches(_ secret: String, hash: [UInt8]) -> Bool { Array(secret.utf8) == hash }
    func pseudonym(of name: String, in application: Application, at now: Timestamp) -> UUID {
        UUID(high: 0, low: 0)
    }
    func signature(of text: String) -> String { "" }
    func veiled(_ bytes: [UInt8], under label: String) -> [UInt8] { bytes }
    func shareSecret() -> String { "" }
    func isEqual(_ secret: String, _ expected: String) -> Bool { secret == expected }
    func isSignature(_ signature: String, of text: String) -> Bool { false }
}
