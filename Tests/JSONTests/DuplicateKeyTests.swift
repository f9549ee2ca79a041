// Objects of every size hold each key once.

import JSON
import Testing

@Suite struct DuplicateKeyTests {
    /// Keys `k0`, `k1`, …, in order.
    private func object(of count: Int, adding extra: String? = nil) -> [UInt8] {
        var members = (0..<count).map { "\"k\($0)\":\($0)" }
        if let extra { members.append("\"\(extra)\":-1") }
        return Array(("{" + members.joined(separator: ",") + "}").utf8)
    }

    // 16 and 17 lie on both sides of the change from comparing pairs to a table.
    @Test(arguments: [1, 2, 3, 15, 16, 17, 18, 31, 32, 33, 64, 1000])
    func `a repeated key is found wherever its first is`(count: Int) throws {
        _ = try JSONDocument(object(of: count))
        for first in Set([0, count / 2, count - 1]) {
            for spelling in ["k\(first)", #"\u006B\#(first)"#, #"\u006b\#(first)"#] {
                let document = object(of: count, adding: spelling)
                let error = #expect(throws: JSONError.self) { try JSONDocument(document) }
                let offset = document.count - spelling.utf8.count - "\"\":-1}".utf8.count
                #expect(error == JSONError(.duplicateKey("k\(first)"), at: offset))
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a hundred thousand keys are read, and one too many among them is found`() throws {
        let root = try JSONDocument(object(of: 100_000)).root
        #expect(root.count == 100_000)
        #expect(root["k99999"]?.int == 99_999)
        let error = #expect(throws: JSONError.self) {
            try JSONDocument(object(of: 100_000, adding: "k0"))
        }
        #expect(error?.reason == .duplicateKey("k0"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `long keys that differ only at their middle are told apart`() throws {
        // Same length, first, middle and last byte: the fingerprints of all sixteen agree.
        let filler = String(repeating: "a", count: 10_000)
        let keys = (0..<16).map { "\"\(filler)\($0 / 10)\($0 % 10)bb\(filler)\":0" }
        #expect(try JSONDocument(Array("{\(keys.joined(separator: ","))}".utf8)).root.count == 16)
    }

    @Test(arguments: [
        ["a", "A"], ["a", "a "], ["", " "], ["\u{E9}", "e\u{301}"], ["a", "a\\u0000"],
        ["\\u0000", "\\u0000\\u0000"],
        ["a", "\\u0041"], ["\\n", "n"], ["\\\\n", "\\n"], ["\u{FB01}", "fi"], ["k1", "k01"],
    ])
    func `keys that differ in any byte are different`(keys: [String]) throws {
        for padding in [0, 20] {
            let members = keys + (0..<padding).map { "padding\($0)" }
            let text = "{" + members.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
            #expect(try JSONDocument(Array(text.utf8)).root.count == members.count)
        }
    }

    @Test func `objects inside one another may repeat each other's keys`() throws {
        let text = #"{"a":{"a":{"a":1},"b":2},"b":[{"a":1},{"a":2}]}"#
        #expect(try JSONDocument(Array(text.utf8)).root["a"]?["a"]?["a"]?.int == 1)
    }
}
