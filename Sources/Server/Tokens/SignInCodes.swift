// The codes that sign an administrator in once: in memory, by the digest of each, for fifteen minutes.

import Crypto
import Reactor
import Routing
import Threads

/// The codes that are good now.
final class SignInCodes: Sendable {
    /// How long a code is good, in seconds.
    static let life = 15 * 60
    /// The codes at most; a further one ends the oldest.
    private static let maximum = 64

    private struct Entry {
        let digest: Digest
        let administrator: String
        let deadline: UInt64
    }

    /// The oldest first.
    private let entries = Guarded<[Entry]>([])
    private let time: any TimeSource

    init(time: any TimeSource) {
        self.time = time
    }

    /// A new code for an administrator.
    func issue(for administrator: String) -> SignInCode {
        let text = Random.identifier(byteCount: 24)
        let entry = Entry(
            digest: SHA256.hash(text),
            administrator: administrator,
            deadline: time.monotonicNanoseconds() + UInt64(Self.life) * 1_000_000_000
        )
        entries.withLock { entries in
            if entries.count == Self.maximum { entries.removeFirst() }
            entries.append(entry)
        }
        return SignInCode(text: text, seconds: Self.life)
    }

    /// The administrator of a code, whose code is good no more; nil for one that isn't good.
    ///
    /// Digests are compared, so that the time it takes says nothing of a code.
    func redeem(_ text: String) -> String? {
        let digest = SHA256.hash(text)
        let now = time.monotonicNanoseconds()
        return entries.withLock { entries in
            entries.removeAll { $0.deadline <= now }
            guard let index = entries.firstIndex(where: { $0.digest == digest }) else { return nil }
            return entries.remove(at: index).administrator
        }
    }
}
