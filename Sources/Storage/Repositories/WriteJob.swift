// One queued transaction with its caller's types erased, and what it leaves behind until the commit.

import Domain

/// A queued transaction: it is run once or, where another job of its batch failed, twice, or refused unrun.
struct WriteJob: Sendable {
    /// How long it may wait for others to share its commit.
    let patience: Duration
    /// Runs the work in the session's open transaction.
    let perform: @Sendable (WriteSession) -> PerformedJob
    /// Answers without running.
    let refuse: @Sendable (Failure) -> Void

    /// - Parameters:
    ///   - inquiries: what endpoints have said to the questions of an earlier run, and who asks further ones; nil for work that
    ///     asks nobody.
    init<T: Sendable>(
        patience: Duration = .zero,
        inquiries: Inquiries? = nil,
        completion: @escaping @Sendable (Result<T, Failure>) -> Void,
        work: @escaping @Sendable (WriteSession) throws(Failure) -> T
    ) {
        self.patience = patience
        refuse = { completion(.failure($0)) }
        perform = { session in
            session.begin(with: inquiries)
            let result = Result { () throws(Failure) in try work(session) }
            if let inquiries, let questions = session.takeQuestions(of: result),
                session.connection.poison == nil
            {
                return PerformedJob(asking: questions, inquiries, completion)
            }
            // A failure of SQLite inside the job decides, even where the work swallowed it.
            let poison = session.connection.poison
            return PerformedJob(
                result: poison.map { .failure($0) } ?? result,
                hasFailedInStorage: poison != nil,
                completion
            )
        }
    }
}

/// A job that ran, its answer held back.
struct PerformedJob {
    /// Whether what it wrote has to go.
    let hasFailed: Bool
    /// Whether SQLite refused one of its statements.
    let hasFailedInStorage: Bool
    /// Gives the answer, or the failure in its place.
    ///
    /// Called once.
    let release: (Failure?) -> Void

    /// A job that has to be taken back, and run again when its questions are answered.
    init<T>(
        asking questions: [Inquiry],
        _ inquiries: Inquiries,
        _ completion: @escaping (Result<T, Failure>) -> Void
    ) {
        hasFailed = true
        hasFailedInStorage = false
        release = { failure in
            if let failure { completion(.failure(failure)) } else { inquiries.ask(questions) }
        }
    }

    init<T>(
        result: Result<T, Failure>,
        hasFailedInStorage: Bool,
        _ completion: @escaping (Result<T, Failure>) -> Void
    ) {
        self.hasFailedInStorage = hasFailedInStorage
        if case .failure = result { hasFailed = true } else { hasFailed = false }
        release = { failure in completion(failure.map { .failure($0) } ?? result) }
    }
}

/// The writer's connection while a batch runs, with the events its jobs have announced.
final class WriteSession {
    let connection: Connection
    private(set) var events: [CommittedEvent] = []
    /// Whether a job of this batch has changed endpoints of webhooks.
    private var hasChangedWebhooks = false
    /// What the current job is done to; nil where it leaves no row in the audit.
    var subjects: AuditRules.Subjects?
    /// The inquiries of the current job.
    private var inquiries: Inquiries?
    /// Whether it ended at a question.
    private var isInterrupted = false
    /// How much the connection had changed before it.
    private var changesBefore: Int64 = 0
    /// The questions that it has asked.
    private var questions: [Inquiry] = []
    /// Messages whose texts have to be in the index before the commit, in the order they were written.
    private var unindexed: [UnindexedMessage] = []
    /// The same, to ask whether one is among them.
    private var unindexedSet: Set<UnindexedMessage> = []
    /// The texts that the current job has brought into the index early: when it fails, its savepoint takes that back.
    private var indexedEarly: [UnindexedMessage] = []

    init(_ connection: Connection) { self.connection = connection }

    func announce(_ event: CommittedEvent) { events.append(event) }

    /// Announces, once a commit and application, that deliveries wait.
    func deliveriesAreQueued(in application: ApplicationID) {
        let event = CommittedEvent(application: application, event: .deliveriesQueued)
        // Jobs of one application often follow each other.
        if events.last != event { events.append(event) }
    }

    /// Announces that endpoints of webhooks have changed, and lets go of what the connection remembers of them.
    func webhooksHaveChanged(in application: ApplicationID) {
        hasChangedWebhooks = true
        connection.watches = nil
        events.append(CommittedEvent(application: application, event: .webhooksChanged))
    }

    /// Begins a job's row in the audit, where it leaves one.
    func begin(auditing origin: Origin) { subjects = origin.actor == nil ? nil : AuditRules.Subjects() }

    /// Whether the current job leaves a row in the audit.
    var isAudited: Bool { subjects != nil }

    // MARK: Questions

    /// Begins a job: what it may ask, and what was answered before.
    func begin(with inquiries: Inquiries?) {
        (self.inquiries, questions, isInterrupted) = (inquiries, [], false)
        changesBefore = connection.totalChanges
    }

    /// Whether the job of now may ask endpoints.
    var mayAsk: Bool { inquiries != nil }

    /// The answer to a question; where there is none yet, the question is noted.
    ///
    /// A job that hasn't changed anything ends there, since that costs others nothing; one that has goes on, so that all of its
    /// questions are known.
    func answer(to inquiry: Inquiry) throws(Failure) -> InquiryAnswer {
        let subject = inquiry.subject
        if let known = inquiries?.answers.first(where: { $0.subject == subject }) { return known.answer }
        questions.append(inquiry)
        guard connection.totalChanges == changesBefore else { return .allow }
        isInterrupted = true
        throw .overloaded(retryAfterSeconds: 1)
    }

    /// The questions of the job of now; nil where it has none, or has failed for another reason.
    func takeQuestions<T>(of result: Result<T, Failure>) -> [Inquiry]? {
        defer { questions = [] }
        if case .failure = result, !isInterrupted { return nil }
        return questions.isEmpty ? nil : questions
    }

    /// The transaction is rolled back: what was read of changed endpoints isn't true.
    func forgetWatches() {
        if hasChangedWebhooks { connection.watches = nil }
    }

    /// How much the jobs so far have left behind.
    struct Mark {
        let events: Int
        let unindexed: Int
    }

    /// To be taken before each job.
    func mark() -> Mark {
        indexedEarly = []
        return Mark(events: events.count, unindexed: unindexed.count)
    }

    /// Drops what a failed job left behind.
    func forget(after mark: Mark) {
        forgetWatches()
        events.removeSubrange(mark.events...)
        guard unindexed.count > mark.unindexed || !indexedEarly.isEmpty else { return }
        unindexed = Array((indexedEarly + unindexed).prefix(mark.unindexed))
        unindexedSet = Set(unindexed)
    }

    /// Notes that a message's text has to be in the index before the commit.
    func index(_ id: MessageID, of application: ApplicationID) {
        let message = UnindexedMessage(application: application, id: id)
        if unindexedSet.insert(message).inserted { unindexed.append(message) }
    }

    /// Whether a message's text isn't in the index yet.
    func isUnindexed(_ id: MessageID, of application: ApplicationID) -> Bool {
        unindexedSet.contains(UnindexedMessage(application: application, id: id))
    }

    /// The messages whose texts belong into the index, each once.
    func takeUnindexed() -> [UnindexedMessage] {
        defer {
            indexedEarly += unindexed
            unindexed = []
            unindexedSet = []
        }
        return unindexed
    }
}
