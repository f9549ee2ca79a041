// Uploads that break off: nothing of them stays, whether the client or the server goes.

import Foundation
import TestKit
import Testing

@Suite struct UploadTests {
    private static func halfUpload(_ app: TestApp, _ server: TestServer) async throws -> RawSocket {
        let token = try await app.token()
        let socket = try server.rawSocket()
        try socket.send(
            "POST \(app.prefix)/chatfiles HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                + String(repeating: "x", count: 100_000)
        )
        return socket
    }

    @Test func `A body that both its chunks and its parts make wrong is refused once`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let token = try await app.token()
        let part = "--BB\r\nbad header no colon\r\n\r\n" + String(repeating: "x", count: 300)
        let answer = try await onOwnThread {
            let client = try HostileClient(server)
            try client.socket.send(
                "POST \(app.prefix)/chatfiles HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(token)\r\n"
                    + "Content-Type: multipart/form-data; boundary=BB\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + String(part.utf8.count, radix: 16) + "\r\n" + part + "\r\nZZZ\r\n"
            )
            let response = try client.socket.readResponse()
            client.socket.shutDownWriting()
            return (response.status, try client.status())
        }
        #expect(answer.0 == 400)
        #expect(answer.1 == nil)
        try await server.stop()
        #expect(server.logEntries().filter { $0["status"]?.integer == 400 }.count == 1)
    }

    private static func incoming(_ server: TestServer) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: server.dataPath + "/incoming")
    }

    /// Waits until the folder of incoming files has so many.
    private static func wait(for count: Int, _ server: TestServer) async throws -> Bool {
        let deadline = Deadline()
        while try incoming(server).count != count {
            guard !deadline.hasPassed else { return false }
            // Each answer is a turn that the server's loops have had meanwhile.
            _ = try await server.client().get("/")
        }
        return true
    }

    @Test func `half an upload leaves nothing behind, when its client goes or the server is killed`()
        async throws
    {
        // The server must not be the one who ends them, however long this takes.
        let server = try await TestServer.start(flags: ["--body-idle-seconds", "3600"])
        let app = try await server.makeApp()
        var first: RawSocket? = try await Self.halfUpload(app, server)
        #expect(try await Self.wait(for: 1, server))
        _ = first.take()
        #expect(try await Self.wait(for: 0, server))

        var second: RawSocket? = try await Self.halfUpload(app, server)
        #expect(try await Self.wait(for: 1, server))
        _ = try await server.kill9()
        _ = second.take()
        #expect(try Self.incoming(server).count == 1)
        try await server.startAgain()
        #expect(try Self.incoming(server).isEmpty)
        let stored = try FileManager.default.subpathsOfDirectory(atPath: server.dataPath + "/files")
        #expect(stored.isEmpty)
        #expect(try await server.stop() == .exited(code: 0))
    }
}
