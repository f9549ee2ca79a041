// A read on its way: run in a snapshot, answered on the loop.

import Domain
import Reactor
import Routing

/// One read of a request; an engine that has to wait for its rows completes it later.
final class PendingRead<Value>: ReadJob {
    private let dispatcher: Dispatcher
    private let work: @Sendable (Incoming, any Reader) throws(Failure) -> Value
    private let incoming: Incoming
    private let answer: Dispatcher.Answer
    private let answering: (Dispatcher, Dispatcher.Answer, Value) -> Void
    private var value: Value?

    /// - Parameter answering: called on the loop with the result, unless the read fails.
    init(
        _ dispatcher: Dispatcher,
        _ work: @escaping @Sendable (Incoming, any Reader) throws(Failure) -> Value,
        _ incoming: Incoming,
        _ answer: Dispatcher.Answer,
        _ answering: @escaping (Dispatcher, Dispatcher.Answer, Value) -> Void
    ) {
        self.dispatcher = dispatcher
        self.work = work
        self.incoming = incoming
        self.answer = answer
        self.answering = answering
    }

    func run(in store: any Reader) throws(Failure) { value = try work(incoming, store) }

    func completed(_ failure: Failure?) {
        if let failure { return dispatcher.end(answer, .failure(failure)) }
        if let value { answering(dispatcher, answer, value) }
    }
}
