// Figure 4: a page far down a long list beside its first page.

import Domain

/// The latency of a page of 100 users at row 900 000 of 1 000 000, and of the first page.
struct PageFigure: Figure {
    let number = 4
    let title = "page at row 900 000 of 1 000 000"

    private static let users = 1_000_000
    private static let row = 900_000

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: Self.users)
        // In place, not on a copy: no other figure uses a million users.
        let server = try ServerProcess(place.executable, data: seed.folder)
        let pages = Paging(
            first: "/users?limit=100",
            deep: "/users?limit=100&cursor=\(seed.cursor(after: Self.row).text)",
            token: try seed.token(from: server)
        )
        let row = try pages.measure(
            "4. page of 100 at row 900 000 of 1 000 000 ÷ first page",
            on: server,
            in: place,
            { try Self.check($0, startsAfter: 0) },
            { try Self.check($0, startsAfter: Self.row) }
        )
        try server.stop()
        return [row]
    }

    /// Whether the page holds exactly the hundred users behind the row.
    private static func check(_ reply: HTTPConnection.Reply, startsAfter row: Int) throws {
        let body = reply.text
        let names = body.split(separator: "\"username\":\"").dropFirst().map { $0.prefix(11) }
        let expected = ((row + 1)...(row + 100)).map { Seed.name($0)[...] }
        guard names == expected else {
            throw BenchmarkError("the page behind row \(row) is wrong: \(body.prefix(500))")
        }
    }
}
