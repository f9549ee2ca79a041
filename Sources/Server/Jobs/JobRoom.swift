// The jobs of a server: one at a time, on a thread of their own, each slice a transaction beside those of others.

import Domain
import JSON
import Threads

/// Runs imports and exports.
final class JobRoom: Sendable {
    private struct State {
        var isStopping = false
        var known: Set<Int64> = []
    }

    let database: any StorageEngine
    let files: FileVault
    let compute: ComputePool
    let tenants: Tenants
    let form: any TransferForm
    let secrets: any Secrets
    let log: EventLog
    private let queue = BlockingQueue<RunningJob>(capacity: 1024)
    private let state = Guarded(State())
    private let thread = Guarded<NamedThread?>(nil)

    init(
        _ database: any StorageEngine,
        _ tenants: Tenants,
        _ files: FileVault,
        _ compute: ComputePool,
        form: any TransferForm,
        secrets: any Secrets,
        log: EventLog
    ) throws(ThreadRefusal) {
        self.database = database
        self.tenants = tenants
        self.secrets = secrets
        self.log = log
        self.files = files
        self.compute = compute
        self.form = form
        let started = try NamedThread.start(name: "jobs") { [queue, weak self] in
            while let next = queue.take() { self?.run(next) }
        }
        thread.withLock { $0 = started }
    }

    /// The moment.
    var now: Timestamp { log.now() }

    /// Whether the server stops: the job of now ends behind its slice, and goes on at the next start.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Goes on with the jobs that the last process has left.
    func begin() {
        _ = database.administer(scanning: { store throws(Failure) in try store.runningJobs() }) {
            [weak self] result in
            for job in (try? result.get()) ?? [] { self?.begun(job) }
        }
    }

    /// A job waits for its turn; nothing happens where it is known.
    func begun(_ job: RunningJob) {
        guard state.withLock({ $0.known.insert(job.job.rawValue).inserted }) else { return }
        _ = queue.push(job)
    }

    /// Hands on what was committed.
    ///
    /// Called on the writer thread.
    func committed(_ events: [CommittedEvent]) {
        for event in events {
            guard let application = event.application, case .jobBegun(let job) = event.event else { continue }
            begun(RunningJob(application: application, job: job))
        }
    }

    /// Ends behind the slice that is under way.
    func close() {
        state.withLock { $0.isStopping = true }
        queue.close(discarding: true)
        thread.withLock { $0.take() }?.join()
    }

    // MARK: Jobs

    private func run(_ running: RunningJob) {
        guard let application = tenants.snapshot.application(running.application), let reader = openReader()
        else { return }
        defer { reader.close() }
        let found = try? reader.read(running.application) { store throws(Failure) in
            try store.job(running.job)
        }
        guard let job = found, job.state == .running else { return }
        let work = JobWork(room: self, application: application, reader: reader)
        let failure: String?
        switch job.kind {
        case .import: failure = work.bringIn(job)
        case .export: failure = work.writeOut(job)
        case .purge: failure = work.purge(job)
        case .userExport: failure = "this kind of job isn't known"
        }
        guard !isStopping else { return }
        state.withLock { _ = $0.known.remove(running.job.rawValue) }
        if let failure { work.end(job, because: failure) }
    }

    private func openReader() -> (any SnapshotReader)? { try? database.openReader() }
}
