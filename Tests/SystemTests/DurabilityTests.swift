// Acknowledged means durable: the server is killed under load, again and again, and everything it acknowledged
// is there.

import Foundation
import TestKit
import Testing
import Threads

/// The acknowledgements of one round.
private final class Acknowledged: Sendable {
    struct Facts {
        var users: [String] = []
        var contacts: [(String, String)] = []
    }

    private let facts = Guarded(Facts())
    private let enough = DispatchSemaphore(value: 0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var all: Facts { facts.withLock { $0 } }

    func add(_ change: (inout Facts) -> Void) {
        let count = facts.withLock { facts in
            change(&facts)
            return facts.users.count
        }
        if count == limit { enough.signal() }
    }

    /// Waits until so many users were acknowledged, or nothing happened for a long time.
    func waitForLimit() -> Bool { enough.wait(timeout: .now() + Deadline.patience) == .success }
}

@Suite struct DurabilityTests {
    private static let rounds = 20, clients = 64

    @Test func `No acknowledged user or contact is missing after kill -9 under load, twenty times over`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        var total = 0
        for round in 0..<Self.rounds {
            let told = try await load(server, app, round)
            total += told.users.count
            try await server.startAgain()
            let missing = try await missing(told, server, app)
            #expect(
                missing.isEmpty,
                "round \(round): \(missing.prefix(5)) of \(told.users.count) users are missing"
            )
        }
        #expect(total >= Self.rounds * 100)
        let check = try await server.command("check")
        #expect(check.succeeded, "\(check.output) \(check.errors)")
        try await server.stop()
    }

    /// Registers users and makes contacts from all clients until enough is acknowledged, then kills the server.
    private func load(_ server: TestServer, _ app: TestApp, _ round: Int) async throws -> Acknowledged.Facts {
        let token = try await TestApp(server: server, credentials: app.credentials).token()
        let told = Acknowledged(limit: 150)
        let port = try server.port
        let killer = Task {
            let reached = await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: told.waitForLimit()) }
            }
            try await server.kill9()
            return reached
        }
        _ = try await onOwnThread {
            try parallel(clients: Self.clients) { client in
                Self.work(HTTPClient(port: port), app.prefix, token, "r\(round)c\(client)", told)
            }
        }
        #expect(try await killer.value, "round \(round): the load never reached its size")
        return told.all
    }

    /// One client: a chain of users, each a contact of the one before, until the connection breaks.
    private static func work(
        _ client: HTTPClient,
        _ prefix: String,
        _ token: String,
        _ name: String,
        _ told: Acknowledged
    ) {
        var previous: String?
        for number in 0..<100_000 {
            let user = "\(name)u\(number)"
            let registration = HTTPRequest(
                "POST",
                "\(prefix)/users",
                json: ["username": .string(user), "password": "123"]
            ).authorized(token)
            guard let reply = try? client.sendBlocking(registration), reply.status == 200 else { return }
            told.add { $0.users.append(user) }
            if let previous {
                let contact = HTTPRequest("POST", "\(prefix)/users/\(previous)/contacts/users/\(user)")
                    .authorized(token)
                guard let reply = try? client.sendBlocking(contact), reply.status == 200 else { return }
                told.add { $0.contacts.append((previous, user)) }
            }
            previous = user
        }
    }

    /// The acknowledged writes that are missing.
    private func missing(
        _ told: Acknowledged.Facts,
        _ server: TestServer,
        _ app: TestApp
    ) async throws -> [String] {
        let token = try await app.token()
        let port = try server.port
        return try await onOwnThread {
            let client = HTTPClient(port: port)
            var missing: [String] = []
            for user in told.users {
                let reply = try client.sendBlocking(
                    HTTPRequest("GET", "\(app.prefix)/users/\(user)").authorized(token)
                )
                if reply.status != 200 { missing.append(user) }
            }
            for (owner, contact) in told.contacts {
                let reply = try client.sendBlocking(
                    HTTPRequest("GET", "\(app.prefix)/users/\(owner)/contacts/users").authorized(token)
                )
                let names = try reply.json()["data"]?.array?.compactMap(\.string) ?? []
                if !names.contains(contact) { missing.append("\(owner) – \(contact)") }
            }
            return missing
        }
    }
}
