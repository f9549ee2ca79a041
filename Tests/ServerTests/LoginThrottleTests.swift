// A check under way counts as failed until it succeeds, a possible success waits, and time only goes forwards.

import Domain
import Reactor
import Routing
import Testing
import Threads

@testable import Server

@Suite struct LoginThrottleTests {
    private static let here = PeerAddress(family: .ipv4, high: 0, low: 1)
    private static let there = PeerAddress(family: .ipv4, high: 0, low: 2)
    private static let now = MonotonicInstant(nanoseconds: 600_000_000_000)
    private static let lock = AccountLock(failures: 2, seconds: 900)

    /// A throttle, and how often one that waited was called.
    private final class World: Sendable {
        let throttle = LoginThrottle(.init(perAddress: 20, perAccount: 3))
        let called = Guarded(0)

        func begin(_ attempt: LoginThrottle.Attempt) throws(Failure) -> Bool {
            try throttle.begin(attempt, at: LoginThrottleTests.now) { [self] in called.withLock { $0 += 1 }
            }
        }

        func fail(_ attempt: LoginThrottle.Attempt) {
            throttle.failed(attempt.address, account: attempt.account, at: LoginThrottleTests.now)
            throttle.failed(attempt, at: LoginThrottleTests.now)
            throttle.end(attempt)
        }

        var calls: Int { called.withLock { $0 } }
    }

    private static func attempt(
        _ account: String,
        from address: PeerAddress = here,
        locking locked: String? = nil
    ) -> LoginThrottle.Attempt {
        LoginThrottle.Attempt(
            address: address,
            account: account,
            lock: locked == nil ? nil : lock,
            locked: locked
        )
    }

    @Test
    func `as many passwords of an account are checked at once as may fail in a minute; who comes next waits`()
        throws
    {
        let world = World()
        let mine = Self.attempt("a")
        for _ in 0..<3 { #expect(try world.begin(mine)) }
        #expect(try !world.begin(mine))
        #expect(try world.begin(Self.attempt("a", from: Self.there)))
        #expect(try world.begin(Self.attempt("b")))
        // One was right: who waits is called, and may begin.
        world.throttle.end(mine)
        #expect(world.calls == 1)
        #expect(try world.begin(mine))
        // All were wrong: nobody more may.
        #expect(try !world.begin(mine))
        for _ in 0..<3 { world.fail(mine) }
        #expect(world.calls == 2)
        #expect(throws: Failure.throttled(retryAfterSeconds: 60)) { try world.begin(mine) }
    }

    @Test func `an account is closed by the failures of all its names and addresses together`() throws {
        let world = World()
        let (mail, name) = (
            Self.attempt("mail", locking: "a"), Self.attempt("name", from: Self.there, locking: "a")
        )
        #expect(try world.begin(mail))
        #expect(try world.begin(name))
        #expect(try !world.begin(Self.attempt("third", locking: "a")))
        #expect(try world.begin(Self.attempt("third", locking: "b")))
        world.fail(mail)
        world.fail(name)
        for attempt in [mail, name] {
            #expect(throws: Failure.wrongCredentials(.locked)) {
                try world.throttle.confirm(attempt, at: Self.now)
            }
            #expect(throws: Failure.wrongCredentials(.locked)) { try world.begin(attempt) }
        }
    }

    @Test func `who is let in makes an account's failures forgotten`() throws {
        let world = World()
        let mine = Self.attempt("a", locking: "a")
        for _ in 0..<4 {
            #expect(try world.begin(mine))
            world.throttle.failed(mine, at: Self.now)
            world.throttle.end(mine)
            #expect(try world.begin(mine))
            world.throttle.succeeded(mine)
            world.throttle.end(mine)
        }
    }

    @Test
    func
        `an address that has failed is held to its limit with what is on its way, and one that hasn't is not`()
        throws
    {
        let world = World()
        for number in 0..<30 { #expect(try world.begin(Self.attempt("\(number)"))) }
        world.fail(Self.attempt("0"))
        #expect(try !world.begin(Self.attempt("new")))
        for number in 1..<20 { world.throttle.end(Self.attempt("\(number)")) }
        #expect(world.calls == 1)
        #expect(try world.begin(Self.attempt("new")))
    }

    @Test
    func `a failure of a call that began in the minute before doesn't take back what this minute counted`()
        throws
    {
        let throttle = World().throttle
        for _ in 0..<3 { throttle.failed(Self.here, account: "a", at: Self.now) }
        throttle.failed(Self.here, account: "b", at: MonotonicInstant(nanoseconds: 570_000_000_000))
        #expect(throws: Failure.throttled(retryAfterSeconds: 60)) {
            try throttle.check(Self.here, account: "a", at: Self.now)
        }
        try throttle.check(Self.here, account: "a", at: Self.now.advanced(by: .seconds(60)))
    }
}
