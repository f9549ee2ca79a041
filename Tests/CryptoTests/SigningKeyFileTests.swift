// The text form of signing keys.

import Crypto
import Testing

struct SigningKeyFileTests {
    private static let secret = String(repeating: "0a", count: 32)

    @Test func `records survive their text, in order`() throws {
        let records = [
            SigningKeyRecord(id: 0, secret: Vectors.key(32), createdSeconds: 0),
            SigningKeyRecord(id: .max, secret: Vectors.key(64), createdSeconds: .max),
            SigningKeyRecord(id: 5, secret: Vectors.key(48), createdSeconds: 1_800_000_000),
        ]
        #expect(try SigningKeyFile.parse(SigningKeyFile.serialise(records)) == records)
    }

    @Test func `the form is id, hexadecimal secret and time`() throws {
        let record = SigningKeyRecord(
            id: 3,
            secret: [UInt8](repeating: 10, count: 32),
            createdSeconds: 1_800_000_000
        )
        #expect(SigningKeyFile.serialise([record]).hasSuffix("\n3 \(Self.secret) 1800000000\n"))
        #expect(try SigningKeyFile.parse("3 \(Self.secret) 1800000000") == [record])
        #expect(try SigningKeyFile.parse("# made today\n\n3 \(Self.secret) 1800000000\n\n") == [record])
    }

    @Test(arguments: [
        "1", "1 2", "1 \(secret)", "1 \(secret) 2 3", "1  \(secret) 2", " 1 \(secret) 2", "1 \(secret) 2 ",
        "1 \(secret) 2\r", "1\t\(secret)\t2", "-1 \(secret) 2", "+1 \(secret) 2", "01 \(secret) 2",
        "4294967296 \(secret) 2", "1 \(secret) -2", "1 \(secret) 02", "1 \(secret) 9223372036854775808",
        "1 \(secret.dropLast()) 2", "1 \(secret.dropLast(2)) 2", "1 \(secret.dropLast())g 2",
        "1 \(secret)\(secret)00 2", "x \(secret) 2", "1 \(secret) x", " ", "1 \(secret) 2 # comment",
    ])
    func `any other line is named by its number`(line: String) {
        let good = "9 \(Self.secret) 1\n"
        #expect(throws: SigningKeyFileProblem.malformed(line: 1)) { try SigningKeyFile.parse(line) }
        #expect(throws: SigningKeyFileProblem.malformed(line: 3)) {
            try SigningKeyFile.parse("# keys\n" + good + line)
        }
    }

    @Test func `an id is used once`() {
        let text = "1 \(Self.secret) 1\n2 \(Self.secret) 1\n1 \(Self.secret) 2\n"
        #expect(throws: SigningKeyFileProblem.duplicateID(line: 3)) { try SigningKeyFile.parse(text) }
    }

    @Test(arguments: ["", "\n", "\n\n", "# nothing\n", "#"])
    func `a text without keys is refused`(text: String) {
        #expect(throws: SigningKeyFileProblem.empty) { try SigningKeyFile.parse(text) }
    }

    @Test func `the last key of the file signs, the others verify`() throws {
        let records = [1, 2, 3].map { SigningKeyRecord(id: $0, secret: Vectors.key(40), createdSeconds: 1) }
        let keys = try #require(TokenKeys(records))
        #expect(keys.current.id == 3)
        #expect(keys.previous.map(\.id) == [1, 2])
        #expect(keys.key(id: 2)?.id == 2)
        #expect(keys.key(id: 4) == nil)
        #expect(TokenKeys([SigningKeyRecord]()) == nil)
    }

    @Test func `a new key has 32 bytes of the given source`() {
        let source = RandomSource { buffer in for i in buffer.indices { buffer[i] = 9 } }
        let record = SigningKeyRecord.generate(id: 1, createdSeconds: 5, random: source)
        #expect(
            record == SigningKeyRecord(id: 1, secret: [UInt8](repeating: 9, count: 32), createdSeconds: 5)
        )
        #expect(
            SigningKeyRecord.generate(id: 1, createdSeconds: 5)
                != SigningKeyRecord.generate(id: 1, createdSeconds: 5)
        )
    }

    @Test func `printing a record shows no secret`() {
        let record = SigningKeyRecord(id: 1, secret: [UInt8](repeating: 0xab, count: 32), createdSeconds: 5)
        var dumped = ""
        dump(record, to: &dumped)
        for text in ["\(record)", String(reflecting: record), dumped] {
            #expect(!text.contains("ab") && !text.contains("171"))
        }
    }
}
