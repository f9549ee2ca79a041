// Asking with pings how far a client has read: once for a burst, never twice at a time, never more than once a second.

import Domain
import Testing

@testable import Server

@Suite struct AcknowledgementTests {
    private static let second: UInt64 = 1_000_000_000

    private static func id(_ number: Int64) -> MessageID { MessageID(rawValue: number) }

    @Test func `one question for a burst, and its answer is the last message`() throws {
        var state = Acknowledgement()
        #expect([state.pushed(Self.id(1)), state.pushed(Self.id(2)), state.isOpen] == [true, false, true])
        let payloadPing = state.ask(now: 5)
        let payload = try #require(payloadPing)
        #expect(payload == [0, 0, 0, 0, 0, 0, 0, 2] && !state.isOpen)
        let answers = [[], [0, 0, 0, 0, 0, 0, 0, 9], payload, payload].map { state.answered($0) }
        #expect(answers == [nil, nil, Self.id(2), nil] && !state.isOpen)
    }

    @Test
    func `what is pushed while a question is open is asked about afterwards, a second later at the earliest`()
        throws
    {
        var state = Acknowledgement()
        _ = state.pushed(Self.id(1))
        let firstPing = state.ask(now: 0)
        let first = try #require(firstPing)
        let (isNew, early) = (state.pushed(Self.id(7)), state.ask(now: 9 * Self.second))
        #expect(!isNew && early == nil)
        let answer = state.answered(first)
        #expect(answer == Self.id(1) && state.isOpen)
        let again = state.ask(now: Self.second - 1)
        #expect(again == nil)
        let secondPing = state.ask(now: Self.second)
        let second = try #require(secondPing)
        let last = state.answered(second)
        #expect(last == Self.id(7) && !state.isOpen)
    }

    @Test func `what couldn't be noted down is asked for again`() throws {
        var state = Acknowledgement()
        _ = state.pushed(Self.id(3))
        let payloadPing = state.ask(now: 0)
        let payload = try #require(payloadPing)
        _ = state.answered(payload)
        state.failed()
        let repeated = state.ask(now: Self.second)
        #expect(repeated == payload)
    }
}
