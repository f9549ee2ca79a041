// A value that stays on its loop's thread while a reference to it travels between threads.

/// Carries something that isn't Sendable, such as a connection, through `post` closures and queues.
///
/// `@unchecked Sendable`: the value can only be reached on its loop's thread, which is checked at each access.
/// The last reference should be let go there too; a class whose `deinit` touches the loop must see to it.
public struct LoopBound<Value>: @unchecked Sendable {
    private let bound: Value
    /// The loop whose thread may touch the value.
    public let loop: EventLoop

    /// Binds a value to a loop; called on the loop's thread or before it runs.
    public init(_ value: Value, loop: EventLoop) {
        loop.preconditionConfined()
        bound = value
        self.loop = loop
    }

    /// The value; traps on any other thread.
    public var value: Value {
        loop.preconditionConfined()
        return bound
    }
}
