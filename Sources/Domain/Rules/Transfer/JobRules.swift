// Jobs: who may ask for one, how it is found, and how long it is kept.

/// Long work of an application.
public enum JobRules {
    /// Days that a job and its files are kept behind its end.
    public static let days: Int64 = 7

    /// Begins an import of a file that has arrived.
    public static func beginImport(
        _ file: UploadedFile,
        _ options: ImportOptions,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Job {
        try begin(
            Job(
                id: JobID(rawValue: 0),
                kind: .import,
                options: options,
                subject: file.name,
                created: now,
                source: file
            ),
            at: now,
            in: store
        )
    }

    /// Goes on with an import that was broken off, behind the lines that it has done.
    ///
    /// - Parameter file: the same file; it may have more lines behind those that were done.
    /// - Throws: `.invalid("resume", …)` for a job that is no import, or is done.
    public static func resume(_ job: Job, with file: UploadedFile, in store: any Writer) throws(Failure)
        -> Job
    {
        guard job.kind == .import, job.state != .done else {
            throw .invalid(field: "resume", .refused("names a job that is no import, or is done"))
        }
        var resumed = job
        resumed.source = file
        (resumed.state, resumed.failure, resumed.finished) = (.running, nil, nil)
        try store.update(resumed)
        store.announce(.jobBegun(job.id))
        return resumed
    }

    /// Begins an export of the whole application.
    public static func beginExport(at now: Timestamp, in store: any Writer) throws(Failure) -> Job {
        let job = Job(id: JobID(rawValue: 0), kind: .export, subject: "", created: now)
        return try begin(job, at: now, in: store)
    }

    /// Begins the removal of messages that were sent before a moment, of one conversation or of all.
    public static func beginPurge(
        before moment: Timestamp,
        of conversation: ConversationID?,
        named name: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Job {
        try begin(
            Job(
                id: JobID(rawValue: 0),
                kind: .purge,
                subject: name,
                created: now,
                moment: moment,
                place: conversation
            ),
            at: now,
            in: store
        )
    }

    private static func begin(_ job: Job, at now: Timestamp, in store: any Writer) throws(Failure) -> Job {
        try store.forgetJobs(endedBefore: now.adding(seconds: -days * 86_400), limit: 10)
        let job = try store.insert(job)
        store.announce(.jobBegun(job.id))
        return job
    }

    /// The job that a text names.
    ///
    /// - Throws: `.notFound(.job, …)`.
    public static func find(_ text: String, in store: any Reader) throws(Failure) -> Job {
        guard let id = JobID(text), let job = try store.job(id) else { throw .notFound(.job, id: text) }
        return job
    }

    /// One page of the jobs, newest first.
    public static func page(
        _ limit: Int,
        before cursor: Cursor?,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Page<Job> {
        let rows = try store.jobs(before: cursor.map { JobID(rawValue: $0.key) }, limit: limit + 1)
        return Page(rows: rows, limit: limit) {
            Cursor(collection: .jobs, owner: application.id.rawValue, key: $0.id.rawValue)
        }
    }

    /// One page of the lines that a job refused.
    public static func errors(_ limit: Int, after cursor: Cursor?, of job: Job, in store: any Reader)
        throws(Failure) -> Page<JobError>
    {
        let rows = try store.errors(of: job.id, after: Int(cursor?.key ?? 0), limit: limit + 1)
        return Page(rows: rows, limit: limit) {
            Cursor(collection: .jobErrors, owner: job.id.rawValue, key: Int64($0.line))
        }
    }
}
