// Whole backups by the clock, on a thread of their own.

import Domain
import JSON
import Threads

/// Makes a backup every so often.
final class BackupRoom: Sendable {
    /// Where backups go, how often, and how many stay.
    struct Plan: Sendable {
        let folder: String
        let seconds: Int64
        let keep: Int?
    }

    private let backup: WholeBackup
    private let plan: Plan
    private let log: EventLog
    private let bell = BlockingQueue<Void>(capacity: 1)
    private let thread = Guarded<NamedThread?>(nil)

    init(_ backup: WholeBackup, _ plan: Plan, log: EventLog) {
        (self.backup, self.plan, self.log) = (backup, plan, log)
    }

    /// Begins: the first backup comes after the first span.
    func begin() throws(ThreadRefusal) {
        let span = Duration.seconds(plan.seconds)
        let started = try NamedThread.start(name: "backup") { [bell, weak self] in
            while case .timedOut = bell.takeAll(max: 1, within: span) { self?.run() }
        }
        thread.withLock { $0 = started }
    }

    /// Ends behind the backup that is under way.
    func close() {
        bell.close(discarding: true)
        thread.withLock { $0.take() }?.join()
    }

    private func run() {
        do throws(BackupRefusal) {
            let path = try backup.make(in: plan.folder, keeping: plan.keep)
            log.write(.info, "backup", [("path", .string(path))])
        } catch {
            log.write(.error, "backup failed", [("failure", .string(error.description))])
        }
    }
}
