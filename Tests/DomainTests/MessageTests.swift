// Messages' ids and conversations' addresses.

import Domain
import Testing

@Suite struct MessageTests {
    @Test
    func `an exact time is a moment with the place of one message, and reads back from its parts`() {
        let moment = Timestamp(milliseconds: 1_700_000_000_123)
        let first = MessageID.first(at: moment)
        for place in [0, 1, 4095] as [Int64] {
            // Whatever moment the id is of.
            for ahead in [0, 4096 * 1_000_000] as [Int64] {
                let time = ExactTime(moment, MessageID(rawValue: first.rawValue + ahead + place))
                #expect(time.parts == (1_700_000_000, Int32(123_000_000 + place)))
                #expect(ExactTime(seconds: time.parts.seconds, nanoseconds: time.parts.nanoseconds) == time)
            }
        }
        #expect(ExactTime(seconds: .max, nanoseconds: 0).moment == Timestamp(milliseconds: .max))
        #expect(ExactTime(seconds: .min, nanoseconds: 0).moment == Timestamp(milliseconds: .min))
    }

    @Test(arguments: ["", "0", "-1", "+1", "01", "1.0", "1e3", " 1", "x", "９", "99999999999999999999"])
    func `a text that isn't a plain positive number is no id`(text: String) {
        #expect(MessageID(text) == nil)
    }

    @Test func `an id reads back from its text`() {
        let id = MessageID.first(at: Timestamp(milliseconds: 1_767_225_600_000))
        #expect(MessageID(id.text) == id)
    }

    @Test func `a conversation between two is one whoever begins, in any spelling`() throws {
        let (ann, bob) = (try #require(Username("Ann")), try #require(Username("bob")))
        let other = try #require(Username("aNN"))
        #expect(ConversationAddress.between(ann, bob) == .between(bob, other))
        #expect(ConversationAddress.between(ann, bob).key == "ann:bob")
        #expect(ConversationAddress.between(bob, ann).name == "Ann:bob")
    }

    @Test func `a message's receiver is the other name, the group, or everybody`() throws {
        let (ann, bob) = (try #require(Username("Ann")), try #require(Username("bob")))
        let address = ConversationAddress.between(ann, bob)
        #expect(address.receiver(from: "ANN") == "bob")
        #expect(address.receiver(from: "bob") == "Ann")
        #expect(ConversationAddress.between(ann, ann).receiver(from: "Ann") == "Ann")
        #expect(ConversationAddress.of(GroupID(rawValue: 12), .group).receiver(from: "Ann") == "12")
        #expect(ConversationAddress.broadcast.receiver(from: "admin") == "*")
    }

    @Test func `a group and a room of one id are two conversations`() {
        let id = GroupID(rawValue: 12)
        #expect(ConversationAddress.of(id, .group) != .of(id, .room))
    }
}

@Suite struct HistoryHourTests {
    @Test(
        arguments: [
            ("1970010100", 0), ("2000022900", 951_782_400_000), ("2024022923", 1_709_247_600_000),
            ("2026112110", 1_795_255_200_000), ("2100030100", 4_107_542_400_000),
        ] as [(String, Int64)]
    )
    func `an hour begins where the calendar says, in UTC`(text: String, milliseconds: Int64) throws {
        #expect(try #require(HistoryHour(text)).start.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "202611211", "20261121100", "2026112124", "2026113110", "2026022910", "2100022910", "2026000110",
        "2026130110", "2026110010", "1969123123", "20261121 0", "２026112110", "-026112110",
    ])
    func `what isn't an hour of the calendar is refused`(text: String) {
        #expect(HistoryHour(text) == nil)
    }

    @Test func `an hour's messages are those of its first millisecond to its last`() throws {
        let hour = try #require(HistoryHour("2026112110"))
        let moments = [-1, 0, 3_599_999, 3_600_000].map {
            Timestamp(milliseconds: hour.start.milliseconds + $0)
        }
        #expect(moments.map(hour.span.contains) == [false, true, true, false])
    }
}
