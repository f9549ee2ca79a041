// The methods that may be called on a loop's thread only: registering handlers, timers, hooks and queued flushes.

extension EventLoop {
    /// Reports readiness of the descriptor to `handler` until it is deregistered; keeps the handler alive until then.
    ///
    /// The descriptor stays the caller's, who deregisters it before closing it.
    public func register(
        _ descriptor: Int32,
        _ handler: any EventHandler,
        interest: Interest
    ) throws(SystemError) -> Registration {
        preconditionConfined()
        let registration = handlers.insert(descriptor, handler)
        do throws(SystemError) {
            try poller.add(descriptor, interest, key: registration.key)
        } catch {
            _ = handlers.remove(registration)
            throw error
        }
        return registration
    }

    /// Changes the readiness that a handler is notified of.
    ///
    /// Nothing happens when the registration has ended.
    public func update(_ registration: Registration, interest: Interest) {
        preconditionConfined()
        guard let descriptor = handlers.descriptor(of: registration) else { return }
        poller.change(descriptor, interest, key: registration.key)
    }

    /// Puts another handler in a registration's place: it hears what the old one would have heard next.
    ///
    /// Nothing happens when the registration has ended.
    public func replaceHandler(of registration: Registration, with handler: any EventHandler) {
        preconditionConfined()
        let old = handlers.replace(registration, with: handler)
        // It may end here, when the table is no longer being changed.
        withExtendedLifetime(old) {}
    }

    /// Ends a registration: its handler hears nothing more, not even what the current turn has already
    /// collected.
    ///
    /// Nothing happens when it has ended before.
    public func deregister(_ registration: Registration) {
        preconditionConfined()
        guard let (descriptor, handler) = handlers.remove(registration) else { return }
        poller.remove(descriptor)
        // The handler may end here, when the table is no longer being changed.
        withExtendedLifetime(handler) {}
    }

    /// Notifies a registration's handler of an event that didn't come from the kernel.
    func notify(_ registration: Registration, _ events: ReadyEvents) {
        handlers.handler(for: registration.key)?.ready(events)
    }

    /// Runs `hook` at the end of every turn, before queued flushes, as long as the loop lives; in order of addition.
    public func addBeforeSleep(_ hook: @escaping () -> Void) {
        preconditionConfined()
        hooks.append(TimerAction(run: hook))
    }

    /// Runs `action` once, at or after `deadline`.
    ///
    /// Timers run in order of their deadlines.
    @discardableResult
    public func schedule(at deadline: MonotonicInstant, _ action: @escaping () -> Void) -> TimerID {
        preconditionConfined()
        return deadlines.schedule(at: deadline, TimerAction(run: action))
    }

    /// Runs `action` once, `delay` after `now`.
    @discardableResult
    public func schedule(after delay: Duration, _ action: @escaping () -> Void) -> TimerID {
        schedule(at: now.advanced(by: delay), action)
    }

    /// Moves a timer that hasn't fired yet; false when it has fired or was cancelled.
    ///
    /// A few nanoseconds when the new deadline is later than the old one; `distantFuture` rests the timer.
    @discardableResult
    public func rearm(_ timer: TimerID, at deadline: MonotonicInstant) -> Bool {
        preconditionConfined()
        return deadlines.rearm(timer, at: deadline)
    }

    /// Makes sure that a timer doesn't fire; nothing happens when it has already.
    public func cancel(_ timer: TimerID) {
        preconditionConfined()
        // The action is moved out and ends here, not while the set is being changed.
        let action = deadlines.cancel(timer)
        withExtendedLifetime(action) {}
    }

    /// Flushes this stream at the end of the turn.
    func queueFlush(_ stream: ByteStream) {
        unflushed.append(stream)
    }
}

/// The work of a timer or hook.
///
/// A struct, because a bare closure in a generic container costs a second allocation.
struct TimerAction {
    let run: () -> Void
}
