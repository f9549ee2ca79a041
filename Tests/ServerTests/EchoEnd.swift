// The session behind a test's WebSocket: it sends every message back.

import Crypto
import HTTP

@testable import Server

/// Sends every message back, and notes what it is told.
final class EchoEnd: SocketEnd {
    private(set) var socket: WebSocketConnection?
    private(set) var pongs: [[UInt8]] = []
    private(set) var received = 0
    private(set) var roomsTold = 0
    private(set) var isClosed = false
    var isReady = true
    var isIdentified = true

    func opened(_ socket: WebSocketConnection) { self.socket = socket }

    func received(_ message: WebSocketMessage) {
        received += 1
        switch message {
        case .text(let bytes): socket?.send(.text, bytes)
        case .binary(let bytes): socket?.send(.binary, bytes)
        }
    }

    func ponged(_ payload: [UInt8]) { pongs.append(payload) }
    func hasRoom() { roomsTold += 1 }

    func closed() {
        isClosed = true
        socket = nil
    }
}

/// Opens a socket with an echo behind it for every sound request.
final class EchoResponder: Responder {
    func open(_ head: RequestHead, from peer: Peer) -> Opening {
        do throws(WebSocketHandshakeError) {
            let handshake = try WebSocketHandshake(head)
            let digest = SHA1.hash(Array(handshake.challenge.utf8))
            return .upgrade(WebSocketHandshake.response(digest: digest), EchoEnd())
        } catch {
            return .answer(refusal(error.status, error.explanation, from: peer))
        }
    }

    func refusal(_ status: HTTP.Status, _ explanation: String, from peer: Peer) -> Response {
        ConnectionScript.text(status, explanation)
    }
}
