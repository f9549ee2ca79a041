// Calls that leave a row in the audit beside a change of the store: readings of messages, and tasks.

import Domain
import Reactor
import Routing

extension Dispatcher {
    /// Adds a row to the audit that is about no transaction.
    static func audit(
        _ origin: Origin,
        in database: any StorageEngine,
        _ completion: @escaping @Sendable (Result<Void, Failure>) -> Void
    ) {
        let isQueued = database.administer(by: origin, writing: { _ in }, completion: completion)
        if !isQueued { completion(.failure(.overloaded(retryAfterSeconds: 1))) }
    }

    /// Runs a reading of others' messages in the transaction that leaves its row in the audit.
    ///
    /// - Returns: whether the request is on its way; false where it is no such reading, or its caller's own affair.
    func beginAudited(_ incoming: Incoming, _ route: Route, _ answer: Answer) throws(Failure) -> Bool {
        guard route.action.readsMessages else { return false }
        switch incoming.call.caller {
        case .administrator, .operator: break
        case .anonymous, .application, .user, .manager: return false
        }
        guard let transaction = try route.action.work.audited(incoming) else { return false }
        let bound = LoopBound((self, answer), loop: loop)
        try write(transaction, incoming) { result in Self.deliver(result, bound) }
        return true
    }
}
