// The recorded requests of Fixtures/http: refused or accepted as the file says, however they are cut.

import Foundation
import HTTP
import Testing

/// A request to refuse: `raw` has one code point U+0000...U+00FF a byte, `status` is the answer or "close".
struct HostileRequest: Decodable, Sendable, CustomTestStringConvertible {
    enum Answer: Sendable, Equatable { case status(Int), close }
    let name: String
    let raw: [UInt8]
    let answer: Answer
    let error: String?

    enum CodingKeys: String, CodingKey { case name, raw, status, error, why }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        raw = latin1(try values.decode(String.self, forKey: .raw))
        answer = (try? values.decode(Int.self, forKey: .status)).map(Answer.status) ?? .close
        error = try values.decodeIfPresent(String.self, forKey: .error)
    }

    var testDescription: String { name }
}

struct AcceptedRequest: Decodable, Sendable {
    let name: String
    let raw: String
}

enum WireFixtures {
    static let hostile: [HostileRequest] =
        (try? JSONDecoder().decode(
            [HostileRequest].self,
            from: Repository.fixture("http/hostile-requests.json")
        )) ?? []
    static let accepted: [AcceptedRequest] =
        (try? JSONDecoder().decode(
            [AcceptedRequest].self,
            from: Repository.fixture("http/accepted-requests.json")
        )) ?? []
}

@Suite struct WireTests {
    @Test func `the fixtures are there`() {
        #expect(WireFixtures.hostile.count > 200)
        #expect(WireFixtures.accepted.count > 20)
    }

    @Test func `a hostile request is refused for the reason and with the status its file names`() {
        for request in WireFixtures.hostile {
            let transcript = Replay.run(request.raw)
            switch request.answer {
            case .close:
                #expect(
                    transcript.refusal == nil && transcript.messages.isEmpty,
                    "\(request.name): \(transcript)"
                )
            case .status(let status):
                #expect(transcript.refusal?.status.code == status, "\(request.name): \(transcript)")
                #expect(transcript.refusal.map { "\($0)" } == request.error, "\(request.name): \(transcript)")
                #expect(transcript.messages.isEmpty, "\(request.name)")
            }
        }
    }

    @Test func `a hostile request has the same outcome byte by byte`() {
        for request in WireFixtures.hostile {
            let whole = Replay.run(request.raw)
            let bytewise = Replay.run(request.raw, cuts: Array(0..<request.raw.count))
            #expect(whole == bytewise, "\(request.name): \(whole) became \(bytewise)")
        }
    }

    @Test func `a hostile request has the same outcome cut at any point`() {
        for request in WireFixtures.hostile {
            let whole = Replay.run(request.raw)
            for cut in cutPoints(request.raw.count) {
                let parts = Replay.run(request.raw, cuts: [cut])
                #expect(whole == parts, "\(request.name) cut at \(cut): \(whole) became \(parts)")
            }
        }
    }

    @Test func `an unusual but sound request is accepted to its last byte`() {
        for request in WireFixtures.accepted {
            let transcript = Replay.run(latin1(request.raw))
            #expect(transcript.ending == .betweenMessages, "\(request.name): \(transcript)")
            #expect(!transcript.messages.isEmpty, "\(request.name)")
        }
    }

    @Test func `a sound request has the same outcome byte by byte and cut at any point`() {
        for request in WireFixtures.accepted {
            let raw = latin1(request.raw)
            let whole = Replay.run(raw)
            #expect(whole == Replay.run(raw, cuts: Array(0..<raw.count)), "\(request.name)")
            for cut in cutPoints(raw.count) {
                #expect(whole == Replay.run(raw, cuts: [cut]), "\(request.name) cut at \(cut)")
            }
        }
    }

    @Test func `every reason for a refusal has a recorded request`() {
        let recorded = Set(WireFixtures.hostile.compactMap(\.error))
        // Bodies and forms are refused by the code that reads them; see FormURLEncodedTests.
        let missing = ParseError.allCases.map { "\($0)" }.filter { !recorded.contains($0) }
        #expect(missing == [])
    }

    @Test func `pipelined requests are told apart exactly`() throws {
        let request = try #require(WireFixtures.accepted.first { $0.name == "pipelined" })
        let transcript = Replay.run(latin1(request.raw))
        #expect(transcript.messages.map(\.framing) == [.length(2), .none, .chunked, .none])
        #expect(transcript.messages.map { String(decoding: $0.body, as: UTF8.self) } == ["{}", "", "{}", ""])
        #expect(transcript.messages.map(\.keepsAlive) == [true, true, true, false])
    }
}
