// Stopping under load: what was acknowledged is there, what was asked is answered, and the exit code is 0.

import Foundation
import TestKit
import Testing
import Threads

@Suite struct DrainTests {
    @Test func `SIGTERM under load ends with 0, and everything acknowledged is there`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let token = try await app.token()
        let port = try server.port
        let told = Guarded<[String]>([])
        let begun = DispatchSemaphore(value: 0)
        let load = Task {
            try await onOwnThread {
                try parallel(clients: 16) { client in
                    let connection = HTTPClient(port: port)
                    for number in 0..<100_000 {
                        let name = "c\(client)u\(number)"
                        let request = HTTPRequest(
                            "POST",
                            "\(app.prefix)/users",
                            json: ["username": .string(name), "password": "123"]
                        ).authorized(token)
                        guard let reply = try? connection.sendBlocking(request), reply.status == 200 else {
                            return
                        }
                        let count = told.withLock { told in
                            told.append(name)
                            return told.count
                        }
                        if count == 100 { begun.signal() }
                    }
                }
            }
        }
        try await onOwnThread { begun.wait() }
        #expect(try await server.stop() == .exited(code: 0))
        _ = try await load.value

        try await server.startAgain()
        let client = try server.client()
        for name in told.withLock({ $0 }) {
            let reply = try await client.send(
                HTTPRequest("GET", "\(app.prefix)/users/\(name)").authorized(token)
            )
            #expect(reply.status == 200, "\(name) was acknowledged and is gone")
        }
        #expect(try await server.stop() == .exited(code: 0))
    }

    @Test func `A client that never ends its request doesn't keep the server from stopping`() async throws {
        let server = try await TestServer.start(flags: ["--body-idle-seconds", "3600"])
        let socket = try server.rawSocket()
        try socket.send("POST /a/b/token HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
        #expect(try await server.stop() == .exited(code: 0))
    }
}
