// Long work that somebody asked for: an import or an export, with how far it has come.

/// The row key of a job.
///
/// Keys rise with the order of asking.
public struct JobID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The key as stored.
    public let rawValue: Int64
    /// Wraps a stored key.
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Reads the decimal form; nil for any other text.
    public init?(_ text: some StringProtocol) {
        guard let number = Int64(text), number > 0, String(number) == text else { return nil }
        self.init(rawValue: number)
    }
    /// The decimal form.
    public var text: String { String(rawValue) }
    /// Earlier ones come first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The kinds of long work.
public enum JobKind: String, Sendable, CaseIterable {
    /// Lines of a file are brought into the application.
    case `import`
    /// The application is written to a file.
    case export
    /// All that is stored about one user is written to a file.
    case userExport = "user_export"
    /// Messages that were sent before a moment are removed.
    case purge
}

/// The state of a job.
public enum JobState: String, Sendable, CaseIterable {
    /// It waits for its turn or is under way.
    case running
    /// It has come to its end; single lines may have been refused.
    case done
    /// It was given up, for the reason that it says.
    case failed
}

/// How a file of an import is written.
public enum TransferFormat: String, Sendable, CaseIterable {
    /// One JSON object a line.
    case ndjson
    /// Users, with the names of the columns in the first line.
    case csv
}

/// The choices of an import.
public struct ImportOptions: Equatable, Sendable {
    /// How the file is written.
    public var format: TransferFormat
    /// Whether lines are checked and nothing is changed.
    public var isDryRun: Bool
    /// Whether a line for something that is there overwrites it; never a password.
    public var updates: Bool

    /// Memberwise.
    public init(format: TransferFormat = .ndjson, isDryRun: Bool = false, updates: Bool = false) {
        self.format = format
        self.isDryRun = isDryRun
        self.updates = updates
    }
}

/// The outcome of the lines of one type, or how many were written.
public struct JobCount: Equatable, Sendable {
    /// The type of the lines, as `user` or `message`.
    public let type: String
    /// Lines that made something, or were written.
    public var created: Int
    /// Lines for something that was there, and changed nothing.
    public var existing: Int
    /// Lines that changed something that was there.
    public var updated: Int

    /// Memberwise.
    public init(type: String, created: Int = 0, existing: Int = 0, updated: Int = 0) {
        self.type = type
        self.created = created
        self.existing = existing
        self.updated = updated
    }
}

/// How far a job has come.
public struct JobProgress: Equatable, Sendable {
    /// Lines that are done.
    public var line = 0
    /// Bytes of the source up to there, unpacked.
    public var offset = 0
    /// The SHA-256 of these bytes; empty before the first line.
    public var digest: [UInt8] = []
    /// The outcome of the lines, by type in the order of the first line of each.
    public var counts: [JobCount] = []
    /// Lines that were refused.
    public var errors = 0

    /// At the beginning.
    public init() {}

    /// Counts a line's outcome.
    public mutating func count(_ type: String, _ change: (inout JobCount) -> Void) {
        let index = counts.firstIndex { $0.type == type } ?? counts.endIndex
        if index == counts.endIndex { counts.append(JobCount(type: type)) }
        change(&counts[index])
    }
}

/// A job.
public struct Job: Equatable, Sendable {
    /// Row key.
    public let id: JobID
    /// The kind of work.
    public let kind: JobKind
    /// The choices of an import; the standard ones of other kinds.
    public let options: ImportOptions
    /// The name of the file as its sender gave it, or the user that an export is about.
    public let subject: String
    /// When it was asked for.
    public let created: Timestamp
    /// Of a purge: messages that were sent from this moment on stay.
    public let moment: Timestamp?
    /// Of a purge: the one conversation; nil for all.
    public let place: ConversationID?
    /// The file that is read; nil for an export.
    public var source: UploadedFile?
    /// The file that was written; nil before that, and for an import.
    public var result: UploadedFile?
    /// Whether it is under way.
    public var state: JobState
    /// Why it was given up.
    public var failure: String?
    /// When it came to its end.
    public var finished: Timestamp?
    /// How far it has come.
    public var progress: JobProgress

    /// Memberwise.
    public init(
        id: JobID,
        kind: JobKind,
        options: ImportOptions = ImportOptions(),
        subject: String,
        created: Timestamp,
        moment: Timestamp? = nil,
        place: ConversationID? = nil,
        source: UploadedFile? = nil,
        result: UploadedFile? = nil,
        state: JobState = .running,
        failure: String? = nil,
        finished: Timestamp? = nil,
        progress: JobProgress = JobProgress()
    ) {
        self.id = id
        self.kind = kind
        self.options = options
        self.subject = subject
        self.created = created
        self.moment = moment
        self.place = place
        self.source = source
        self.result = result
        self.state = state
        self.failure = failure
        self.finished = finished
        self.progress = progress
    }
}

/// A line that was refused.
public struct JobError: Equatable, Sendable {
    /// Its number, from 1.
    public let line: Int
    /// Why, as a sentence without its full stop.
    public let reason: String

    /// Memberwise.
    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}
