// The time that a client gives a request: counted from its head, and told as a failure when it has passed.

import Domain
import Reactor
import Routing

extension Dispatcher {
    /// Notes the limit that a request brings with it.
    func noteTimeLimit(of context: RequestContext) {
        guard !context.fields.isEmpty, let limit = context.dialect?.timeLimit(of: context.fields) else {
            return
        }
        let (sum, overflow) = context.started.addingReportingOverflow(limit.wholeNanoseconds)
        context.deadline = overflow ? .max : sum
    }

    /// Nanoseconds that are left; nil for a request without a limit.
    func timeLeft(for context: RequestContext) -> UInt64? {
        guard let deadline = context.deadline else { return nil }
        let now = monotonicNanoseconds()
        return now < deadline ? deadline - now : 0
    }

    /// Answers with a failure when the time has passed before the answer is there; what comes then is dropped.
    ///
    /// A change may have been made all the same. The timer ends with the answer: what it holds is the whole request, and
    /// a client may give it a hundred days.
    func limitTime(of answer: Answer) {
        let context = answer.context
        guard !context.isAnswered, let left = timeLeft(for: context) else { return }
        context.timer = loop.schedule(after: .nanoseconds(Int64(clamping: left))) { [weak self] in
            context.timer = nil
            guard let self, !context.isAnswered else { return }
            answer.reply(failed(.deadlineExceeded, context))
        }
    }
}
