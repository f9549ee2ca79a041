// Attempts that were refused for want of authority: rows of the audit, so many a minute.

import Domain
import Reactor
import Routing
import Threads

/// Counts the rows about refused attempts of each application.
///
/// A caller that is let in nowhere could fill the disk with them otherwise; behind the bound the access log has the rest.
final class RefusedAttempts: Sendable {
    private struct Window {
        var minute: Int64
        var count: Int
    }

    private let windows = Guarded<[ApplicationID: Window]>([:])

    /// Rows that one application gets in a minute.
    private static let maximumPerMinute = 60

    /// Whether one more row may be written now.
    func admit(_ application: ApplicationID, at now: Timestamp) -> Bool {
        let minute = now.seconds / 60
        return windows.withLock { windows in
            var window = windows[application] ?? Window(minute: minute, count: 0)
            if window.minute != minute { window = Window(minute: minute, count: 0) }
            guard window.count < Self.maximumPerMinute else { return false }
            window.count += 1
            windows[application] = window
            return true
        }
    }
}

extension Dispatcher {
    /// The row of the audit that an attempt leaves which was refused for want of authority; nil for other refusals, and beyond
    /// the bound.
    func refusedAttempt(_ failure: Failure, _ context: RequestContext) -> Origin? {
        guard let route = context.route, route.isAudited, let caller = context.caller,
            let application = context.application, let actor = context.anyActor
        else { return nil }
        switch failure {
        case .forbidden(.lacksScope): break
        case .forbidden(.insufficientScope) where route.scope == .audit: break
        default: return nil
        }
        guard shared.attempts.admit(application.id, at: context.now) else { return nil }
        return Origin(
            caller: caller,
            route: route.name,
            requestID: context.requestID,
            peer: context.peer,
            actor: actor,
            time: context.now,
            target: Call.target(context.parameters, isBelowApplication: true),
            application: application.id,
            isRefused: true
        )
    }

    /// Adds a row to the audit that is about no change, and goes on behind its commit, or where it can't be written.
    func record(_ attempt: Origin, _ next: @escaping () -> Void) {
        let bound = LoopBound(next, loop: loop)
        let isQueued = shared.database.administer(
            by: attempt,
            writing: { _ in },
            completion: { _ in _ = bound.loop.post { bound.value() } }
        )
        if !isQueued { next() }
    }
}

extension Route {
    /// Whether it changes something, or reads what isn't everybody's: what is done or tried there is a row of the audit.
    var isAudited: Bool {
        action.work.changes || action.readsMessages || action.isAuditedBehind || scope == .audit
    }
}
