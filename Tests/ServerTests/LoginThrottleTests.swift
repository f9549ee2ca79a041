// What is being checked counts as failed until it isn't, and time only goes forwards.

import Domain
import Reactor
import Routing
import Testing

@testable import Server

@Suite struct LoginThrottleTests {
    private static let here = PeerAddress(family: .ipv4, high: 0, low: 1)
    private static let there = PeerAddress(family: .ipv4, high: 0, low: 2)
    private static let now = Timestamp(milliseconds: 600_000)

    private static func throttle() -> LoginThrottle { LoginThrottle(.init(perAddress: 20, perAccount: 3)) }

    @Test
    func `so many passwords of an account are checked at once from one address as may fail in a minute`()
        throws
    {
        let throttle = Self.throttle()
        for _ in 0..<3 { try throttle.begin(Self.here, account: "a", lock: nil, at: Self.now) }
        #expect(throws: Failure.throttled(retryAfterSeconds: 1)) {
            try throttle.begin(Self.here, account: "a", lock: nil, at: Self.now)
        }
        try throttle.begin(Self.there, account: "a", lock: nil, at: Self.now)
        try throttle.begin(Self.here, account: "b", lock: nil, at: Self.now)
        // One was right: there is a place again.
        throttle.end(Self.here, account: "a")
        try throttle.begin(Self.here, account: "a", lock: nil, at: Self.now)
        // One was wrong: its place stays taken.
        throttle.failed(Self.here, account: "a", at: Self.now)
        throttle.end(Self.here, account: "a")
        #expect(throws: Failure.self) { try throttle.begin(Self.here, account: "a", lock: nil, at: Self.now) }
    }

    @Test
    func
        `an address that has failed is held to its limit with what is on its way, and one that hasn't is not`()
        throws
    {
        let throttle = Self.throttle()
        for number in 0..<30 { try throttle.begin(Self.here, account: "\(number)", lock: nil, at: Self.now) }
        throttle.failed(Self.here, account: "0", at: Self.now)
        throttle.end(Self.here, account: "0")
        #expect(throws: Failure.self) {
            try throttle.begin(Self.here, account: "new", lock: nil, at: Self.now)
        }
        for number in 1..<20 { throttle.end(Self.here, account: "\(number)") }
        try throttle.begin(Self.here, account: "new", lock: nil, at: Self.now)
    }

    @Test func `an account that failures close is closed by those on their way, wherever they come from`()
        throws
    {
        let throttle = Self.throttle()
        let lock = AccountLock(failures: 2, seconds: 900)
        try throttle.begin(Self.here, account: "a", lock: lock, at: Self.now)
        try throttle.begin(Self.there, account: "a", lock: lock, at: Self.now)
        #expect(throws: Failure.throttled(retryAfterSeconds: 1)) {
            try throttle.begin(Self.there, account: "a", lock: lock, at: Self.now)
        }
        for address in [Self.here, Self.there] {
            throttle.failed(account: "a", lock: lock, at: Self.now)
            throttle.end(address, account: "a")
        }
        #expect(throws: Failure.wrongCredentials(.locked)) { try throttle.checkLock(of: "a", at: Self.now) }
    }

    @Test
    func `a failure of a call that began in the minute before doesn't take back what this minute counted`()
        throws
    {
        let throttle = Self.throttle()
        for _ in 0..<3 { throttle.failed(Self.here, account: "a", at: Self.now) }
        throttle.failed(Self.here, account: "b", at: Self.now.adding(seconds: -30))
        #expect(throws: Failure.throttled(retryAfterSeconds: 60)) {
            try throttle.check(Self.here, account: "a", at: Self.now)
        }
        try throttle.check(Self.here, account: "a", at: Self.now.adding(seconds: 60))
    }
}
