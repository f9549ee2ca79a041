// A server whose application has endpoints of webhooks, and the texts that are sent through it.

import Domain
import JSON

/// One server on a copy of the seed, with pairs of users that have a conversation each.
final class WebhookStage {
    private static let pairs = 5000

    let server: ServerProcess
    /// The data folder.
    let data: String
    private let token: String
    private let client: LoadClient
    private var next = 0

    init(_ place: Workplace) throws {
        let seed = try place.seed(users: 10_000)
        data = try place.copy(of: seed)
        try seed.fill(data, 0..<Self.pairs) { (number, store) throws(Failure) in
            let (sender, receiver) = Self.pair(number)
            try MessageFigure.send("hello", from: sender, to: receiver, in: store)
        }
        server = try ServerProcess(
            place.executable,
            data: data,
            flags: ["--webhook-networks", "127.0.0.0/8"]
        )
        token = try seed.token(from: server)
        client = try LoadClient(port: server.port, connections: 64)
    }

    /// Makes an endpoint of `message.sent`.
    ///
    /// - Parameter settings: further members, each with a comma in front.
    /// - Returns: its id.
    func add(_ sink: WebhookSink, _ settings: String = "") throws -> String {
        let body = #"{"url":"\#(sink.url)","events":["message.sent"],"timeout_ms":30000\#(settings)}"#
        return try add(body)
    }

    /// Makes an endpoint that is asked before each message.
    func addQuestion(_ sink: WebhookSink) throws -> String {
        try add(#"{"url":"\#(sink.url)","events":["message.sent"],"before":"all","timeout_ms":5000}"#)
    }

    private func add(_ body: String) throws -> String {
        var connection = try server.connect()
        let request = Requests.one("POST", "/webhooks", token: token, body: Array(body.utf8))
        let made = try JSONValue(parsing: try connection.exchangeOK(request).body)
        guard let id = made["data"]?["id"]?.string else { throw BenchmarkError("no endpoint was made") }
        return id
    }

    /// Removes an endpoint.
    ///
    /// - Returns: the seconds until the answer.
    func remove(_ id: String) throws -> Double {
        var connection = try server.connect()
        let request = Requests.one("DELETE", "/webhooks/\(id)", token: token)
        return try Clock.seconds { _ = try connection.exchangeOK(request) }
    }

    /// Sends texts over 64 connections.
    ///
    /// - Returns: texts a second.
    func send(_ count: Int, seconds: Double = .infinity) throws -> Double {
        let run = try client.run(next..<(next + count), seconds: seconds) { number, bytes in
            bytes += request(number)
        }
        next += run.replies
        return Double(run.replies) / run.seconds
    }

    /// How many deliveries are pending in the server's file, those without an endpoint too.
    func pending(_ executable: String) throws -> Int {
        let printed = try ChildProcess.output(
            of: executable,
            ["check", "--json", "--data", data],
            errorPath: data + ".check.log"
        )
        let report = try JSONValue(parsing: Array(printed.joined(separator: "\n").utf8))
        guard let pending = report["outbox"]?["pending"]?.int64 else { throw BenchmarkError("no outbox") }
        return Int(pending)
    }

    /// How many texts were sent.
    var sent: Int { next }

    /// Sends one text after another, so many a second.
    ///
    /// - Returns: the number of each text with the moment of its answer.
    func sendSlowly(_ count: Int, perSecond: Int) throws -> [(number: Int, answered: UInt64)] {
        var connection = try server.connect()
        let start = Clock.nanoseconds()
        var answers: [(number: Int, answered: UInt64)] = []
        for place in 0..<count {
            let due = start + UInt64(place) * 1_000_000_000 / UInt64(perSecond)
            Clock.wait(until: due)
            _ = try connection.exchangeOK(request(next))
            answers.append((next, Clock.nanoseconds()))
            next += 1
        }
        return answers
    }

    private func request(_ number: Int) -> [UInt8] {
        let (sender, receiver) = Self.pair(number)
        let text = "message \(number): see you at the station at six"
        let body = Requests.message(text, from: Seed.name(sender), to: Seed.name(receiver), "users")
        return Requests.one("POST", "/messages", token: token, body: body)
    }

    /// A lap visits each pair once, in no order of the file.
    private static func pair(_ number: Int) -> (sender: Int, receiver: Int) {
        let pair = number % pairs * 7919 % pairs
        return (2 * pair + 1, 2 * pair + 2)
    }
}
