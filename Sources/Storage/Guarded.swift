// A value that several threads share, behind a lock that can also be waited on.

import Glibc

/// A value that is only touched while its lock is held.
///
/// `@unchecked Sendable`: the one stored property that changes is reached through the methods below alone,
/// and each holds the mutex around it. A POSIX mutex and not `Synchronization.Mutex`: takers have to wait for
/// a change, and ThreadSanitizer doesn't know the other one's contended path.
final class Guarded<Value>: @unchecked Sendable {
    // Neither may move, hence the allocations.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value
    private var sleepers = 0

    init(_ value: sending Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Reads or changes the value, waking nobody.
    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }

    /// Changes the value so that one sleeper, or all of them, have to look again.
    ///
    /// A system call only if one sleeps.
    func change<Result>(wakingAll: Bool = false, _ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        let result = body(&value)
        let sleeping = sleepers > 0
        pthread_mutex_unlock(mutex)
        if sleeping {
            if wakingAll { pthread_cond_broadcast(changed) } else { pthread_cond_signal(changed) }
        }
        return result
    }

    /// Waits until `body` finds what it wants.
    ///
    /// - Parameter milliseconds: the longest wait; -1 is for ever.
    /// - Returns: nil when the time is over.
    func wait<Result>(atMost milliseconds: Int32 = -1, _ body: (inout Value) -> Result?) -> Result? {
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let nanoseconds = deadline.tv_nsec + Int(max(0, milliseconds)) * 1_000_000
        deadline.tv_sec += nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000

        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&value) { return result }
            sleepers += 1
            defer { sleepers -= 1 }
            if milliseconds < 0 {
                pthread_cond_wait(changed, mutex)
            } else if pthread_cond_timedwait(changed, mutex, &deadline) == ETIMEDOUT {
                return body(&value)
            }
        }
    }
}
