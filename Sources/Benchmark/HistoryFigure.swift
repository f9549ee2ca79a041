// Figure 9: a page far back in a long conversation beside its newest page.

import Domain

/// The latency of a page of 100 messages at depth 900 000 of a conversation of 1 000 000, and of the newest page.
struct HistoryFigure: Figure {
    let number = 9
    let title = "history at depth 900 000 of 1 000 000"

    private static let messages = 1_000_000
    private static let depth = 900_000

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let data = try place.copy(of: seed)
        try seed.fill(data, 0..<Self.messages) { (number, store) throws(Failure) in
            try MessageFigure.send("message \(number)", from: 1, to: 2, in: store)
        }
        let server = try ServerProcess(place.executable, data: data)
        let path = "/messages?conversation=\(Seed.name(1)):\(Seed.name(2))&limit=100"
        let pages = Paging(
            first: path,
            deep: "\(path)&cursor=\(Self.cursor(at: Self.depth).text)",
            token: try seed.token(from: server)
        )
        let row = try pages.measure(
            "9. history: page of 100 at depth 900 000 of 1 000 000 ÷ newest page",
            on: server,
            in: place,
            { try Self.check($0, startsAt: 0) },
            { try Self.check($0, startsAt: Self.depth) }
        )
        try server.stop()
        return [row]
    }

    /// Behind so many messages from the newest.
    ///
    /// The conversation is the first one, and its messages are the first to get ids.
    private static func cursor(at depth: Int) -> Cursor {
        Cursor(
            collection: .conversationMessages,
            owner: 1,
            key: TimeOrderedIDs.first(at: Seed.moment) + Int64(messages - depth)
        )
    }

    /// Whether the page holds exactly the hundred messages behind the depth.
    private static func check(_ reply: HTTPConnection.Reply, startsAt depth: Int) throws {
        let texts = reply.text.split(separator: "\"msg\":\"message ").dropFirst().map {
            $0.prefix { $0 != "\"" }
        }
        guard texts.map(String.init) == (0..<100).map({ String(messages - depth - 1 - $0) }) else {
            throw BenchmarkError("the page at depth \(depth) is wrong: \(reply.text.prefix(500))")
        }
    }
}
