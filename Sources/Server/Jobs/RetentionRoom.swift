// The sweep of what is too old: at the start, each minute, and at once after settings have changed.

import Domain
import Threads

/// Removes what applications keep for a time only, on a thread of its own.
final class RetentionRoom: Sendable {
    private struct State {
        var isStopping = false
        var removed = RemovedCounts()
    }

    private let database: any StorageEngine
    private let tenants: Tenants
    private let now: @Sendable () -> Timestamp
    private let bell = BlockingQueue<Void>(capacity: 4)
    private let state = Guarded(State())
    private let thread = Guarded<NamedThread?>(nil)

    init(_ database: any StorageEngine, _ tenants: Tenants, now: @escaping @Sendable () -> Timestamp) {
        self.database = database
        self.tenants = tenants
        self.now = now
    }

    /// Begins to sweep.
    func begin() throws(ThreadRefusal) {
        let started = try NamedThread.start(name: "retention") { [bell, weak self] in
            self?.sweep()
            while true {
                switch bell.takeAll(max: 4, within: .seconds(60)) {
                case .closed: return
                case .elements, .timedOut: self?.sweep()
                }
            }
        }
        thread.withLock { $0 = started }
    }

    /// Settings may have changed.
    ///
    /// Called on the writer thread.
    func committed(_ events: [CommittedEvent]) {
        if events.contains(where: { $0.event == .directoryChanged }) { _ = bell.push(()) }
    }

    /// How much was removed since the start.
    var removed: RemovedCounts { state.withLock { $0.removed } }

    /// Ends behind the slice that is under way.
    func close() {
        state.withLock { $0.isStopping = true }
        bell.close(discarding: true)
        thread.withLock { $0.take() }?.join()
    }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    private func sweep() {
        for application in tenants.snapshot.all where RetentionRules.isBounded(application.settings) {
            while !isStopping, sweepSlice(of: application) {}
        }
    }

    /// Removes a slice and waits for it: what others have to write goes between.
    ///
    /// - Returns: whether there may be more.
    private func sweepSlice(of application: Application) -> Bool {
        let done = BlockingQueue<RemovedCounts>(capacity: 1)
        let (settings, moment) = (application.settings, now())
        let isQueued = database.write(application.id, by: Origin(server: "sweep")) { writer throws(Failure) in
            try RetentionRules.sweep(settings, at: moment, in: writer)
        } completion: { result in
            _ = done.push((try? result.get()) ?? RemovedCounts())
        }
        guard isQueued, let removed = done.take(), !removed.isEmpty else { return false }
        state.withLock { $0.removed += removed }
        return true
    }
}
