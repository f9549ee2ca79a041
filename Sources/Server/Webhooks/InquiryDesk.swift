// Asking endpoints before a change: outside of loops and writer, and one sender's messages in their order.

import Domain
import Threads
import Webhooks

/// Asks endpoints, and lets each change go on when its questions are answered.
///
/// A change that a sender has begun later doesn't go on before one that it has begun earlier.
final class InquiryDesk: Sendable {
    /// The sender whose changes wait for each other.
    private struct Line: Hashable {
        let application: ApplicationID
        let sender: String
    }

    private struct Waiting {
        let number: Int
        let completion: @Sendable (Result<[AnsweredInquiry], Failure>) -> Void
        var result: Result<[AnsweredInquiry], Failure>?
    }

    private struct State {
        var lines: [Line: [Waiting]] = [:]
        var count = 0
        var lastNumber = 0
    }

    private let state = Guarded(State())
    private let deliverer: Deliverer
    private let now: @Sendable () -> Timestamp

    /// Changes that may wait for answers.
    static let capacity = 4096
    /// How often one change may be asked about again, since what it is about has changed meanwhile.
    static let maximumAnswers = 2000

    init(_ deliverer: Deliverer, now: @escaping @Sendable () -> Timestamp) {
        self.deliverer = deliverer
        self.now = now
    }

    /// Asks; the completion is called once, on any thread.
    ///
    /// - Parameter answered: how many questions of the change were answered before.
    func ask(
        _ questions: [Inquiry],
        for application: ApplicationID,
        by caller: Caller,
        after answered: Int,
        _ completion: @escaping @Sendable (Result<[AnsweredInquiry], Failure>) -> Void
    ) {
        let line = Line(application: application, sender: Self.sender(of: questions, caller))
        let number: Int? = state.withLock { state in
            guard state.count < Self.capacity, answered <= Self.maximumAnswers else { return nil }
            state.count += 1
            state.lastNumber += 1
            state.lines[line, default: []].append(Waiting(number: state.lastNumber, completion: completion))
            return state.lastNumber
        }
        guard let number else { return completion(.failure(.overloaded(retryAfterSeconds: 1))) }
        next(questions[...], answers: [], number, in: line)
    }

    /// Whether a sender's messages wait for answers.
    func isWaiting(_ sender: String, in application: ApplicationID) -> Bool {
        state.withLock { $0.lines[Line(application: application, sender: sender)] != nil }
    }

    private static func sender(of questions: [Inquiry], _ caller: Caller) -> String {
        if let sender = questions.first?.sender { return sender }
        if case .user(let user) = caller { return user.username.key }
        return ""
    }

    // MARK: One question after another

    private func next(
        _ questions: ArraySlice<Inquiry>,
        answers: [AnsweredInquiry],
        _ number: Int,
        in line: Line
    ) {
        guard let question = questions.first else { return end(.success(answers), number, in: line) }
        ask(question, question.webhooks[...], question.event, changed: nil) { [weak self] answer in
            let known = AnsweredInquiry(subject: question.subject, answer: answer)
            if case .deny = answer {
                self?.end(.success(answers + [known]), number, in: line)
            } else {
                self?.next(questions.dropFirst(), answers: answers + [known], number, in: line)
            }
        } failure: { [weak self] in
            self?.end(.failure(.overloaded(retryAfterSeconds: 1)), number, in: line)
        }
    }

    private func ask(
        _ question: Inquiry,
        _ webhooks: ArraySlice<Webhook>,
        _ event: RecordedEvent,
        changed: String?,
        _ completion: @escaping @Sendable (InquiryAnswer) -> Void,
        failure: @escaping @Sendable () -> Void
    ) {
        guard let webhook = webhooks.first else {
            return completion(changed.map { .change(text: $0) } ?? .allow)
        }
        let id = "ask_\(UInt64.random(in: .min ... .max))"
        let request = InquiryForm.request(for: event, to: webhook, id: id, at: now())
        let isSent = deliverer.send(request) { [weak self] reply in
            switch InquiryForm.answer(reply, of: webhook) {
            case .deny(let denial): completion(.deny(denial))
            case .allow:
                self?.ask(
                    question,
                    webhooks.dropFirst(),
                    event,
                    changed: changed,
                    completion,
                    failure: failure
                )
            case .change(let text):
                self?.ask(
                    question,
                    webhooks.dropFirst(),
                    event.saying(text),
                    changed: text,
                    completion,
                    failure: failure
                )
            }
        }
        if !isSent { failure() }
    }

    /// Lets those go on that nobody before them in their line waits any more.
    private func end(_ result: Result<[AnsweredInquiry], Failure>, _ number: Int, in line: Line) {
        let ready: [Waiting] = state.withLock { state in
            guard var waiting = state.lines[line],
                let index = waiting.firstIndex(where: { $0.number == number })
            else { return [] }
            waiting[index].result = result
            let ready = Array(waiting.prefix { $0.result != nil })
            waiting.removeFirst(ready.count)
            state.lines[line] = waiting.isEmpty ? nil : waiting
            state.count -= ready.count
            return ready
        }
        for waiting in ready {
            if let result = waiting.result { waiting.completion(result) }
        }
    }
}

extension RecordedEvent {
    /// The same event with another text in its message.
    fileprivate func saying(_ text: String) -> RecordedEvent {
        guard var message = details.message, message.content.kind == .text else { return self }
        message.content = MessageContent(kind: .text, text: text, ext: message.content.ext)
        let members = details.members.map { member -> EventDetails.Member in
            if case .message = member.value { return .init(member.name, .message(message)) }
            return member
        }
        return RecordedEvent(
            name: name,
            time: time,
            application: application,
            author: author,
            details: EventDetails(lane: details.lane, members)
        )
    }
}
