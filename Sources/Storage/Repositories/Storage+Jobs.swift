// The repository of jobs on SQLite.

import Domain

/// The columns that `Statement.job()` reads, in its order.
private let jobColumns: StaticString = """
    id, kind, format, dry_run, updates, subject, created, source, source_size, result, result_size, state, failure,
    finished, line, offset, digest, counts, errors, moment, place
    """

private enum JobQueries {
    static let byID = Query("SELECT", jobColumns, "FROM jobs WHERE id = ?2 AND application = ?1")
    static let page = Query(
        "SELECT",
        jobColumns,
        """
        FROM jobs INDEXED BY jobs_by_application WHERE application = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3
        """
    )
    static let errors = Query(
        """
        SELECT job_errors.line, job_errors.reason FROM jobs CROSS JOIN job_errors ON job_errors.job = jobs.id
        WHERE jobs.id = ?2 AND jobs.application = ?1 AND job_errors.line > ?3 ORDER BY job_errors.line LIMIT ?4
        """
    )
    static let running = Query(
        "SELECT application, id FROM jobs INDEXED BY jobs_running WHERE id > 0 AND finished IS NULL ORDER BY id"
    )
    static let insert = Query(
        """
        INSERT INTO jobs (application, kind, format, dry_run, updates, subject, created, source, source_size, state, moment, place)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """
    )
    static let update = Query(
        """
        UPDATE jobs SET source = ?3, source_size = ?4, result = ?5, result_size = ?6, state = ?7, failure = ?8,
            finished = ?9, line = ?10, offset = ?11, digest = ?12, counts = ?13, errors = ?14
        WHERE id = ?2 AND application = ?1
        """
    )
    static let insertError = Query(
        """
        INSERT INTO job_errors (job, line, reason) SELECT id, ?3, ?4 FROM jobs WHERE id = ?2 AND application = ?1
        ON CONFLICT (job, line) DO NOTHING
        """
    )
    static let forget = Query(
        """
        DELETE FROM jobs WHERE id IN
            (SELECT id FROM jobs INDEXED BY jobs_by_end
            WHERE application = ?1 AND finished < ?2 ORDER BY finished LIMIT ?3)
        """
    )
}

extension JobID: RowKey {}

extension TenantStore {
    func job(_ id: JobID) throws(Failure) -> Job? {
        try prepare(JobQueries.byID, id).first { $0.job() }
    }

    func jobs(before id: JobID?, limit: Int) throws(Failure) -> [Job] {
        try prepare(JobQueries.page, id?.rawValue ?? .max, limit).rows { $0.job() }
    }

    func errors(of job: JobID, after line: Int, limit: Int) throws(Failure) -> [JobError] {
        try prepare(JobQueries.errors, job, line, limit).rows {
            JobError(line: $0.int(0), reason: $0.text(1))
        }
    }
}

extension DirectoryStore {
    func runningJobs() throws(Failure) -> [RunningJob] {
        try prepare(JobQueries.running).rows { RunningJob(application: $0.id(0), job: $0.id(1)) }
    }
}

extension SQLiteWriter {
    func insert(_ job: Job) throws(Failure) -> Job {
        let id: JobID = try prepare(
            JobQueries.insert,
            job.kind.rawValue,
            job.options.format.rawValue,
            job.options.isDryRun,
            job.options.updates,
            job.subject,
            job.created,
            job.source?.digest.bytes,
            job.source?.size ?? 0,
            job.state.rawValue,
            job.moment,
            job.place
        ).insert(
            duplicate: .overloaded(retryAfterSeconds: 1),
            orphan: .notFound(.application, id: "")
        )
        return Job(
            id: id,
            kind: job.kind,
            options: job.options,
            subject: job.subject,
            created: job.created,
            moment: job.moment,
            place: job.place,
            source: job.source,
            state: job.state
        )
    }

    func update(_ job: Job) throws(Failure) {
        try prepare(
            JobQueries.update,
            job.id,
            job.source?.digest.bytes,
            job.source?.size ?? 0,
            job.result?.digest.bytes,
            job.result?.size ?? 0,
            job.state.rawValue,
            job.failure,
            job.finished,
            job.progress.line,
            job.progress.offset,
            job.progress.digest.unlessEmpty,
            job.progress.counts.stored,
            job.progress.errors
        ).run()
    }

    func insert(_ errors: [JobError], of job: JobID) throws(Failure) {
        for error in errors { try prepare(JobQueries.insertError, job, error.line, error.reason).run() }
    }

    func forgetJobs(endedBefore moment: Timestamp, limit: Int) throws(Failure) {
        try prepare(JobQueries.forget, moment, limit).run()
    }
}

extension [JobCount] {
    /// `user 3 0 0 message 10 0 0`: types are words of ours.
    fileprivate var stored: String {
        map { "\($0.type) \($0.created) \($0.existing) \($0.updated)" }.joined(separator: " ")
    }

    fileprivate init(stored: String) {
        let words = stored.split(separator: " ").map(String.init)
        var counts: [JobCount] = []
        for index in stride(from: 0, to: words.count - 3, by: 4) {
            var count = JobCount(type: words[index])
            count.created = Int(words[index + 1]) ?? 0
            count.existing = Int(words[index + 2]) ?? 0
            count.updated = Int(words[index + 3]) ?? 0
            counts.append(count)
        }
        self = counts
    }
}

extension Statement {
    fileprivate func job() -> Job {
        let subject = text(5)
        var progress = JobProgress()
        progress.line = int(14)
        progress.offset = int(15)
        progress.digest = bytes(16)
        progress.counts = [JobCount](stored: text(17))
        progress.errors = int(18)
        return Job(
            id: id(0),
            kind: JobKind(rawValue: text(1)) ?? .import,
            options: ImportOptions(
                format: TransferFormat(rawValue: text(2)) ?? .ndjson,
                isDryRun: bool(3),
                updates: bool(4)
            ),
            subject: subject,
            created: timestamp(6),
            moment: optionalTimestamp(19),
            place: optionalID(20),
            source: jobFile(subject, digest: 7, size: 8),
            result: jobFile("export.ndjson", digest: 9, size: 10),
            state: JobState(rawValue: text(11)) ?? .failed,
            failure: optionalText(12),
            finished: optionalTimestamp(13),
            progress: progress
        )
    }

    private func jobFile(_ name: String, digest: Int32, size: Int32) -> UploadedFile? {
        guard !isNull(digest) else { return nil }
        return UploadedFile(
            name: name,
            contentType: "application/x-ndjson",
            size: int(size),
            digest: FileDigest(bytes(digest))
        )
    }
}
