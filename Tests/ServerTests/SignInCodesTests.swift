// Codes that sign in once: good for their time, once, and not too many.

import Routing
import Testing

@testable import Server

@Suite struct SignInCodesTests {
    @Test func `a code is good once`() {
        let codes = SignInCodes(time: ConnectionClock())
        let code = codes.issue(for: "ann")
        #expect(code.seconds == 900)
        #expect(codes.redeem("x") == nil)
        #expect(codes.redeem(code.text) == "ann")
        #expect(codes.redeem(code.text) == nil)
    }

    @Test func `a code is good for fifteen minutes`() {
        let time = ConnectionClock()
        let codes = SignInCodes(time: time)
        let (early, late) = (codes.issue(for: "ann"), codes.issue(for: "bob"))
        time.advance(milliseconds: 899_999)
        #expect(codes.redeem(early.text) == "ann")
        time.advance(milliseconds: 1)
        #expect(codes.redeem(late.text) == nil)
    }

    @Test func `beyond sixty-four the oldest is good no more`() {
        let codes = SignInCodes(time: ConnectionClock())
        let all = (0...64).map { codes.issue(for: "user\($0)") }
        #expect(Set(all.map(\.text)).count == 65)
        #expect(codes.redeem(all[0].text) == nil)
        #expect(codes.redeem(all[1].text) == "user1")
        #expect(codes.redeem(all[64].text) == "user64")
    }
}
