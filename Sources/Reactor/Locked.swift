// A value that several threads share, behind a plain lock of the C library.

/// A value that is only touched while its lock is held.
///
/// In the place of `Synchronization.Mutex`, for the reasons that `PosixMutex` gives; with it, the thread sanitizer's
/// word can be taken without a list of exceptions.
///
/// `@unchecked Sendable`: the storage is reached through `withLock` alone, which holds the mutex around it.
package struct Locked<Value>: ~Copyable, @unchecked Sendable {
    private let mutex = PosixMutex()
    // An address of its own, so that it can be changed through a shared `Locked`.
    private let storage = UnsafeMutablePointer<Value>.allocate(capacity: 1)

    package init(_ value: sending Value) {
        storage.initialize(to: value)
    }

    deinit {
        storage.deinitialize(count: 1)
        storage.deallocate()
    }

    /// Reads or changes the value; nobody else does meanwhile.
    package func withLock<Result, Problem: Error>(
        _ body: (inout sending Value) throws(Problem) -> sending Result
    ) throws(Problem) -> sending Result {
        mutex.lock()
        defer { mutex.unlock() }
        return try body(&storage.pointee)
    }
}
