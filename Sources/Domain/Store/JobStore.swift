// The repository of jobs and of the lines that they refused.

/// Reads the jobs of the caller's application.
public protocol JobReader {
    /// The job of this key. One look-up.
    func job(_ id: JobID) throws(Failure) -> Job?
    /// Jobs before this one, newest first, at most `limit`.
    func jobs(before id: JobID?, limit: Int) throws(Failure) -> [Job]
    /// Refused lines behind this one, in order, at most `limit`.
    func errors(of job: JobID, after line: Int, limit: Int) throws(Failure) -> [JobError]
}

/// Changes jobs.
public protocol JobWriter: JobReader {
    /// Adds a job, whose key is given.
    func insert(_ job: Job) throws(Failure) -> Job
    /// Writes what may change of a job: source, result, state, failure, progress.
    func update(_ job: Job) throws(Failure)
    /// Adds refused lines; a line that is there already stays as it is.
    func insert(_ errors: [JobError], of job: JobID) throws(Failure)
    /// Removes jobs that ended before a moment, with their files and refused lines, at most `limit`.
    func forgetJobs(endedBefore moment: Timestamp, limit: Int) throws(Failure)
}

/// A job that a server finds under way when it starts.
public struct RunningJob: Equatable, Sendable {
    /// Of this application.
    public let application: ApplicationID
    /// The job.
    public let job: JobID

    /// Memberwise.
    public init(application: ApplicationID, job: JobID) {
        self.application = application
        self.job = job
    }
}
