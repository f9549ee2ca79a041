// Runs blocking work on a thread of its own, so that libcurl and sockets never hold a thread of Swift's pool.

import Foundation
import Threads

/// Runs `body` on a new thread and returns its result.
///
/// libcurl, raw sockets and waiting for a child process all block. Swift's pool has a thread a core, two on a small
/// machine: two such calls would stop every other test.
public func onOwnThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread {
            continuation.resume(with: Swift.Result(catching: body))
        }
        thread.stackSize = 1 << 20
        thread.start()
    }
}

/// Runs `body` on `count` threads at the same time, each with its index, and returns the results in index order.
///
/// All threads start together, so that the first request of each meets the others'. The call blocks until the last
/// one ends: from a test, wrap it in `onOwnThread`.
///
/// - Throws: the first error by index, after all threads have ended.
public func parallel<Result: Sendable>(
    clients count: Int,
    _ body: @escaping @Sendable (_ index: Int) throws -> Result
) throws -> [Result] {
    let run = ParallelRun<Result>(count: count)
    for index in 0..<count {
        let thread = Thread {
            run.waitForStart()
            run.finish(index, Swift.Result { try body(index) })
        }
        thread.stackSize = 1 << 19
        thread.start()
    }
    return try run.start().map { try $0.get() }
}

/// The starting gate and the results of one `parallel` call.
private final class ParallelRun<Value: Sendable>: Sendable {
    private struct State {
        var isStarted = false
        var results: [Int: Result<Value, any Error>] = [:]
    }

    private let count: Int
    private let condition = NSCondition()
    private let state = Guarded(State())

    init(count: Int) { self.count = count }

    func waitForStart() {
        condition.lock()
        while !state.withLock({ $0.isStarted }) { condition.wait() }
        condition.unlock()
    }

    func finish(_ index: Int, _ result: Result<Value, any Error>) {
        condition.lock()
        state.withLock { $0.results[index] = result }
        condition.broadcast()
        condition.unlock()
    }

    func start() -> [Result<Value, any Error>] {
        condition.lock()
        defer { condition.unlock() }
        state.withLock { $0.isStarted = true }
        condition.broadcast()
        while state.withLock({ $0.results.count }) < count { condition.wait() }
        return state.withLock { state in state.results.sorted { $0.key < $1.key }.map(\.value) }
    }
}
