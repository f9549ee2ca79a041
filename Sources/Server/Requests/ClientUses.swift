// The hours in which clients were used: noted once an hour for each client, and no request waits for it.

import Domain
import Threads

/// The last hour of each client's use, as the process has noted it.
final class ClientUses: Sendable {
    private let hours = Guarded<[CredentialID: Int64]>([:])

    private static let millisecondsOfHour: Int64 = 3_600_000
    /// Clients remembered at once: beyond it the hours are noted anew.
    private static let maximumClients = 10_000

    /// The number of the hour that a moment is in.
    static func hour(of now: Timestamp) -> Int64 { now.milliseconds / millisecondsOfHour }

    /// Queues the note of a client's use, where this is the first of its hour.
    ///
    /// A note that finds no room in the queue is made with the next use.
    func note(_ client: CredentialID, in hour: Int64, in database: any StorageEngine) {
        let isNew = hours.withLock { hours in
            guard hours[client] != hour else { return false }
            if hours.count >= Self.maximumClients { hours = [:] }
            hours[client] = hour
            return true
        }
        guard isNew else { return }
        let start = Timestamp(milliseconds: hour * Self.millisecondsOfHour)
        let isQueued = database.administer(
            by: Origin(server: "noteClientUse"),
            writing: { store throws(Failure) in try store.noteUse(of: client, at: start) },
            completion: { _ in }
        )
        if !isQueued { hours.withLock { $0[client] = nil } }
    }
}

/// The client that a loop has seen last: most servers have one that matters, and for it nothing is shared.
struct LatestUse {
    private var client: CredentialID?
    private var hour: Int64 = 0

    /// Whether this is another client, or another hour.
    mutating func changes(to client: CredentialID, in hour: Int64) -> Bool {
        if self.client == client, self.hour == hour { return false }
        (self.client, self.hour) = (client, hour)
        return true
    }
}
