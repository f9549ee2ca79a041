// Rates of applications and of their clients: a bucket for each group that has one, shared by all loops.

import Domain
import HTTP
import Routing
import Threads

/// Counts calls against rates.
///
/// It is asked only where there is a rate. Buckets are kept in memory: after a restart all are full.
final class RateLimiter: Sendable {
    private struct Key: Hashable {
        let application: ApplicationID
        let client: CredentialID?
        let group: RateGroup
    }

    private let buckets = Guarded<[Key: RateBucket]>([:])

    /// Buckets kept at once; beyond it they begin anew.
    private static let maximumBuckets = 100_000

    /// What a reply says of the rates that its call counted for.
    struct Report {
        fileprivate(set) var policies: [String] = []
        fileprivate(set) var states: [String] = []
        /// Seconds until the next try; nil where the call may be made.
        fileprivate(set) var retrySeconds: Int?

        var fields: [Response.Field] {
            [
                .text("RateLimit-Policy", policies.joined(separator: ", ")),
                .text("RateLimit", states.joined(separator: ", ")),
            ]
        }
    }

    /// Counts one call of a group for its application, and for its client where that has a rate, too.
    ///
    /// - Returns: nil where no rate bounds the call.
    func count(_ group: RateGroup, of application: Application, by client: Credential?, at now: UInt64)
        -> Report?
    {
        let own = client.flatMap { client in client.rates[group].map { (client.id, $0) } }
        guard application.settings.rates[group] != nil || own != nil else { return nil }
        var report = Report()
        if let rate = application.settings.rates[group] {
            take(
                Key(application: application.id, client: nil, group: group),
                rate,
                group.rawValue,
                now,
                &report
            )
        }
        if let (id, rate) = own {
            let name = "\(group.rawValue)-client"
            take(Key(application: application.id, client: id, group: group), rate, name, now, &report)
        }
        return report
    }

    private func take(_ key: Key, _ rate: Rate, _ name: String, _ now: UInt64, _ report: inout Report) {
        let answer = buckets.withLock { buckets in
            if buckets.count >= Self.maximumBuckets, buckets[key] == nil { buckets = [:] }
            return buckets[key, default: RateBucket(rate, at: now)].take(rate, at: now)
        }
        report.policies.append("\"\(name)\";q=\(rate.burst);w=\(RateBucket.windowSeconds(of: rate))")
        report.states.append("\"\(name)\";r=\(answer.remaining);t=\(answer.resetSeconds)")
        if !answer.isAdmitted { report.retrySeconds = max(report.retrySeconds ?? 0, answer.retrySeconds) }
    }
}

extension Dispatcher {
    /// Holds a call to the rates of its application and its client.
    ///
    /// - Throws: `.throttled`.
    func countForRates(_ route: Route, _ context: RequestContext) throws(Failure) {
        // A body that came late is looked at again, and was counted.
        guard context.rateFields.isEmpty, let application = context.application, let group = route.rateGroup
        else { return }
        var client: Credential?
        switch context.caller {
        case .application(let id), .manager(_, let id):
            client = application.credentials.first { $0.id == id }
            if client?.rates.isEmpty == true { client = nil }
        case .anonymous, .user, .administrator, .operator, nil: break
        }
        guard client != nil || !application.settings.rates.isEmpty else { return }
        let now = monotonicNanoseconds()
        guard let report = shared.rates.count(group, of: application, by: client, at: now) else { return }
        context.rateFields = report.fields
        if let seconds = report.retrySeconds { throw .throttled(retryAfterSeconds: seconds) }
    }
}
