// The patience of a connection in HTTP/2: with fields, with bodies, with windows that don't open, and with silence.

import HTTP
import HTTP2
import Reactor

extension HTTP2Connection {
    /// How often streams are looked at while some are open.
    private var tick: UInt64 {
        let shortest = min(context.times.head, context.times.bodyIdle, context.times.writeStall)
        return max(1_000_000, min(1_000_000_000, shortest / 4))
    }

    /// Has the timer fire when somebody may be late.
    func armTimer() {
        guard !stream.isClosed else { return }
        let isBusy = headSince > 0 || !streams.isEmpty || stream.outputCount > 0 || isDraining
        // A timer that is armed for earlier finds out by itself.
        let deadline = isBusy ? now + tick : later(idleSince, context.times.keepAliveIdle)
        guard deadline < armedDeadline || timer == nil else { return }
        armedDeadline = deadline
        let instant = MonotonicInstant(nanoseconds: deadline)
        if let timer {
            context.loop.rearm(timer, at: instant)
        } else {
            timer = context.loop.schedule(at: instant) { [unowned self] in timerFired() }
        }
    }

    private func timerFired() {
        timer = nil
        armedDeadline = .max
        let now = now
        if stream.outputCount > 0 {
            guard flush() else { return }
            if outputProgress > 0, now &- outputProgress >= context.times.writeStall { return reset() }
        }
        if headSince > 0, now >= later(headSince, context.times.head) { return giveUp() }
        if idleSince > 0, headSince == 0, now >= later(idleSince, context.times.keepAliveIdle) {
            return giveUp()
        }
        for stream in Array(streams.values) {
            if stream.isInputLate(now, context.times) {
                late(stream)
            } else if stream.isOutputLate(now, context.times) {
                session?.reset(stream.id, .cancel)
            }
        }
        if isDraining, now > announcedAt { endAfterStreams() }
        pump()
        armTimer()
    }

    /// The client doesn't go on with a body.
    private func late(_ stream: HTTP2Stream) {
        guard let listener = stream.listener else {
            return refuse(stream, .requestTimeout, "The request did not arrive in time.")
        }
        listener.inputIsLate()
    }

    /// Says that the connection ends, as far as the socket takes it, and closes it.
    private func giveUp() {
        isEnding = true
        session?.goAway(.noError)
        pump()
        guard !stream.isClosed, flush() else { return }
        close()
    }

    private func later(_ start: UInt64, _ nanoseconds: UInt64) -> UInt64 {
        let (sum, overflow) = start.addingReportingOverflow(nanoseconds)
        return overflow ? .max : sum
    }
}
