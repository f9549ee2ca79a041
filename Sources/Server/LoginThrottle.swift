// Failed log-ins are counted by address and by account, and only they: who logs in right is never slowed.

import Domain
import Reactor
import Routing
import Threads

/// Counts failed token calls in windows of a minute.
///
/// An account that many addresses fail on is closed to addresses that have failed themselves, not to the others: else
/// anybody could lock a backend out by knowing its client id.
final class LoginThrottle: Sendable {
    struct Limits: Sendable {
        /// Failures a minute of one address.
        let perAddress: Int
        /// Failures a minute of one account from one address; ten times as many from all.
        let perAccount: Int
    }

    private struct Key: Hashable {
        let address: PeerAddress?
        let account: String?
    }

    private struct State {
        var window: Int64 = 0
        var failures: [Key: Int] = [:]
        /// By account: those that failures close.
        var runs: [String: Run] = [:]
    }

    /// Failures of an account since it was last let in.
    private struct Run {
        let first: Timestamp
        let lock: AccountLock
        var count: Int

        func isOver(at now: Timestamp) -> Bool { now >= first.adding(seconds: lock.seconds) }
    }

    private let limits: Limits
    private let state = Guarded(State())
    /// Bound on what is remembered: a flood of accounts can't fill memory.
    private static let maximumKeys = 100_000

    init(_ limits: Limits) { self.limits = limits }

    /// Refuses a call that has too many failures behind it.
    func check(_ address: PeerAddress, account: String, at now: Timestamp) throws(Failure) {
        let isRefused = state.withLock { state in isOver(&state, address.subscriber, account, now) }
        guard !isRefused else { throw .throttled(retryAfterSeconds: Int(60 - now.seconds % 60)) }
    }

    /// Counts a call that counts whatever becomes of it, unless too many were counted: then it is refused.
    func admit(_ address: PeerAddress, account: String, at now: Timestamp) throws(Failure) {
        let isRefused = state.withLock { state in
            if isOver(&state, address.subscriber, account, now) { return true }
            count(&state, address.subscriber, account)
            return false
        }
        guard !isRefused else { throw .throttled(retryAfterSeconds: Int(60 - now.seconds % 60)) }
    }

    /// Counts a failed call.
    func failed(_ address: PeerAddress, account: String, at now: Timestamp) {
        state.withLock { state in
            turn(&state, now)
            count(&state, address.subscriber, account)
        }
    }

    private func isOver(_ state: inout State, _ subscriber: PeerAddress, _ account: String, _ now: Timestamp) -> Bool {
        turn(&state, now)
        let byAddress = state.failures[Key(address: subscriber, account: nil)] ?? 0
        let byBoth = state.failures[Key(address: subscriber, account: account)] ?? 0
        let byAccount = state.failures[Key(address: nil, account: account)] ?? 0
        return byAddress >= limits.perAddress || byBoth >= limits.perAccount
            || (byAddress > 0 && byAccount >= limits.perAccount * 10)
    }

    private func count(_ state: inout State, _ subscriber: PeerAddress, _ account: String) {
        let keys = [
            Key(address: subscriber, account: nil), Key(address: subscriber, account: account),
            Key(address: nil, account: account),
        ]
        for key in keys where state.failures.count < Self.maximumKeys || state.failures[key] != nil {
            state.failures[key, default: 0] += 1
        }
    }

    /// Refuses a call about an account that failures have closed.
    ///
    /// - Throws: `.wrongCredentials(.locked)`.
    func checkLock(of account: String, at now: Timestamp) throws(Failure) {
        let isLocked = state.withLock { state in
            guard let run = state.runs[account] else { return false }
            return run.count >= run.lock.failures && !run.isOver(at: now)
        }
        if isLocked { throw .wrongCredentials(.locked) }
    }

    /// Counts a failure that closes the account with others.
    func failed(account: String, lock: AccountLock, at now: Timestamp) {
        state.withLock { state in
            if let run = state.runs[account], !run.isOver(at: now) {
                state.runs[account]?.count = run.count + 1
                return
            }
            if state.runs.count >= Self.maximumKeys { state.runs = state.runs.filter { !$0.value.isOver(at: now) } }
            guard state.runs.count < Self.maximumKeys || state.runs[account] != nil else { return }
            state.runs[account] = Run(first: now, lock: lock, count: 1)
        }
    }

    /// Forgets the failures of an account that was let in.
    func succeeded(account: String) { state.withLock { $0.runs[account] = nil } }

    private func turn(_ state: inout State, _ now: Timestamp) {
        let window = now.seconds / 60
        if state.window != window { state = State(window: window, runs: state.runs) }
    }
}
