// The requests whose instructions are counted: each sent again and again by one client that waits for its answer.

import Domain
import Glibc
import JSON

/// A request of `Benchmark count`.
enum CountedRequest: String, CaseIterable {
    case user = "GET user"
    case message = "POST message"
    case page = "page of users"
    case contact = "add contact"
    case frame = "frame 0"
    case openIM = "OpenIM send_msg"

    /// Makes what the request needs in a stopped folder.
    func prepare(_ data: String, _ seed: Seed) throws {
        guard self == .frame else { return }
        let application = try seed.application(in: data)
        try seed.fill(data, 0..<1) { (pair, store) throws(Failure) in
            try Conversations.make(pair, of: 1...2, application, in: store)
        }
    }

    /// Sends it so often.
    func send(_ times: Int, to server: ServerProcess, of seed: Seed) throws {
        let token = try seed.token(from: server)
        if self == .frame { return try talk(times, to: server, of: seed, token) }
        var connection = try server.connect()
        for number in 0..<times { _ = try connection.exchangeOK(bytes(number, token)) }
    }

    private func bytes(_ number: Int, _ token: String) -> [UInt8] {
        switch self {
        case .user: Requests.one("GET", "/users/\(Seed.name(1 + number % 1000))", token: token)
        case .page: Requests.one("GET", "/users?limit=100", token: token)
        case .contact:
            Requests.one(
                "POST",
                "/users/\(Seed.name(1 + number))/contacts/users/\(Seed.name(2001 + number))",
                token: token
            )
        case .message:
            Requests.one(
                "POST",
                "/messages",
                token: token,
                body: Requests.message("see you at six", from: Seed.name(1), to: Seed.name(2), "users")
            )
        case .openIM: openIM(token)
        case .frame: []
        }
    }

    private func openIM(_ token: String) -> [UInt8] {
        let body = """
            {"operationID":"count","sendID":"\(Seed.name(1))","recvID":"\(Seed.name(2))","senderPlatformID":1,\
            "sessionType":1,"contentType":101,"content":{"text":"see you at six"}}
            """
        var requests = Requests(token: nil)
        requests.append(
            "POST",
            "/openim/manager/send_msg",
            lines: "token: \(token)\r\n",
            body: Array(body.utf8)
        )
        return requests.bytes
    }

    /// Sends frames of a user who is alone on the gateway, each when the last one has come back.
    private func talk(_ times: Int, to server: ServerProcess, of seed: Seed, _ token: String) throws {
        let client = try SocketClient(
            port: server.port,
            tokens: try seed.tokens(of: 1..<2, from: server, with: token)
        )
        let session = Conversations.id(of: 0)
        for number in 0..<times {
            let text =
                #"{"code":0,"time":1,"sender":{"session_id":"\#(session)"},"#
                + #""msg":[{"type":0,"text":"number \#(number)."}]}"#
            try client.send(Array(text.utf8), on: 0)
            var isBack = false
            while !isBack {
                let arrived = try client.receive(waitingMilliseconds: 30_000) { _, frame in
                    let text = String(decoding: frame, as: UTF8.self)
                    if text.contains("number \(number).") { isBack = true }
                }
                guard arrived else { throw BenchmarkError("a frame didn't come back") }
            }
        }
    }
}
