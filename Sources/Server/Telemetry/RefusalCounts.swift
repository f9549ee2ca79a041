// Refusals for a bound, by reason: counted for the metrics, and logged once a minute.

import Domain
import Glibc
import JSON
import Reactor
import Threads

/// Counts of refusals, over all threads.
///
/// Locked: only what is refused pays for it.
final class RefusalCounts: Sendable {
    /// Why something was refused.
    enum Reason: String, CaseIterable, Sendable {
        /// The server has as many connections as it may.
        case connections
        /// The client's address has as many connections, sockets and streams as it may.
        case address
        /// Too many log-ins have failed before.
        case throttled
        /// A queue is full.
        case overloaded
        /// The disk or the database has failed.
        case storage
        /// The server is under maintenance.
        case maintenance
        /// The application is suspended.
        case suspended
    }

    private struct Tally {
        var count = 0
        /// Since the last line.
        var untold = 0
        /// When the last line was written, in nanoseconds; nil before the first.
        var told: UInt64?
    }

    private struct State {
        var tallies: [Reason: Tally] = [:]
        var failedLogins = 0
        /// Of applications that are known, by reason.
        var applications: [ApplicationID: [Reason: Int]] = [:]
    }

    private let state = Guarded(State())
    private let time: any TimeSource
    private let log: EventLog

    /// How long after a line of a reason the next one comes.
    private static let pause: UInt64 = 60_000_000_000

    /// Nothing was refused.
    init(time: any TimeSource = SystemTime(), log: EventLog = .standard) {
        self.time = time
        self.log = log
    }

    /// Counts one, and writes a line where none of its reason was written for a minute.
    func note(_ reason: Reason, _ peer: PeerAddress) {
        let now = time.monotonicNanoseconds()
        let untold = state.withLock { state -> Int? in
            var tally = state.tallies[reason, default: Tally()]
            defer { state.tallies[reason] = tally }
            tally.count += 1
            tally.untold += 1
            if let told = tally.told, now - told < Self.pause { return nil }
            tally.told = now
            return Swift.exchange(&tally.untold, with: 0)
        }
        guard let untold else { return }
        write(untold, reason, [("peer", .string(peer.description))])
    }

    /// Writes a line for each reason that has refusals since its last line; for the end of the process.
    func writeRemainder() {
        let remainder = state.withLock { state in
            Reason.allCases.map { ($0, Swift.exchange(&state.tallies[$0, default: Tally()].untold, with: 0)) }
        }
        for (reason, count) in remainder where count > 0 { write(count, reason, []) }
    }

    private func write(_ count: Int, _ reason: Reason, _ members: [(String, JSONValue)]) {
        log.write(
            .warning,
            "refused",
            [("reason", .string(reason.rawValue)), ("count", .integer(Int64(count)))] + members
        )
    }

    /// Counts what a request was refused for, where that is a bound and not the request.
    ///
    /// - Parameter application: the application that the request was about, where it was about one.
    func note(_ failure: Failure, _ peer: PeerAddress, of application: ApplicationID? = nil) {
        let reason: Reason
        switch failure {
        case .throttled: reason = .throttled
        case .overloaded: reason = .overloaded
        case .storage: reason = .storage
        case .underMaintenance: reason = .maintenance
        case .forbidden(.suspended): reason = .suspended
        case .wrongCredentials: return state.withLock { $0.failedLogins += 1 }
        default: return
        }
        note(reason, peer)
        guard let application else { return }
        state.withLock { $0.applications[application, default: [:]][reason, default: 0] += 1 }
    }

    /// How many of an application's requests were refused for each reason, since the start; those of none are left out.
    func counts(of application: ApplicationID) -> [(reason: Reason, count: Int)] {
        state.withLock { state in
            let counts = state.applications[application] ?? [:]
            return Reason.allCases.compactMap { reason in counts[reason].map { (reason, $0) } }
        }
    }

    /// How many there were of each reason.
    var counts: [(reason: Reason, count: Int)] {
        state.withLock { state in Reason.allCases.map { ($0, state.tallies[$0]?.count ?? 0) } }
    }

    /// Log-ins with a wrong name, password or secret.
    var failedLogins: Int { state.withLock { $0.failedLogins } }
}
