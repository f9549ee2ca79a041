// The yardstick of registrations: nothing but crypt_r, on all processors.

import CLinux
import Crypto
import Glibc
import Synchronization
import Threads

/// Hashes one password over and over, a thread for each processor.
enum CryptYardstick {
    /// Hashes a second.
    ///
    /// - Parameters:
    ///   - limit: for how long.
    ///   - cost: the yescrypt cost.
    static func hashesPerSecond(seconds limit: Double, password: String, cost: PasswordCost) throws -> Double
    {
        let setting = try setting(cost)
        let counter = Counter()
        let start = Clock.nanoseconds()
        var threads: [NamedThread] = []
        for index in 0..<MachineFacts.processors {
            threads.append(
                try NamedThread.start(name: "crypt-\(index)") {
                    while Clock.seconds(since: start) < limit { hash(password, setting, counter) }
                }
            )
        }
        for thread in threads { thread.join() }
        let seconds = Clock.seconds(since: start)
        guard counter.failures.load(ordering: .relaxed) == 0 else { throw BenchmarkError("crypt_r failed") }
        return Double(counter.hashes.load(ordering: .relaxed)) / seconds
    }

    /// How many hashes were made, and how many could not be.
    private final class Counter: Sendable {
        let hashes = Atomic<Int>(0)
        let failures = Atomic<Int>(0)
    }

    /// Hashes some times, all in the same work memory.
    private static func hash(_ password: String, _ setting: String, _ counter: Counter) {
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        defer { data.deallocate() }
        memset(data, 0, MemoryLayout<crypt_data>.size)
        for _ in 0..<32 {
            // A failure is a null or a text that starts with a star; no hash of this scheme is this short.
            guard let hash = crypt_r(password, setting, data), strlen(hash) > 20 else {
                counter.failures.add(1, ordering: .relaxed)
                return
            }
            counter.hashes.add(1, ordering: .relaxed)
        }
    }

    private static func setting(_ cost: PasswordCost) throws -> String {
        var target = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        let salt = [CChar](repeating: 7, count: 16)
        let made = crypt_gensalt_rn(
            "$y$",
            UInt(cost.value),
            salt,
            Int32(salt.count),
            &target,
            Int32(target.count)
        )
        guard let made else { throw BenchmarkError.last("crypt_gensalt_rn") }
        return String(cString: made)
    }
}
