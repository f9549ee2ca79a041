// The codes of sign-in links that the process has made: kept as digests, for fifteen minutes, for one use.

import Crypto
import Domain
import Threads

/// The open codes.
final class IssuedCodes: SignInCodes {
    private struct Open {
        let administrator: AdministratorID
        let expires: Timestamp
    }

    private let codes = Guarded<[[UInt8]: Open]>([:])

    private static let lifeSeconds: Int64 = 15 * 60
    /// Codes that are open at once; beyond it the oldest are dropped with all others.
    private static let maximumCodes = 1000

    func make(for administrator: AdministratorID, at now: Timestamp) -> String {
        let code = Random.identifier(byteCount: 24)
        let open = Open(administrator: administrator, expires: now.adding(seconds: Self.lifeSeconds))
        codes.withLock { codes in
            codes = codes.filter { now < $0.value.expires }
            if codes.count >= Self.maximumCodes { codes = [:] }
            codes[SHA256.hash(code).bytes] = open
        }
        return code
    }

    func redeem(_ code: String, at now: Timestamp) -> AdministratorID? {
        let digest = SHA256.hash(code).bytes
        guard let open = codes.withLock({ $0.removeValue(forKey: digest) }), now < open.expires else {
            return nil
        }
        return open.administrator
    }
}
