// Failed log-ins are counted by address and by account; successful ones are never delayed.

import Domain
import Reactor
import Routing
import Threads

/// Counts failed token calls in windows of a minute, by a clock that nobody sets: one that goes back would keep
/// the window open.
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

    fileprivate struct Key: Hashable {
        let address: PeerAddress?
        let account: String?
    }

    /// The keys under which one call is counted.
    fileprivate struct Keys {
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

    fileprivate struct State {
        var window: UInt64 = 0
        var failures: [Key: Int] = [:]
        /// Of the accounts that failures close.
        var runs: [Key: Run] = [:]
        /// Passwords being checked, by all these keys.
        var underWay: [Key: Int] = [:]
        /// Those that wait for one of them to be done.
        var waiting: [(attempt: Attempt, later: @Sendable () -> Void)] = []

        /// Failures of an account since it was last let in.
        func inARow(_ key: Key, at now: MonotonicInstant) -> Int {
            guard let run = runs[key], !run.isOver(at: now) else { return 0 }
            return run.count
        }
    }

    /// A password that is to be checked.
    struct Attempt: Sendable {
        let address: PeerAddress
        /// The account as the caller names it.
        let account: String
        /// The bounds that failures close.
        let lock: AccountLock?
        /// The account, however it is named; nil where failures close none.
        let locked: String?

        fileprivate var keys: Keys { Keys(address, account) }
        fileprivate var lockKey: Key? {
            lock == nil ? nil : locked.map { Key(address: nil, account: "=" + $0) }
        }
        fileprivate var underWayKeys: [Key] { keys.all + (lockKey.map { [$0] } ?? []) }
    }

    /// Failures of an account since it was last let in.
    fileprivate struct Run {
        let first: MonotonicInstant
        let lock: AccountLock
        var count: Int

        func isOver(at now: MonotonicInstant) -> Bool { now >= first.advanced(by: .seconds(lock.seconds)) }
    }

    private let limits: Limits
    private let state = Guarded(State())
    /// Bound on what is remembered: a flood of accounts can't fill memory.
    private static let maximumKeys = 100_000
    /// Passwords that wait to be checked, each with its connection.
    private static let maximumWaiting = 1024

    init(_ limits: Limits) { self.limits = limits }

    /// Refuses a call that has too many failures behind it.
    func check(_ address: PeerAddress, account: String, at now: MonotonicInstant) throws(Failure) {
        let isOver = state.withLock { state in verdict(&state, Keys(address, account), now) == .over }
        guard !isOver else { throw Self.throttled(at: now) }
    }

    /// Counts a call that counts whatever becomes of it, unless too many were counted: then it is refused.
    func admit(_ address: PeerAddress, account: String, at now: MonotonicInstant) throws(Failure) {
        let isOver = state.withLock { state in
            guard verdict(&state, Keys(address, account), now) != .over else { return true }
            count(&state, Keys(address, account))
            return false
        }
        guard !isOver else { throw Self.throttled(at: now) }
    }

    /// Begins to check a password, unless as many are being checked as may fail: each may be a failure that
    /// isn't counted yet.
    ///
    /// The attempt that begins a count ends it.
    ///
    /// - Parameter later: called once one of them has been checked, where this one may not begin now.
    /// - Returns: whether it may begin.
    /// - Throws: `.throttled`; `.wrongCredentials(.locked)` for an account that failures have closed; `.overloaded` where too
    ///   many wait.
    func begin(
        _ attempt: Attempt,
        at now: MonotonicInstant,
        orLater later: @escaping @Sendable () -> Void
    ) throws(Failure) -> Bool {
        let decision: Result<Bool, Failure> = state.withLock { state in
            let verdict = verdict(&state, attempt.keys, now)
            guard verdict != .over else { return .failure(Self.throttled(at: now)) }
            var isCrowded = verdict == .crowded
            if let lock = attempt.lock, let key = attempt.lockKey {
                let failures = state.inARow(key, at: now)
                guard failures < lock.failures else { return .failure(.wrongCredentials(.locked)) }
                isCrowded = isCrowded || failures + (state.underWay[key] ?? 0) >= lock.failures
            }
            guard !isCrowded else {
                guard state.waiting.count < Self.maximumWaiting else {
                    return .failure(.overloaded(retryAfterSeconds: 1))
                }
                state.waiting.append((attempt, later))
                return .success(false)
            }
            for key in attempt.underWayKeys { state.underWay[key, default: 0] += 1 }
            return .success(true)
        }
        return try decision.get()
    }

    /// Holds a password that has begun, and waited for its turn, to what has failed meanwhile.
    func confirm(_ attempt: Attempt, at now: MonotonicInstant) throws(Failure) {
        let failure: Failure? = state.withLock { state in
            if verdict(&state, attempt.keys, now) == .over { return Self.throttled(at: now) }
            guard let lock = attempt.lock, let key = attempt.lockKey else { return nil }
            return state.inARow(key, at: now) >= lock.failures ? .wrongCredentials(.locked) : nil
        }
        if let failure { throw failure }
    }

    /// A password has been checked, with whatever outcome, which is counted before.
    func end(_ attempt: Attempt) {
        let next = state.withLock { state in
            for key in attempt.underWayKeys {
                let left = (state.underWay[key] ?? 0) - 1
                state.underWay[key] = left > 0 ? left : nil
            }
            let mine = Set(attempt.underWayKeys)
            let next = state.waiting.filter { !mine.isDisjoint(with: $0.attempt.underWayKeys) }
            if !next.isEmpty { state.waiting.removeAll { !mine.isDisjoint(with: $0.attempt.underWayKeys) } }
            return next
        }
        // Each looks anew whether it may; in their order.
        for (_, later) in next { later() }
    }

    /// Counts a failed call.
    func failed(_ address: PeerAddress, account: String, at now: MonotonicInstant) {
        state.withLock { state in
            turn(&state, now)
            count(&state, Keys(address, account))
        }
    }

    private enum Verdict {
        /// Nothing speaks against the call.
        case free
        /// An attempt under way may exceed the bound by one.
        case crowded
        /// It is one too many.
        case over
    }

    /// Whether a call is one too many.
    ///
    /// A proxy or a backend may log many accounts in at once, and rightly: an address is held to its limit from
    /// its first failure on, and an account that others fail on is closed to addresses that have failed
    /// themselves.
    private func verdict(_ state: inout State, _ keys: Keys, _ now: MonotonicInstant) -> Verdict {
        turn(&state, now)
        var limited = [(keys.both, limits.perAccount)]
        if state.failures[keys.address] != nil {
            limited += [(keys.address, limits.perAddress), (keys.account, limits.perAccount * 10)]
        }
        if limited.contains(where: { state.failures[$0] ?? 0 >= $1 }) { return .over }
        let isCrowded = limited.contains { (state.failures[$0] ?? 0) + (state.underWay[$0] ?? 0) >= $1 }
        return isCrowded ? .crowded : .free
    }

    private static func throttled(at now: MonotonicInstant) -> Failure {
        .throttled(retryAfterSeconds: Int(60 - now.wholeSeconds % 60))
    }

    private func count(_ state: inout State, _ keys: Keys) {
        for key in keys.all where state.failures.count < Self.maximumKeys || state.failures[key] != nil {
            state.failures[key, default: 0] += 1
        }
    }

    /// Counts a failure that closes the account with others.
    func failed(_ attempt: Attempt, at now: MonotonicInstant) {
        guard let lock = attempt.lock, let key = attempt.lockKey else { return }
        state.withLock { state in
            if let run = state.runs[key], !run.isOver(at: now) {
                state.runs[key]?.count = run.count + 1
                return
            }
            if state.runs.count >= Self.maximumKeys {
                state.runs = state.runs.filter { !$0.value.isOver(at: now) }
            }
            guard state.runs.count < Self.maximumKeys || state.runs[key] != nil else { return }
            state.runs[key] = Run(first: now, lock: lock, count: 1)
        }
    }

    /// Forgets the failures of an account that was let in.
    func succeeded(_ attempt: Attempt) {
        guard let key = attempt.lockKey else { return }
        state.withLock { $0.runs[key] = nil }
    }

    private func turn(_ state: inout State, _ now: MonotonicInstant) {
        let window = now.wholeSeconds / 60
        // An attempt that ends now may have begun a minute ago: it counts in the minute of now, and takes
        // nothing of it back.
        guard window > state.window else { return }
        state.window = window
        state.failures = [:]
    }
}

extension MonotonicInstant {
    fileprivate var wholeSeconds: UInt64 { nanoseconds / 1_000_000_000 }
}
