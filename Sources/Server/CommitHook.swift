// The steps between a commit and its replies: what is kept in memory of the tenants is renewed.

import Domain
import JSON
import Threads

/// Called on the writer thread after each commit with events.
final class CommitHook: Sendable {
    private struct State {
        var reader: (any SnapshotReader)?
        var tenants: Tenants?
        var filesReleased: (@Sendable () -> Void)?
        var gateway: Gateway?
        var webhooks: WebhookRoom?
        var jobs: JobRoom?
        var retention: RetentionRoom?
    }

    private let state = Guarded(State())
    private let log: EventLog

    init(log: EventLog) { self.log = log }

    /// Opens the reader to renew with, and reads the tenants for the first time.
    func begin(with database: any StorageEngine) throws -> Tenants {
        try state.withLock { state in
            let reader = try database.openReader()
            let tenants = Tenants(try Self.snapshot(reader))
            state.reader = reader
            state.tenants = tenants
            return tenants
        }
    }

    /// Called when files were removed, by whatever change.
    ///
    /// Called on the writer thread: it must only hand on.
    func whenFilesAreReleased(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.filesReleased = action }
    }

    /// The gateway that pushes to connected users.
    func tell(_ gateway: Gateway) {
        state.withLock { $0.gateway = gateway }
    }

    /// The room that removes what is too old.
    func wake(_ retention: RetentionRoom) {
        state.withLock { $0.retention = retention }
    }

    /// The room that runs jobs.
    func wake(_ jobs: JobRoom) {
        state.withLock { $0.jobs = jobs }
    }

    /// The room that delivers the events that were recorded.
    func wake(_ webhooks: WebhookRoom) {
        state.withLock { $0.webhooks = webhooks }
    }

    /// Acts on the events of a commit: before its replies leave, so what a reply promises is under way.
    func committed(_ events: [CommittedEvent]) {
        renew(after: events)
        // Behind the renewal, so that whoever is told of a change finds it.
        state.withLock { $0.gateway }?.committed(events)
        state.withLock { $0.webhooks }?.committed(events)
        state.withLock { $0.jobs }?.committed(events)
        state.withLock { $0.retention }?.committed(events)
    }

    private func renew(after events: [CommittedEvent]) {
        if events.contains(where: { $0.event == .filesReleased }) { state.withLock { $0.filesReleased }?() }
        guard events.contains(where: { $0.event == .directoryChanged }) else { return }
        state.withLock { state in
            guard let reader = state.reader, let tenants = state.tenants else { return }
            do throws(Failure) {
                tenants.replace(with: try Self.snapshot(reader))
            } catch {
                log.write(.error, "tenants not renewed", [("failure", .string("\(error)"))])
            }
        }
    }

    /// Closes the reader, and lets go of whoever was told: they hold the database, which holds this.
    func end() {
        state.withLock { state in
            state.reader?.close()
            state = State()
        }
    }

    private static func snapshot(_ reader: any SnapshotReader) throws(Failure) -> Tenants.Snapshot {
        try reader.administer { store throws(Failure) in try Tenants.Snapshot(store) }
    }
}
