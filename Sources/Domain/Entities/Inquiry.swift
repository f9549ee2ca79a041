// Questions to endpoints about something that hasn't happened yet, and their answers.

/// A question that a transaction has to have answered before it can be kept.
public struct Inquiry: Sendable {
    /// The endpoints to ask, one after another; none for a message that only has to wait behind an earlier one of its sender.
    public let webhooks: [Webhook]
    /// The event that is about to happen; its message has no id yet.
    public let event: RecordedEvent

    /// Memberwise.
    public init(webhooks: [Webhook], event: RecordedEvent) {
        self.webhooks = webhooks
        self.event = event
    }

    /// The sender of the message that it is about, as names are compared; nil for other subjects.
    public var sender: String? { event.details.sender }

    /// The subject of the question: an answer holds for the same subject only.
    public var subject: InquirySubject { InquirySubject(name: event.name, details: event.details) }
}

/// The subject of a question.
public struct InquirySubject: Equatable, Sendable {
    let name: EventName
    let details: EventDetails
}

/// The answer of the endpoints.
public enum InquiryAnswer: Equatable, Sendable {
    /// It may happen.
    case allow
    /// A message may be sent with another text.
    case change(text: String)
    /// It must not happen.
    case deny(Denial)
}

/// Why an endpoint doesn't allow something.
public struct Denial: Equatable, Sendable {
    /// The endpoint's reason, for the caller; one line.
    public let reason: String
    /// Its own number for it.
    public let code: Int?

    /// Cuts the reason to what an error body can carry.
    public init(reason: String, code: Int? = nil) {
        let line = reason.prefix { !$0.isNewline }.prefix(Self.maximumCharacters)
        self.reason = line.isEmpty ? "custom logic denied" : String(line)
        self.code = code
    }

    private static let maximumCharacters = 400
}

/// A question with its answer.
public struct AnsweredInquiry: Sendable {
    /// The subject of the question.
    public let subject: InquirySubject
    /// The answer.
    public let answer: InquiryAnswer

    /// Memberwise.
    public init(subject: InquirySubject, answer: InquiryAnswer) {
        self.subject = subject
        self.answer = answer
    }
}

/// The answers of endpoints, and the way to ask them more.
public struct Inquiries: Sendable {
    /// The answers so far.
    public let answers: [AnsweredInquiry]
    /// Whether an earlier message of a sender waits for an answer, so that a later one has to wait behind it.
    public let isWaiting: @Sendable (_ sender: String) -> Bool
    /// Takes questions; called on the engine's writing thread, when the transaction that has them was taken back.
    public let ask: @Sendable ([Inquiry]) -> Void

    /// Memberwise.
    public init(
        answers: [AnsweredInquiry],
        isWaiting: @escaping @Sendable (_ sender: String) -> Bool = { _ in false },
        ask: @escaping @Sendable ([Inquiry]) -> Void
    ) {
        self.answers = answers
        self.isWaiting = isWaiting
        self.ask = ask
    }
}
