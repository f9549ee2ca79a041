// Floods of log-ins: throttled, bounded, and felt by nobody else.

import Foundation
import TestKit
import Testing

@Suite struct HostileTokenTests {
    private static func grant(_ app: TestApp, secret: String, from address: String? = nil) -> HTTPRequest {
        HTTPRequest(
            "POST",
            "\(app.prefix)/token",
            headers: address.map { ["X-Forwarded-For": $0] } ?? [:],
            json: [
                "grant_type": "client_credentials", "client_id": .string(app.credentials.clientID),
                "client_secret": .string(secret),
            ]
        )
    }

    /// Twenty log-ins with a wrong secret; how many got which status.
    private static func guess(_ app: TestApp, port: Int) throws -> [Int: Int] {
        let client = HTTPClient(port: port)
        var counts: [Int: Int] = [:]
        for _ in 0..<20 {
            let reply = try client.sendBlocking(grant(app, secret: "wrong", from: "198.51.100.1"))
            counts[reply.status, default: 0] += 1
            let seconds = reply.headers["Retry-After"].flatMap { Int($0) } ?? 0
            #expect(reply.status != 429 || (1...60).contains(seconds))
        }
        return counts
    }

    /// Twenty log-ins that are right, from another address, and as many look-ups.
    private static func behave(_ app: TestApp, secret: String, token: String, port: Int) throws -> [Int: Int]
    {
        let client = HTTPClient(port: port)
        for _ in 0..<20 {
            #expect(try client.sendBlocking(grant(app, secret: secret, from: "192.0.2.7")).status == 200)
            let get = HTTPRequest("GET", "\(app.prefix)/users/user1").authorized(token)
            #expect(try client.sendBlocking(get).status == 200)
        }
        return [:]
    }

    @Test func `Sixty-four clients with wrong secrets are told 429 with Retry-After, and others log in`()
        async throws
    {
        // Through a trusted proxy, so that clients have addresses of their own.
        let hostile = try await HostileServer(flags: ["--token-failures", "20", "--trust-proxy", "127.0.0.1"])
        let app = try await hostile.server.makeApp()
        try await app.register("user1")
        let token = try await app.token()
        let secret = app.credentials.clientSecret
        let port = try hostile.server.port
        let before = Minute.now
        let counts = try await onOwnThread {
            // The last one is somebody else, who knows the secret and asks for users.
            try parallel(clients: 65) { index in
                index < 64
                    ? try Self.guess(app, port: port)
                    : try Self.behave(app, secret: secret, token: token, port: port)
            }
        }
        let total = counts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        #expect(Set(total.keys).isSubset(of: [400, 429]), "\(total)")
        // Ten a minute for one account from one address, and a few at the same time.
        let most = (Minute.now - before + 1) * 20
        #expect((10...most).contains(total[400] ?? 0), "\(total)")
        #expect((total[429] ?? 0) >= 1280 - most, "\(total)")
        try await hostile.endUnharmed()
    }

    @Test func `Failures on an account of one application don't count against its namesake in another`()
        async throws
    {
        let hostile = try await HostileServer(flags: ["--token-failures", "20"])
        let apps = [try await hostile.server.makeApp(), try await hostile.server.makeApp()]
        for app in apps { try await app.register("alice", password: "right") }
        let client = try hostile.server.client()
        func logIn(_ app: TestApp, _ password: String) async throws -> Int {
            try await client.post(
                "\(app.prefix)/token",
                ["grant_type": "password", "username": "alice", "password": .string(password)]
            ).status
        }
        // Ten failures close the account to this address, unless the minute turns; twenty would close the address.
        var statuses: [Int] = []
        while statuses.last != 429, statuses.count < 25 { statuses.append(try await logIn(apps[0], "wrong")) }
        #expect(statuses.last == 429)
        #expect(try await logIn(apps[1], "right") == 200)
        try await hostile.endUnharmed()
    }

    @Test(arguments: [true, false])
    func `A flood of passwords gets no more than its share, and everybody else is answered meanwhile`(
        isOneAccount: Bool
    ) async throws {
        let hostile = try await HostileServer(
            flags: ["--password-cost", "6", "--compute-threads", "1", "--token-failures", "20"]
        )
        let server = hostile.server
        let app = try await server.makeApp()
        try await app.register("user1")
        let token = try await app.token()
        let before = Minute.now
        try await onOwnThread {
            let flood = try (0..<500).map { _ in try HostileClient(server) }
            for (index, client) in flood.enumerated() {
                let name = isOneAccount ? "user1" : "stranger\(index)"
                let body = #"{"grant_type": "password", "username": "\#(name)", "password": "wrong"}"#
                try client.socket.send(
                    "POST \(app.prefix)/token HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
            }
            let quick = try server.client()
            for _ in 0..<50 {
                let get = HTTPRequest("GET", "\(app.prefix)/users/user1").authorized(token)
                #expect(try quick.sendBlocking(get).status == 200)
                let status = HTTPRequest("POST", "\(app.prefix)/users/user1/activate", json: [:]).authorized(
                    token
                )
                #expect(try quick.sendBlocking(status).status == 200)
            }
            var counts: [Int: Int] = [:]
            for client in flood {
                let response = try client.socket.readResponse()
                counts[response.status, default: 0] += 1
                if response.status != 400 { #expect(response.headers["Retry-After"] != nil) }
            }
            #expect(counts.values.reduce(0, +) == 500)
            #expect(Set(counts.keys).isSubset(of: [400, 429, 503]), "\(counts)")
            // As many as may fail in a minute; of strangers also those that were checked before a failure was
            // counted.
            let minutes = Minute.now - before + 1
            let range = isOneAccount ? 10...10 * minutes : 20...40 * minutes
            #expect(range.contains(counts[400] ?? 0), "\(counts)")
        }
        try await hostile.endUnharmed()
    }

    @Test func `Batches of one application leave room for the log-ins of another`() async throws {
        let hostile = try await HostileServer(flags: ["--password-cost", "6", "--compute-threads", "1"])
        let server = hostile.server
        let greedy = try await server.makeApp()
        let victim = try await server.makeApp()
        try await victim.register("user1", password: "right")
        let token = try await greedy.token()
        try await onOwnThread {
            let batches = try (0..<40).map { index in
                let users = (0..<60).map { #"{"username": "u\#(index)-\#($0)", "password": "123"}"# }
                let body = "[" + users.joined(separator: ",") + "]"
                let client = try HostileClient(server)
                try client.socket.send(
                    "POST \(greedy.prefix)/users HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                return client
            }
            // The queue is as full as the greedy one can make it, and yet:
            let login = HTTPRequest(
                "POST",
                "\(victim.prefix)/token",
                json: ["grant_type": "password", "username": "user1", "password": "right"]
            )
            #expect(try server.client().sendBlocking(login).status == 200)
            var counts: [Int: Int] = [:]
            for client in batches {
                let response = try client.socket.readResponse()
                counts[response.status, default: 0] += 1
            }
            // The queue is counted in hashes, not in calls: five batches are one application's share of the queue.
            #expect(Set(counts.keys) == [200, 503], "\(counts)")
            #expect((1...20).contains(counts[200] ?? 0), "\(counts)")
        }
        try await hostile.endUnharmed()
    }

    @Test func `A password change that waited doesn't undo what locked its caller out meanwhile`()
        async throws
    {
        let hostile = try await HostileServer(flags: ["--password-cost", "5", "--compute-threads", "1"])
        let server = hostile.server
        let app = try await server.makeApp()
        for name in ["user1", "user2"] { try await app.register(name, password: "old") }
        let token = try await app.userToken("user1", password: "old")
        let (backend, path) = (try await app.token(), "\(app.prefix)/users/user1")
        try await onOwnThread {
            // A second of log-ins, so that the change has to wait.
            let guess = #"{"grant_type": "password", "username": "user2", "password": "wrong"}"#
            let guesses = try (0..<60).map { _ in try HostileClient(server) }
            for client in guesses {
                try client.socket.send(
                    "POST \(app.prefix)/token HTTP/1.1\r\nHost: a\r\nContent-Length: \(guess.utf8.count)\r\n\r\n\(guess)"
                )
            }
            let body = #"{"newpassword": "taken over", "oldPassword": "old"}"#
            let change = try HostileClient(server)
            try change.socket.send(
                "PUT \(path)/password HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            let lockOut = HTTPRequest("GET", "\(path)/disconnect").authorized(backend)
            #expect(try server.client().sendBlocking(lockOut).status == 200)
            #expect(try change.status() == 401)
            for client in guesses { #expect(try client.status() == 400) }
        }
        _ = try await app.userToken("user1", password: "old")
        try await hostile.endUnharmed()
    }

    @Test func `A user's old password can't be guessed without end`() async throws {
        let hostile = try await HostileServer(flags: ["--token-failures", "20"])
        let app = try await hostile.server.makeApp()
        try await app.register("user1", password: "old")
        let token = try await app.userToken("user1", password: "old")
        let client = try hostile.server.client()
        let body: TestJSON = ["newpassword": "new", "oldPassword": "wrong"]
        let statuses = try await Minute.whole {
            var statuses: [Int] = []
            while statuses.last != 429, statuses.count < 25 {
                statuses.append(
                    try await client.put("\(app.prefix)/users/user1/password", body, token: token).status
                )
            }
            return statuses
        }
        #expect(statuses.last == 429)
        // The backend goes on setting passwords.
        let reset = try await client.put(
            "\(app.prefix)/users/user1/password",
            ["newpassword": "new"],
            token: try await app.token()
        )
        #expect(reset.status == 200)
        try await hostile.endUnharmed()
    }

    @Test func `A token that is revoked while a body dribbles in is worth nothing at its end`() async throws {
        let hostile = try await HostileServer()
        let server = hostile.server
        let app = try await server.makeApp()
        let token = try await app.token()
        let credential = app.credentials.clientID
        let body = #"{"username": "late", "password": "123"}"#
        try await onOwnThread {
            let client = try HostileClient(server)
            try client.socket.send(
                "POST \(app.prefix)/users HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body.dropLast())"
            )
            // A body is late after a second.
            #expect(try !client.socket.isClosed(withinSeconds: 1.2))
            let revoke = HTTPRequest("DELETE", "/admin/applications\(app.prefix)/credentials/\(credential)")
            #expect(try server.administrationClient().sendBlocking(revoke).status == 200)
            try client.socket.send("}")
            #expect(try client.status() == 401)
        }
        try await hostile.endUnharmed()
    }
}
