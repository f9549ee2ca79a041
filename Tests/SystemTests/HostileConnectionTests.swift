// Clients that hold connections: slow, silent, unreading, too many. Others are served meanwhile.

import Foundation
import TestKit
import Testing

@Suite struct HostileConnectionTests {
    @Test func `Three hundred clients that send a byte a second are told 408 in time, and others are served`()
        async throws
    {
        let hostile = try await HostileServer(flags: ["--head-seconds", "8"])
        let server = hostile.server
        try await onOwnThread {
            let slow = try (0..<300).map { _ in try HostileClient(server) }
            let quick = try server.client()
            // The head has eight seconds from its first byte, however many follow.
            for byte in "GET".utf8 {
                for client in slow { _ = client.socket.sendWithoutWaiting([byte]) }
                #expect(try quick.sendBlocking(HTTPRequest("GET", "/healthz")).status == 200)
                _ = try? slow[0].socket.isClosed(withinSeconds: 0.5)
            }
            for client in slow {
                #expect(try client.status() == 408)
                #expect(try client.isClosed())
            }
        }
        try await hostile.endUnharmed()
    }

    @Test func `A body that stops arriving is given up`() async throws {
        let hostile = try await HostileServer(flags: ["--body-idle-seconds", "1"])
        let app = try await hostile.server.makeApp()
        let server = hostile.server
        try await onOwnThread {
            let clients = try (0..<100).map { _ in try HostileClient(server) }
            for client in clients {
                try client.socket.send(
                    "POST \(app.prefix)/token HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n{"
                )
            }
            for client in clients {
                #expect(try client.status() == 408)
                #expect(try client.isClosed())
            }
        }
        try await hostile.endUnharmed()
    }

    @Test func `Clients that ask for much and never read cost a bounded buffer each`() async throws {
        let hostile = try await HostileServer()
        let server = hostile.server
        let request = Array("GET /openapi.yaml?dialect=ourchat HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        try await onOwnThread {
            // The answers to what each of them asks for come to hundreds of megabytes.
            let greedy = try (0..<50).map { _ in try HostileClient(server, receiveBufferBytes: 4096) }
            let batch = [[UInt8]](repeating: request, count: 50).flatMap(\.self)
            let quick = try server.client()
            for _ in 0..<20 {
                for client in greedy { _ = client.socket.sendWithoutWaiting(batch) }
                #expect(try quick.sendBlocking(HTTPRequest("GET", "/healthz")).status == 200)
                hostile.expectBoundedMemory()
            }
            // A client that begins to read after all gets whole replies.
            let patient = greedy[0]
            for _ in 0..<3 { #expect(try patient.status() == 200) }
        }
        try await hostile.endUnharmed()
    }

    @Test func `Clients that never read hold no more together than the server is set to`() async throws {
        raiseDescriptorLimit()
        let hostile = try await HostileServer(flags: ["--unread-bytes", "8388608", "--loops", "2"])
        let server = hostile.server
        let request = Array("GET /openapi.yaml?dialect=ourchat HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        try await onOwnThread {
            let quick = try server.client()
            let document = try quick.sendBlocking(HTTPRequest("GET", "/openapi.yaml?dialect=ourchat")).body
            // An answer each is twenty times what they may hold.
            let greedy = try (0..<(8 << 20) / document.count * 20).map { _ in
                try HostileClient(server, receiveBufferBytes: 4096)
            }
            // The kernel may hold the first answers for them, but not all.
            let batch = [[UInt8]](repeating: request, count: 8).flatMap(\.self)
            for client in greedy { _ = client.socket.sendWithoutWaiting(batch) }
            // Answered behind them, on whichever loop.
            for _ in 0..<4 {
                #expect(try server.client().sendBlocking(HTTPRequest("GET", "/healthz")).status == 200)
            }
            hostile.expectBoundedMemory()
            let metrics = try quick.sendBlocking(HTTPRequest("GET", "/metrics")).text
            let shed = metrics.split(separator: "\n").first { $0.hasPrefix("parley_connections_shed_total ") }
            #expect(shed.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) } ?? 0 > 0)
        }
        try await hostile.endUnharmed()
    }

    @Test func `Two thousand silent connections cost little, and are closed when their time is over`()
        async throws
    {
        raiseDescriptorLimit()
        let hostile = try await HostileServer(
            flags: ["--connections-per-address", "3000", "--keep-alive-seconds", "5"])
        let server = hostile.server
        try await onOwnThread {
            let silent = try (0..<2000).map { _ in try HostileClient(server) }
            let quick = try server.client()
            for _ in 0..<100 { #expect(try quick.sendBlocking(HTTPRequest("GET", "/healthz")).status == 200) }
            hostile.expectBoundedMemory()
            for client in silent { #expect(try client.isClosed()) }
        }
        try await hostile.endUnharmed()
    }

    @Test func `One connection too many is told 503 with Retry-After, and one that leaves makes room`()
        async throws
    {
        let hostile = try await HostileServer(flags: ["--connections", "50"])
        let server = hostile.server
        try await onOwnThread {
            var held = try (0..<50).map { _ in try HostileClient(server) }
            // The last one admitted has been answered, so all of them have been counted.
            for client in held {
                try client.socket.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try client.status() == 200)
            }
            let refused = try HostileClient(server)
            let response = try refused.socket.readResponse()
            #expect(response.status == 503)
            #expect(response.headers["Retry-After"].flatMap { Int($0) } != nil)
            #expect(try refused.isClosed())
            // The operator isn't shut out.
            #expect(
                try server.administrationClient().sendBlocking(HTTPRequest("GET", "/healthz")).status == 200
            )

            held.removeAll()
            let deadline = Deadline()
            var status = 503
            while status == 503, !deadline.hasPassed {
                let client = try HostileClient(server)
                try client.socket.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                status = try client.status() ?? 503
            }
            #expect(status == 200)
        }
        try await hostile.endUnharmed()
    }
}
