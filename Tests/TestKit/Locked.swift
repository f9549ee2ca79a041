// A value that the threads of a test share.

import Foundation

/// A value that is only touched while its lock is held.
///
/// In the place of `Synchronization.Mutex`, whose contended path the thread sanitizer doesn't know: it reports races
/// that are none.
///
/// `@unchecked Sendable`: the value is reached through `withLock` alone.
public final class Locked<Value: ~Copyable>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    /// Guards a value.
    public init(_ value: consuming sending Value) { self.value = value }

    /// Reads or changes the value; nobody else does meanwhile.
    public func withLock<Result, Problem: Error>(
        _ body: (inout sending Value) throws(Problem) -> sending Result
    ) throws(Problem) -> sending Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
