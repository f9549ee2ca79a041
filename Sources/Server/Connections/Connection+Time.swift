// The patience of a connection: when a client is late with its request or with taking output, and what becomes of it then.

import HTTP
import Reactor

extension Connection {
    /// When the client is late, in monotonic nanoseconds: with its request, or with taking output; `UInt64.max` for never.
    var deadline: UInt64 {
        guard unsent > 0 else { return state.deadline(context.times) }
        let (sum, overflow) = outputProgress.addingReportingOverflow(context.times.writeStall)
        return overflow ? .max : sum
    }

    /// Has the timer fire at the deadline of now.
    func armTimer() {
        let deadline = deadline
        guard deadline != armedDeadline else { return }
        armedDeadline = deadline
        let instant = MonotonicInstant(nanoseconds: deadline)
        if let timer {
            context.loop.rearm(timer, at: instant)
        } else {
            timer = context.loop.schedule(at: instant) { self.timerFired() }
        }
    }

    private func timerFired() {
        timer = nil
        armedDeadline = .max
        guard context.loop.now.nanoseconds >= deadline else { return armTimer() }
        guard unsent == 0 else { return outputIsLate() }
        switch state.expired() {
        case .refuse(let status, let explanation):
            refuse(status, explanation)
            settle()
        default: close()
        }
    }

    /// The client has let the time-out for its output pass.
    ///
    /// Writability is announced only when a good part of the kernel's buffer is free, which may take a slow
    /// reader longer than that: whether it has read at all shows when more is sent. One that hasn't wouldn't
    /// read a 408 either.
    private func outputIsLate() {
        let before = unsent
        guard flush() else { return }
        guard unsent < before else { return reset() }
        outputMoved()
    }
}
