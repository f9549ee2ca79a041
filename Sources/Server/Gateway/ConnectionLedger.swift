// Connections written down: gathered as they begin and end, and stored beside the requests, many in one transaction.

import Domain
import Threads

/// Writes the beginnings and ends of connections to the store.
///
/// Called on any loop. One transaction of an application is under way at a time; what comes meanwhile is gathered for the
/// next one, so that ten thousand clients that come back at once cost a handful of transactions.
final class ConnectionLedger: Sendable {
    private struct State {
        var waiting: [ApplicationID: [ConnectionRules.Change]] = [:]
        var busy: Set<ApplicationID> = []
    }

    /// Changes of an application that wait at most; what comes beyond them isn't written down.
    private static let capacity = 100_000
    /// Changes of one transaction.
    private static let slice = 500

    private let state = Guarded(State())
    private let database: any StorageEngine
    private let now: @Sendable () -> Timestamp

    init(_ database: any StorageEngine, now: @escaping @Sendable () -> Timestamp) {
        self.database = database
        self.now = now
    }

    /// Ends what the last process has left behind, before there is any connection of this one.
    func endLost() {
        let moment = now()
        _ = database.administer(by: Origin(server: "endLostConnections")) { store throws(Failure) in
            try store.endLostConnections(at: moment)
        } completion: { _ in
        }
    }

    /// A user's connection has begun.
    func began(
        _ number: Int64,
        of user: UserID,
        in application: ApplicationID,
        from address: String,
        platform: Int
    ) {
        let connection = NewConnection(
            user: user,
            number: number,
            opened: now(),
            address: address,
            platform: platform
        )
        note(.began(connection), in: application)
    }

    /// It has ended.
    func ended(_ number: Int64, of user: UserID, in application: ApplicationID, because reason: ConnectionEnd)
    {
        note(.ended(number, of: user, .init(at: now(), reason: reason)), in: application)
    }

    private func note(_ change: ConnectionRules.Change, in application: ApplicationID) {
        let isIdle = state.withLock { state in
            guard state.waiting[application, default: []].count < Self.capacity else { return false }
            state.waiting[application, default: []].append(change)
            return state.busy.insert(application).inserted
        }
        if isIdle { write(application) }
    }

    private func write(_ application: ApplicationID) {
        let changes = state.withLock { state -> [ConnectionRules.Change] in
            let all = state.waiting[application] ?? []
            let slice = Array(all.prefix(Self.slice))
            state.waiting[application] = all.count > slice.count ? Array(all.dropFirst(slice.count)) : nil
            if slice.isEmpty { state.busy.remove(application) }
            return slice
        }
        guard !changes.isEmpty else { return }
        let now = now
        let isQueued = database.write(
            application,
            by: Origin(server: "noteConnections"),
            { writer throws(Failure) in try ConnectionRules.note(changes, at: now(), in: writer) },
            // A failure costs the history of these, and nothing else.
            completion: { [weak self] _ in self?.write(application) }
        )
        if !isQueued { state.withLock { _ = $0.busy.remove(application) } }
    }
}
