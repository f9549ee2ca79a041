// The repository of jobs, in memory.

import Domain

extension Tables {
    struct JobRow {
        let application: ApplicationID
        var job: Job
        var errors: [Int: String] = [:]
    }
}

extension MemoryStore {
    private func row(_ id: JobID) -> Tables.JobRow? {
        guard let row = tables.jobs[id], row.application == application else { return nil }
        return row
    }

    func job(_ id: JobID) -> Job? { row(id)?.job }

    func jobs(before id: JobID?, limit: Int) -> [Job] {
        let own = tables.jobs.filter { $0.value.application == application }
        let found = own.map(\.value.job).filter { $0.id.rawValue < id?.rawValue ?? .max }
        return Array(found.sorted { $0.id > $1.id }.prefix(limit))
    }

    func errors(of job: JobID, after line: Int, limit: Int) -> [JobError] {
        let errors = (row(job)?.errors ?? [:]).filter { $0.key > line }.sorted { $0.key < $1.key }
        return errors.prefix(limit).map { JobError(line: $0.key, reason: $0.value) }
    }

    func insert(_ job: Job) throws(Failure) -> Job {
        guard tables.applications[application] != nil else { throw .notFound(.application, id: "") }
        let made = Job(
            id: JobID(rawValue: database.tables.nextKey()),
            kind: job.kind,
            options: job.options,
            subject: job.subject,
            created: job.created,
            moment: job.moment,
            place: job.place,
            source: job.source,
            state: job.state
        )
        database.tables.jobs[made.id] = Tables.JobRow(application: application, job: made)
        return made
    }

    func update(_ job: Job) {
        guard let known = row(job.id)?.job else { return }
        database.tables.jobs[job.id]?.job = Job(
            id: known.id,
            kind: known.kind,
            options: known.options,
            subject: known.subject,
            created: known.created,
            moment: known.moment,
            place: known.place,
            source: job.source,
            result: job.result,
            state: job.state,
            failure: job.failure,
            finished: job.finished,
            progress: job.progress
        )
    }

    func insert(_ errors: [JobError], of job: JobID) {
        guard row(job) != nil else { return }
        for error in errors where database.tables.jobs[job]?.errors[error.line] == nil {
            database.tables.jobs[job]?.errors[error.line] = error.reason
        }
    }

    func forgetJobs(endedBefore moment: Timestamp, limit: Int) {
        let old = tables.jobs.filter {
            $0.value.application == application && ($0.value.job.finished.map { $0 < moment } ?? false)
        }
        for (id, row) in old.sorted(by: {
            ($0.value.job.finished ?? moment) < ($1.value.job.finished ?? moment)
        })
        .prefix(limit) {
            database.tables.jobs[id] = nil
            for file in [row.job.source, row.job.result].compactMap(\.self) {
                database.tables.releasedFiles.insert(file.digest)
            }
        }
    }
}
