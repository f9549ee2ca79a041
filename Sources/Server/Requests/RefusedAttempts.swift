// Attempts that were refused for want of authority: rows of the audit, so many a minute.

import Domain
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
    /// Adds a row to the audit for an attempt that was refused for want of authority.
    func noteRefusal(_ failure: Failure, _ context: RequestContext) {
        guard let route = context.route, route.isAudited, let caller = context.caller,
            let application = context.application, let actor = context.anyActor
        else { return }
        switch failure {
        case .forbidden(.lacksScope): break
        case .forbidden(.insufficientScope) where route.scope == .audit: break
        default: return
        }
        guard shared.attempts.admit(application.id, at: context.now) else { return }
        let origin = Origin(
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
        _ = shared.database.write(application.id, by: origin, { _ in }, completion: { _ in })
    }
}

extension Route {
    /// Whether it changes something, or reads what isn't everybody's: what is done or tried there is a row of the audit.
    var isAudited: Bool {
        action.work.changes || action.readsMessages || action.isAuditedBehind || scope == .audit
    }
}
