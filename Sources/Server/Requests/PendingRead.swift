// A read on its way: run in a snapshot, answered on the loop.

import Domain
import Reactor
import Routing

/// One read of a request; an engine that has to wait for its rows completes it later.
final class PendingRead: ReadJob {
    private let dispatcher: Dispatcher
    private let work: @Sendable (Incoming, any Reader) throws(Failure) -> Answered
    private let incoming: Incoming
    private let answer: Dispatcher.Answer
    private var answered: Answered?

    init(
        _ dispatcher: Dispatcher,
        _ work: @escaping @Sendable (Incoming, any Reader) throws(Failure) -> Answered,
        _ incoming: Incoming,
        _ answer: Dispatcher.Answer
    ) {
        self.dispatcher = dispatcher
        self.work = work
        self.incoming = incoming
        self.answer = answer
    }

    func run(in store: any Reader) throws(Failure) { answered = try work(incoming, store) }

    func completed(_ failure: Failure?) {
        if let failure { return dispatcher.end(answer, .failure(failure)) }
        if let answered { dispatcher.release(answer, answered) }
    }
}

/// A read whose result is a call to another server, which is begun on the loop and answered there.
final class PendingCall: ReadJob {
    private let dispatcher: Dispatcher
    private let work: @Sendable (Incoming, any Reader) throws(Failure) -> Outside<Outcome>
    private let incoming: Incoming
    private let answer: Dispatcher.Answer
    private var call: Outside<Outcome>?

    init(
        _ dispatcher: Dispatcher,
        _ work: @escaping @Sendable (Incoming, any Reader) throws(Failure) -> Outside<Outcome>,
        _ incoming: Incoming,
        _ answer: Dispatcher.Answer
    ) {
        self.dispatcher = dispatcher
        self.work = work
        self.incoming = incoming
        self.answer = answer
    }

    func run(in store: any Reader) throws(Failure) { call = try work(incoming, store) }

    func completed(_ failure: Failure?) {
        if let failure { return dispatcher.end(answer, .failure(failure)) }
        let bound = LoopBound((dispatcher, answer), loop: dispatcher.loop)
        call?.begin { Dispatcher.deliver($0, bound) }
    }
}
