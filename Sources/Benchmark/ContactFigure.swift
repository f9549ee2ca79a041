// Figure 3: adding contacts beside raw inserts of the same rows.

import Domain
import Glibc

/// Contacts added over 64 connections, beside one loop that inserts the same pairs with 32 pairs (64 rows) a commit.
///
/// Both sides start from a copy of the same folder, insert the same pairs in the same order (both rows of `contacts`, with
/// their index), and make them durable on the same disk. Owners are scattered over the users.
struct ContactFigure: Figure {
    let number = 3
    let title = "add contacts ÷ raw SQLite inserts"

    private static let pairsPerCommit = 32

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let server = try place.server(on: seed)
        let token = try seed.token(from: server)
        let client = try LoadClient(port: server.port, connections: 64)
        let folder = try place.freshFolder("raw")
        try Folder.copyFiles(of: seed.folder, to: folder)
        let raw = try SQLiteYardstick(folder + "/parley.db")
        let insertion = try raw.statement(
            "INSERT INTO contacts (application, owner, contact, created) VALUES (?1, ?2, ?3, 1760000000000)"
        )
        let application = RawStatement.Parameter.integer(seed.applicationID.rawValue)
        let count = place.count(20_000, quick: 4000)
        var (done, next) = (0, 0)

        let rates = try Series.interleaved(
            rounds: place.count(7, quick: 2),
            [
                {
                    done = next
                    let run = try client.run(next..<(next + count), seconds: 5) { number, bytes in
                        let pair = Self.pair(number, users: seed.users)
                        let path = "/users/\(Seed.name(pair.owner))/contacts/users/\(Seed.name(pair.contact))"
                        bytes += Requests.one("POST", path, token: token)
                    }
                    next += run.replies
                    return Double(run.replies) / run.seconds
                },
                {
                    try raw.rate(of: done..<next, perCommit: Self.pairsPerCommit) { number in
                        let pair = Self.pair(number, users: seed.users)
                        let (owner, contact) = (Int64(pair.owner), Int64(pair.contact))
                        try insertion.run(application, .integer(owner), .integer(contact))
                        try insertion.run(application, .integer(contact), .integer(owner))
                    }
                },
            ]
        )
        try server.stop()
        return [
            Row(
                "3. add contact, 64 connections ÷ raw SQLite, \(Self.pairsPerCommit) a commit, FULL",
                ours: rates[0],
                yardstick: rates[1],
                unit: .perSecond,
                bar: .atLeast(0.35)
            )
        ]
    }

    /// Two users who are no contacts yet: every number below 5000 times the users gives another pair.
    private static func pair(_ number: Int, users: Int) -> (owner: Int, contact: Int) {
        // 7919 is a prime that doesn't divide the number of users, so a lap visits each of them once.
        let owner = number * 7919 % users
        let contact = (owner + 1 + number / users) % users
        return (owner + 1, contact + 1)
    }
}
