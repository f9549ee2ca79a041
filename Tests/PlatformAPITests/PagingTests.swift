// Pages: whatever comes and goes between two of them, nobody is shown twice and nobody is hidden.

import TestKit
import Testing

@Suite struct PagingTests {
    private static func app(users count: Int) async throws -> TestApp {
        let app = try await TestServer.shared().makeApp()
        for start in stride(from: 0, to: count, by: 10) {
            let batch = (start..<min(start + 10, count)).map {
                ["username": .string("user\($0)"), "password": "123"] as TestJSON
            }
            try await app.perform("POST", "/users", .array(batch))
        }
        return app
    }

    private static func names(_ page: TestJSON) -> [String] {
        page["entities"]?.array?.compactMap { $0["username"]?.string } ?? []
    }

    @Test func `250 users are paged without repeats or gaps while others come and go`() async throws {
        let app = try await Self.app(users: 250)
        var (seen, deleted, cursor, round): ([String], Set<String>, String, Int) = ([], [], "", 0)
        repeat {
            let page = try await app.perform("GET", "/users?limit=20&cursor=\(cursor)").json()
            seen += Self.names(page)
            #expect(page["count"]?.integer == Int64(Self.names(page).count))
            cursor = page["cursor"]?.string ?? ""
            round += 1
            try await app.register("new\(round)")
            // One that was shown, the very one that the cursor stands on, and one that wasn't.
            for name in ["user\(round * 20 - 5)", "user\(round * 20 - 1)", "user\(round * 20 + 7)"]
            where round < 12 {
                try await app.perform("DELETE", "/users/\(name)")
                deleted.insert(name)
            }
        } while !cursor.isEmpty && round < 100
        #expect(Set(seen).count == seen.count)
        let kept = (0..<250).map { "user\($0)" }.filter { !deleted.contains($0) }
        #expect(Set(kept).isSubset(of: seen))
        #expect(seen.filter { $0.hasPrefix("user") && !deleted.contains($0) } == kept)
    }

    @Test func `a page has as many users as asked for, 10 by default and 100 at most`() async throws {
        let app = try await Self.app(users: 101)
        let table: [(limit: String, count: Int)] = [
            ("", 10), ("1", 1), ("99", 99), ("100", 100), ("101", 100), ("1000000", 100),
        ]
        for (limit, count) in table {
            let page = try await app.perform("GET", "/users?limit=\(limit)").json()
            #expect(Self.names(page) == (0..<count).map { "user\($0)" }, "limit=\(limit)")
            #expect(page["cursor"] != nil)
        }
    }

    @Test func `the last page has no cursor, even when it is full`() async throws {
        let app = try await Self.app(users: 4)
        let first = try await app.perform("GET", "/users?limit=2").json()
        let cursor = try #require(first["cursor"]?.string)
        let last = try await app.perform("GET", "/users?limit=2&cursor=\(cursor)").json()
        #expect(Self.names(last) == ["user2", "user3"])
        #expect(last["cursor"] == nil)
    }

    @Test func `contacts are paged without repeats or gaps while some go`() async throws {
        let app = try await Self.app(users: 31)
        for number in 1..<31 { try await app.perform("POST", "/users/user0/contacts/users/user\(number)") }
        var (seen, cursor): ([String], String) = ([], "")
        repeat {
            let page = try await app.perform("GET", "/user/user0/contacts?limit=7&cursor=\(cursor)").json()
            let contacts = page["data"]?["contacts"]?.array ?? []
            seen += contacts.compactMap { $0["username"]?.string }
            cursor = page["cursor"]?.string ?? ""
            if let last = seen.last { try await app.perform("DELETE", "/users/user0/contacts/users/\(last)") }
        } while !cursor.isEmpty && seen.count < 100
        #expect(seen.sorted() == (1..<31).map { "user\($0)" }.sorted())
    }
}
