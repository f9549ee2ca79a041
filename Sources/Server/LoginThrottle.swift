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

    /// What one call counts under.
    private struct Keys {
        /// The account, from one address.
        let both: Key
        /// The account, from all.
        let account: Key
        /// The address, for all accounts.
        let address: Key

        init(_ address: PeerAddress, _ account: String) {
            let subscriber = address.subscriber
            both = Key(address: subscriber, account: account)
            self.account = Key(address: nil, account: account)
            self.address = Key(address: subscriber, account: nil)
        }

        var all: [Key] { [both, account, address] }
    }

    private struct State {
        var window: Int64 = 0
        var failures: [Key: Int] = [:]
        /// By account: those that failures close.
        var runs: [String: Run] = [:]
        /// Passwords being checked, by the same keys.
        var underWay: [Key: Int] = [:]
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
        let isRefused = state.withLock { state in isOver(&state, Keys(address, account), now) }
        guard !isRefused else { throw .throttled(retryAfterSeconds: Int(60 - now.seconds % 60)) }
    }

    /// Counts a call that counts whatever becomes of it, unless too many were counted: then it is refused.
    func admit(_ address: PeerAddress, account: String, at now: Timestamp) throws(Failure) {
        let isRefused = state.withLock { state in
            if isOver(&state, Keys(address, account), now) { return true }
            count(&state, Keys(address, account))
            return false
        }
        guard !isRefused else { throw .throttled(retryAfterSeconds: Int(60 - now.seconds % 60)) }
    }

    /// Begins to check a password, unless too many are being checked: each may be a failure that isn't counted yet.
    ///
    /// Who begins ends it.
    ///
    /// - Parameter lock: closes the account with so many failures.
    func begin(
        _ address: PeerAddress,
        account: String,
        lock: AccountLock?,
        at now: Timestamp
    ) throws(Failure) {
        let keys = Keys(address, account)
        let isRefused = state.withLock { state in
            if isOver(&state, keys, now) { return true }
            let inARow = state.runs[account].map { $0.isOver(at: now) ? 0 : $0.count } ?? 0
            if let lock, inARow + (state.underWay[keys.account] ?? 0) >= lock.failures { return true }
            for key in keys.all { state.underWay[key, default: 0] += 1 }
            return false
        }
        guard !isRefused else { throw .throttled(retryAfterSeconds: 1) }
    }

    /// A password has been checked, with whatever outcome.
    func end(_ address: PeerAddress, account: String) {
        state.withLock { state in
            for key in Keys(address, account).all {
                let left = (state.underWay[key] ?? 0) - 1
                state.underWay[key] = left > 0 ? left : nil
            }
        }
    }

    /// Counts a failed call.
    func failed(_ address: PeerAddress, account: String, at now: Timestamp) {
        state.withLock { state in
            turn(&state, now)
            count(&state, Keys(address, account))
        }
    }

    /// Whether a call is one too many.
    ///
    /// What is under way is known of passwords only, which take their time: there each may be a failure that isn't counted
    /// yet. A proxy or a backend may log many accounts in at once, and rightly: an address is held to its limit from its
    /// first failure on.
    private func isOver(_ state: inout State, _ keys: Keys, _ now: Timestamp) -> Bool {
        turn(&state, now)
        func known(_ key: Key) -> Int { (state.failures[key] ?? 0) + (state.underWay[key] ?? 0) }
        if known(keys.both) >= limits.perAccount { return true }
        guard state.failures[keys.address] != nil else { return false }
        return known(keys.address) >= limits.perAddress || known(keys.account) >= limits.perAccount * 10
    }

    private func count(_ state: inout State, _ keys: Keys) {
        for key in keys.all where state.failures.count < Self.maximumKeys || state.failures[key] != nil {
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
            if state.runs.count >= Self.maximumKeys {
                state.runs = state.runs.filter { !$0.value.isOver(at: now) }
            }
            guard state.runs.count < Self.maximumKeys || state.runs[account] != nil else { return }
            state.runs[account] = Run(first: now, lock: lock, count: 1)
        }
    }

    /// Forgets the failures of an account that was let in.
    func succeeded(account: String) { state.withLock { $0.runs[account] = nil } }

    private func turn(_ state: inout State, _ now: Timestamp) {
        let window = now.seconds / 60
        // What ends now may have begun a minute ago: it counts in the minute of now, and takes nothing of it back.
        guard window > state.window else { return }
        state.window = window
        state.failures = [:]
    }
}
