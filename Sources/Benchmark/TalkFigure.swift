// Figure 11: how long a message takes from one person to the other, through the gateway.

import Domain
import Glibc

/// The time from sending a frame to its arrival at the other one, while a hundred pairs talk: a thousand messages a
/// second in all, from both sides in turns, each when it is due and not when the last one has arrived.
///
/// A message arrives when it is on disk, so an fsync of the same disk stands beside it.
struct TalkFigure: Figure {
    let number = 11
    let title = "send to receive through the gateway"

    private static let pairs = 100
    private static let perSecond = 1000

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let data = try place.copy(of: seed)
        let application = try seed.application(in: data)
        try seed.fill(data, 0..<Self.pairs) { (pair, store) throws(Failure) in
            try Conversations.make(pair, of: 2 * pair + 1...2 * pair + 2, application, in: store)
        }
        let server = try ServerProcess(place.executable, data: data)
        let token = try seed.token(from: server)
        let people = try seed.tokens(of: 1..<2 * Self.pairs + 1, from: server, with: token)
        let client = try SocketClient(port: server.port, tokens: people)
        var (middle, late, sync) = (Series(), Series(), Series())
        for round in 0..<place.count(5, quick: 1) {
            let times = try talk(client, seconds: place.count(4, quick: 1), round: round).sorted()
            middle.append(times[times.count / 2] * 1000)
            late.append(times[times.count * 99 / 100] * 1000)
            sync.append(try DiskYardstick.syncSeconds(in: data) * 1000)
        }
        try server.stop()
        let fsync = "one fsync: \(Unit.milliseconds.text(sync))"
        return [
            ("11. send to receive, 100 pairs talking, 1000 messages/s, p50", middle, 2.0),
            ("11. … p99", late, 20.0),
        ].map { figure, times, bar in
            var row = Row(figure, ours: times, unit: .milliseconds, bar: .atMost(bar + sync.median))
            row.yardstick = fsync
            return row
        }
    }

    /// Sends for some seconds and waits for the last arrival.
    ///
    /// - Returns: the seconds that each message took.
    private func talk(_ client: SocketClient, seconds: Int, round: Int) throws -> [Double] {
        let count = seconds * Self.perSecond
        let interval = UInt64(1_000_000_000 / Self.perSecond)
        var sent: [UInt64] = []
        var times: [Double] = []
        let start = Clock.nanoseconds()
        while times.count < count {
            while sent.count < count, Clock.nanoseconds() >= start + UInt64(sent.count) * interval {
                let number = sent.count
                sent.append(Clock.nanoseconds())
                try client.send(Self.frame(number, round), on: Self.sender(of: number))
            }
            // A wait is a whole millisecond at least: while there is something to send, none.
            let arrived = try client.receive(waitingMilliseconds: sent.count < count ? 0 : 10_000) {
                socket,
                text in
                guard let message = Self.number(in: text, round), Self.sender(of: message) != socket else {
                    return
                }
                times.append(Clock.seconds(since: sent[message]))
            }
            guard arrived || sent.count < count else {
                throw BenchmarkError("messages were lost on their way")
            }
        }
        return times
    }

    /// The socket that sends a message: the pairs in turns, their two sides in turns.
    private static func sender(of number: Int) -> Int { 2 * (number % pairs) + number / pairs % 2 }

    private static func frame(_ number: Int, _ round: Int) -> [UInt8] {
        let session = Conversations.id(of: number % pairs)
        return Array(
            (#"{"code":0,"time":1,"sender":{"session_id":"\#(session)"},"#
                + #""msg":[{"type":0,"text":"round \#(round) number \#(number)."}]}"#).utf8
        )
    }

    /// The number that a text of this round carries.
    private static func number(in text: ArraySlice<UInt8>, _ round: Int) -> Int? {
        let mark = Array("round \(round) number ".utf8)
        guard let place = text.indices.last(where: { text[$0...].starts(with: mark) }) else { return nil }
        return Int(
            String(decoding: text[(place + mark.count)...].prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self)
        )
    }
}
