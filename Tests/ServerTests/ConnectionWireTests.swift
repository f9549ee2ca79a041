// The recorded requests of Fixtures/http, played to a connection: each gets the status its file names.

import Foundation
import Testing

@testable import Server

@Suite struct ConnectionWireTests {
    /// One code point U+0000...U+00FF a byte; a status or "close".
    struct Hostile: Decodable {
        let name: String
        let raw: String
        let status: Int?

        enum CodingKeys: String, CodingKey { case name, raw, status }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name = try values.decode(String.self, forKey: .name)
            raw = try values.decode(String.self, forKey: .raw)
            status = try? values.decode(Int.self, forKey: .status)
        }
    }

    struct Accepted: Decodable {
        let name: String
        let raw: String
    }

    static func fixture<Case: Decodable>(_ file: String, of type: Case.Type) throws -> [Case] {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try JSONDecoder().decode(
            [Case].self,
            from: Data(contentsOf: root.appending(path: "Fixtures/http/\(file)"))
        )
    }

    static func bytes(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    @Test func `a hostile request gets the status its file names, and the connection is closed`() throws {
        let cases = try ConnectionWireTests.fixture("hostile-requests.json", of: Hostile.self)
        #expect(cases.count > 200)
        for hostile in cases {
            let world = try ConnectionWorld()
            let client = try world.connect()
            world.send(ConnectionWireTests.bytes(hostile.raw), from: client)
            world.turn()
            client.finishSending()
            let replies = try ConnectionReply.parse(world.receiveToEnd(client))
            #expect(replies.map(\.status) == (hostile.status.map { [$0] } ?? []), "\(hostile.name)")
            #expect(world.context.openCount == 0, "\(hostile.name)")
            #expect(world.script.requests.isEmpty, "\(hostile.name)")
        }
    }

    @Test func `a hostile request gets the same status byte by byte`() throws {
        for hostile in try ConnectionWireTests.fixture("hostile-requests.json", of: Hostile.self)
        where hostile.raw.utf8.count < 2_000 {
            let world = try ConnectionWorld()
            let client = try world.connect()
            for byte in ConnectionWireTests.bytes(hostile.raw) {
                _ = client.trySend([byte])
                world.turn(1)
            }
            client.finishSending()
            let replies = try ConnectionReply.parse(world.receiveToEnd(client))
            #expect(replies.map(\.status) == (hostile.status.map { [$0] } ?? []), "\(hostile.name)")
        }
    }

    @Test func `an unusual but sound request is answered`() throws {
        for accepted in try ConnectionWireTests.fixture("accepted-requests.json", of: Accepted.self) {
            let world = try ConnectionWorld()
            let client = try world.connect()
            world.send(ConnectionWireTests.bytes(accepted.raw), from: client)
            client.finishSending()
            let replies = try ConnectionReply.parse(world.receiveToEnd(client))
            #expect(
                !replies.isEmpty && replies.allSatisfy { $0.status == 200 },
                "\(accepted.name): \(replies)"
            )
            #expect(replies.count == world.script.requests.count, "\(accepted.name)")
        }
    }
}
