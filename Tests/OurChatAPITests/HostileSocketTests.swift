// Frames that clients shouldn't send: broken frames, huge messages, floods, nothing at all.

import Foundation
import TestKit
import Testing

@Suite struct HostileSocketTests {
    private static func app() async throws -> (TestApp, String) {
        let app = try await TestServer.shared().makeApp()
        try await app.register("ann")
        return (app, try await app.userToken("ann", password: "123"))
    }

    @Test(
        arguments: [
            ("text that isn't UTF-8", WebSocketClient.frame(1, [0xED, 0xA0, 0x80]), 1007),
            ("a binary message", WebSocketClient.frame(2, [1, 2, 3]), 1003),
            ("a reserved opcode", WebSocketClient.frame(3, []), 1002),
            ("a frame without a mask", [0x81, 0x01, 0x61], 1002),
            ("a continuation of nothing", WebSocketClient.frame(0, [0x61]), 1002),
            ("a message of 20 MB", [0x81, 0xFF, 0, 0, 0, 0, 0x01, 0x31, 0x2D, 0x00, 1, 2, 3, 4], 1009),
            ("a close code that nobody sends", WebSocketClient.frame(8, [0x03, 0xED]), 1002),
        ] as [(String, [UInt8], Int)]
    )
    func `a client that breaks the protocol is closed with the code for it`(
        name: String,
        bytes: [UInt8],
        code: Int
    ) async throws {
        let (app, token) = try await Self.app()
        let found = try await onOwnThread {
            var socket = try app.socket(token: token)
            try socket.send(raw: bytes)
            return try socket.waitForClose()
        }
        #expect(found == code)
    }

    @Test func `a text in a thousand fragments is one frame`() async throws {
        let (app, token) = try await Self.app()
        let reply = try await onOwnThread {
            var socket = try app.socket(token: token)
            let text = Array(#"{"code": 12, "padding": "\#(String(repeating: "x", count: 3000))"}"#.utf8)
            let size = (text.count + 999) / 1000
            let pieces = stride(from: 0, to: text.count, by: size).map {
                Array(text[$0..<min($0 + size, text.count)])
            }
            for (index, piece) in pieces.enumerated() {
                try socket.send(opcode: index == 0 ? 1 : 0, piece, isFinal: index == pieces.count - 1)
                if index == 500 { try socket.send(opcode: 9, [7]) }
            }
            guard try socket.next() == .pong([7]) else { throw RawSocket.Failure("no pong") }
            return try socket.message()
        }
        #expect(reply == ["code": 12, "status": 0, "status_code": 0])
    }

    @Test func `frames that come all at once are answered in their order`() async throws {
        let (app, token) = try await Self.app()
        let codes = try await onOwnThread {
            var socket = try app.socket(token: token)
            var bytes: [UInt8] = []
            for number in 0..<100 {
                // A read, a write and a frame that is wrong, in turn.
                let frame =
                    switch number % 3 {
                    case 0: #"{"code":10,"ocid":"ann","request_values":["ocid"]}"#
                    case 1: #"{"code":8,"members":[]}"#
                    default: #"{"code":99}"#
                    }
                bytes += WebSocketClient.frame(1, Array(frame.utf8))
            }
            try socket.send(raw: bytes)
            return try (0..<100).map { _ in try socket.message()["code"] }
        }
        #expect(codes == (0..<100).map { [11, 9, 18][$0 % 3] })
    }

    @Test func `a client that floods waits, and others don't`() async throws {
        let (app, token) = try await Self.app()
        try await onOwnThread {
            let flood = try app.socket(token: token)
            let frames = (0..<2000).flatMap { _ in WebSocketClient.frame(1, Array(#"{"code":12}"#.utf8)) }
            _ = flood.sendWithoutWaiting(frames)
            var other = try app.socket(token: token)
            for _ in 0..<5 {
                guard try other.ask(["code": 12])["status"] == 0 else { throw RawSocket.Failure("no answer") }
            }
        }
    }

    @Test func `a hundred clients that vanish leave nobody online`() async throws {
        let (app, token) = try await Self.app()
        try await onOwnThread {
            for _ in 0..<100 {
                var socket = try app.socket(token: token)
                _ = try socket.isQuiet()
            }
        }
        let deadline = Deadline()
        var status: TestJSON?
        while status != "offline", !deadline.hasPassed {
            status = try await app.perform("GET", "/users/ann/status").json()["data"]?["ann"]
        }
        #expect(status == "offline")
    }
}
