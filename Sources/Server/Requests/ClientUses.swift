// The hours in which clients were used: noted once an hour for each client, and no request waits for it.

import Domain
import Threads

/// When each client's use was noted last, as the process has done it.
final class ClientUses: Sendable {
    private let noted = Guarded<[CredentialID: Timestamp]>([:])

    static let hourSeconds: Int64 = 3600
    /// Clients remembered at once: beyond it all are noted anew.
    private static let maximumClients = 10_000

    /// Queues the note of a client's use, unless one was made less than an hour ago.
    ///
    /// A note that finds no room in the queue is made with the next use.
    func note(_ client: CredentialID, at now: Timestamp, in database: any StorageEngine) {
        let isDue = noted.withLock { noted in
            if let last = noted[client], now < last.adding(seconds: Self.hourSeconds) { return false }
            if noted.count >= Self.maximumClients { noted = [:] }
            noted[client] = now
            return true
        }
        guard isDue else { return }
        let hour = Timestamp(milliseconds: now.seconds / Self.hourSeconds * Self.hourSeconds * 1000)
        let isQueued = database.administer(
            by: Origin(server: "noteClientUse"),
            writing: { store throws(Failure) in try store.noteUse(of: client, at: hour) },
            completion: { _ in }
        )
        if !isQueued { noted.withLock { $0[client] = nil } }
    }
}

/// The client that a loop has seen last: most servers have one that matters, and for it nothing is shared.
struct LatestUse {
    private var client: CredentialID?
    private var end = Timestamp(milliseconds: 0)

    /// Whether this is another client, or an hour has passed.
    mutating func changes(to client: CredentialID, at now: Timestamp) -> Bool {
        if self.client == client, now < end { return false }
        (self.client, end) = (client, now.adding(seconds: ClientUses.hourSeconds))
        return true
    }
}
