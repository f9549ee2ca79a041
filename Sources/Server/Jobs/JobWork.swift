// One job: its file is read or written a slice at a time, and how far it has come is stored with each slice.

import Crypto
import Domain
import Glibc
import HTTP
import JSON
import Threads

/// The work of one job, on the thread of jobs.
struct JobWork {
    let room: JobRoom
    let application: Application
    let reader: any SnapshotReader

    // MARK: Exports

    /// Writes a file.
    ///
    /// - Returns: as `bringIn`.
    func writeOut(_ job: Job) -> String? {
        guard let file = room.files.makeIncoming() else { return "the file can't be made" }
        var rules = ExportRules()
        var progress = JobProgress()
        var size = 0
        while !room.isStopping {
            let page: [TransferRecord]?
            do throws(Failure) {
                page = try reader.read(application.id) { store throws(Failure) in
                    try rules.next(at: room.now, in: store)
                }
            } catch {
                return "storage has failed"
            }
            guard let page else { return keep(file, size, progress, job) }
            let lines = room.form.lines(of: page)
            size += lines.count
            guard lines.withUnsafeBytes({ file.append($0) }) else { return "the disk is full or has failed" }
            for record in page { progress.count(record.type, .created) }
            progress.line += page.count
            progress.offset = size
        }
        return nil
    }

    private func keep(_ file: IncomingFile, _ size: Int, _ progress: JobProgress, _ job: Job) -> String? {
        let received = ReceivedFile(
            file: file,
            name: "export.ndjson",
            contentType: "application/x-ndjson",
            size: size,
            digest: nil,
            message: []
        )
        let kept: UploadedFile
        do throws(Failure) { kept = try room.files.keep(received, reference: "job-\(job.id.text)") } catch {
            return "the disk is full or has failed"
        }
        let now = room.now
        let failure = change(job.id) { job, _ in
            job.progress = progress
            job.result = kept
            (job.state, job.finished) = (.done, now)
        }
        room.files.release(kept.digest, isNamed: failure == nil)
        return failure
    }

    // MARK: Purges

    /// Removes messages, a slice at a time.
    ///
    /// - Returns: as `bringIn`.
    func purge(_ job: Job) -> String? {
        guard let moment = job.moment else { return "the job says no moment" }
        let place = job.place
        while !room.isStopping {
            let removed = Guarded(0)
            let failure = change(job.id) { job, writer throws(Failure) in
                let count = try RetentionRules.purge(before: moment, in: place, store: writer)
                job.progress.line += count
                if count > 0 { job.progress.count("message") { $0.created += count } }
                removed.withLock { $0 = count }
            }
            if let failure { return failure }
            if removed.withLock({ $0 }) == 0 { return finish(job) }
        }
        return nil
    }

    // MARK: The row

    func finish(_ job: Job) -> String? {
        let now = room.now
        return change(job.id) { job, _ in (job.state, job.finished) = (.done, now) }
    }

    /// Gives a job up.
    func end(_ job: Job, because failure: String) {
        let now = room.now
        _ = change(job.id) { job, _ in
            (job.state, job.failure, job.finished) = (.failed, failure, now)
        }
        room.log.write(
            .warning,
            "job failed",
            [("job", .integer(job.id.rawValue)), ("failure", .string(failure))]
        )
    }

    /// Changes the job's row and waits for it.
    ///
    /// - Returns: why that failed.
    func change(
        _ id: JobID,
        _ body: @escaping @Sendable (inout Job, any Writer) throws(Failure) -> Void
    ) -> String? {
        let done = BlockingQueue<Bool>(capacity: 1)
        var isQueued = false
        for _ in 0..<500 where !isQueued {
            isQueued = room.database.write(application.id, by: Origin(server: "job")) {
                writer throws(Failure) in
                guard var job = try writer.job(id) else { return }
                try body(&job, writer)
                try writer.update(job)
            } completion: { result in
                if case .success = result { _ = done.push(true) } else { _ = done.push(false) }
            }
            if !isQueued { usleep(20_000) }
        }
        return isQueued && done.take() == true ? nil : "storage has failed"
    }
}

extension JobProgress {
    /// Counts what became of a line.
    mutating func count(_ type: String, _ outcome: ImportOutcome) {
        count(type) { count in
            switch outcome {
            case .created: count.created += 1
            case .existing: count.existing += 1
            case .updated: count.updated += 1
            }
        }
    }
}
