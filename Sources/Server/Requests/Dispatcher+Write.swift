// Changes on their way to the writer, and back to be asked about.

import Domain
import Routing

extension Dispatcher {
    func write(
        _ transaction: Transaction,
        _ incoming: Incoming,
        _ completion: @escaping @Sendable (Result<any Reply, Failure>) -> Void
    ) throws(Failure) {
        try Self.write(transaction, incoming.call.tenant?.id, shared.database, shared.inquiries, completion)
    }

    /// Queues a transaction; the completion comes after its commit.
    static func write(
        _ transaction: Transaction,
        _ application: ApplicationID?,
        patience: Duration = .zero,
        _ database: any StorageEngine,
        _ desk: InquiryDesk,
        _ completion: @escaping @Sendable (Result<any Reply, Failure>) -> Void
    ) throws(Failure) {
        switch transaction {
        case .application(let change):
            guard let application else {
                preconditionFailure("A transaction needs the application of its path.")
            }
            try write(change, application, patience: patience, database, desk, completion)
        case .administration(let change):
            try admit(database.administer(by: change.origin, writing: change.run, completion: completion))
        }
    }

    /// Queues a change of an application; where endpoints have to be asked first, it is taken back, and queued again with what
    /// they have said.
    static func write<Out: Sendable>(
        _ change: Change<any Writer, Out>,
        _ application: ApplicationID,
        patience: Duration = .zero,
        _ database: any StorageEngine,
        _ desk: InquiryDesk,
        answers: [AnsweredInquiry] = [],
        _ completion: @escaping @Sendable (Result<Out, Failure>) -> Void
    ) throws(Failure) {
        let caller = change.origin.caller
        let inquiries = Inquiries(
            answers: answers,
            isWaiting: { desk.isWaiting($0, in: application) },
            ask: { questions in
                desk.ask(questions, for: application, by: caller, after: answers.count) { more in
                    do throws(Failure) {
                        let all = answers + (try more.get())
                        try write(change, application, database, desk, answers: all, completion)
                    } catch {
                        completion(.failure(error))
                    }
                }
            }
        )
        let isQueued = database.write(
            application,
            by: change.origin,
            patience: patience,
            inquiries: inquiries,
            change.run,
            completion: completion
        )
        try admit(isQueued)
    }
}
