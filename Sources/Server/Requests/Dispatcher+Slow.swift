// Steps that take their time, each on threads of its own: hashing before the transaction, errands behind it.

import Domain
import Reactor
import Routing

extension Dispatcher {
    /// How long a call that has just been hashed waits for the next ones, whose commit can be its own too: a
    /// millisecond for each hash that others wait for, and no more than is little beside those.
    ///
    /// A commit takes the processors for half as long as a hash at the lowest cost; at the default cost one
    /// takes 35 ms.
    private static func companyPatience(_ others: Int) -> Duration { .milliseconds(min(max(others, 0), 12)) }

    func compute(
        _ computation: Computation<Transaction>,
        _ incoming: Incoming,
        _ answer: Answer
    ) throws(Failure) {
        guard try mayBegin(computation, incoming, answer) else { return }
        let bound = LoopBound((self, answer), loop: loop)
        let (database, pool, inquiries) = (shared.database, shared.compute, shared.inquiries)
        let application = incoming.call.tenant?.id
        let (throttle, attempt, now) = (shared.throttle, answer.context.attempt, instant)
        // A caller with a token is bounded by the share of its application alone.
        let address = incoming.call.caller == .anonymous ? answer.context.peer.subscriber : nil
        let isQueued = pool.submit(hashes: computation.hashes, for: application, from: address) { hashing in
            do throws(Failure) {
                if let attempt { try throttle.confirm(attempt, at: now) }
                let transaction = try computation.run(hashing)
                let patience = Self.companyPatience(pool.hashes - computation.hashes)
                try Self.write(transaction, application, patience: patience, database, inquiries) {
                    Self.deliver($0, bound)
                }
            } catch {
                Self.deliver(.failure(error), bound)
            }
        }
        try Self.admit(isQueued)
    }

    /// Whether a password may be checked now; where too many of its account are being checked, it is tried
    /// again as soon as one has been.
    private func mayBegin(
        _ computation: Computation<Transaction>,
        _ incoming: Incoming,
        _ answer: Answer
    ) throws(Failure) -> Bool {
        guard let account = answer.account else { return true }
        let context = answer.context
        let attempt = LoginThrottle.Attempt(
            address: context.peer,
            account: account,
            lock: context.route?.action.lock,
            // The path is part of it, as of any account.
            locked: computation.account.map { (context.parameters.prefix(2) + [$0]).joined(separator: "/") }
        )
        let bound = LoopBound((self, answer), loop: loop)
        let mayBegin = try shared.throttle.begin(attempt, at: instant) {
            _ = bound.loop.post {
                let (dispatcher, answer) = bound.value
                guard !answer.context.isAnswered else { return }
                do throws(Failure) {
                    try dispatcher.compute(computation, incoming, answer)
                } catch {
                    dispatcher.end(answer, .failure(error))
                }
            }
        }
        if mayBegin { context.attempt = attempt }
        return mayBegin
    }

    /// Commits a change, then runs its errand where such may wait, and answers behind both.
    func run(_ change: Change<any Writer, Errands<any Reply>>, _ incoming: Incoming, _ answer: Answer)
        throws(Failure)
    {
        let bound = LoopBound((self, answer), loop: loop)
        let (database, mail, application) = (shared.database, shared.mail, incoming.call.application.id)
        try Self.write(change, application, database, shared.inquiries) { result in
            switch result {
            case .failure(let failure): Self.deliver(.failure(failure), bound)
            case .success(.none(let reply)): Self.deliver(.success(reply), bound)
            case .success(.then(let errand, let reply)):
                let isQueued = mail.submit {
                    do throws(Failure) {
                        try errand.run()
                        Self.deliver(.success(reply), bound)
                    } catch {
                        Self.undo(errand, of: change.origin, in: application, after: error, database, bound)
                    }
                }
                guard !isQueued else { return }
                let failure = Failure.overloaded(retryAfterSeconds: 1)
                Self.undo(errand, of: change.origin, in: application, after: failure, database, bound)
            }
        }
    }

    /// Takes back what an errand was about that has failed, and tells why it has.
    ///
    /// Where storage fails too, that is in the log, and the change stands.
    private static func undo(
        _ errand: Errand,
        of origin: Origin,
        in application: ApplicationID,
        after failure: Failure,
        _ database: any StorageEngine,
        _ bound: LoopBound<(Dispatcher, Answer)>
    ) {
        let isQueued = database.write(
            application,
            by: origin,
            errand.undo,
            completion: { _ in deliver(.failure(failure), bound) }
        )
        if !isQueued { deliver(.failure(failure), bound) }
    }

    /// Runs a step of the operator, or a probe, beside the loop; a step with an origin leaves a row in the audit.
    func run(
        _ task: @escaping @Sendable () throws(Failure) -> any Reply,
        on thread: TaskThread,
        audited origin: Origin?,
        _ answer: Answer
    ) throws(Failure) {
        let bound = LoopBound((self, answer), loop: loop)
        let database = shared.database
        try Self.admit(
            thread.submit {
                let result = Result { () throws(Failure) in try task() }
                guard let origin, origin.actor != nil, case .success = result else {
                    return Self.deliver(result, bound)
                }
                Self.audit(origin, in: database) { Self.deliver($0.flatMap { result }, bound) }
            }
        )
    }

    /// Begins a call to another server, whose answer is the reply.
    func begin(_ call: Outside<any Reply>, _ answer: Answer) {
        let bound = LoopBound((self, answer), loop: loop)
        call.begin { Self.deliver($0, bound) }
    }

    /// Adds a row to the audit that is about no transaction.
    private static func audit(
        _ origin: Origin,
        in database: any StorageEngine,
        _ completion: @escaping @Sendable (Result<Void, Failure>) -> Void
    ) {
        let isQueued = database.administer(by: origin, writing: { _ in }, completion: completion)
        if !isQueued { completion(.failure(.overloaded(retryAfterSeconds: 1))) }
    }
}
