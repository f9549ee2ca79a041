// Hashing and verifying through the C library, at its lowest cost.

import Crypto
import Testing

struct PasswordHasherTests {
    private let hasher = PasswordHasher()

    @Test func `a password verifies against its hash, and no other does`() throws {
        let stored = try hasher.hash("correct horse", cost: .fastest)
        #expect(try hasher.verify("correct horse", against: stored))
        for other in [
            "correct hors", "correct horse ", " correct horse", "Correct horse", "correct-horse", "x",
        ] {
            #expect(try !hasher.verify(other, against: stored))
        }
    }

    @Test(arguments: [1, 2, 3])
    func `the cost and a fresh salt are in the hash`(value: Int) throws {
        let cost = try #require(PasswordCost(value))
        let first = try hasher.hash("password", cost: cost)
        let second = try hasher.hash("password", cost: cost)
        #expect(first.utf8.count == 73)
        #expect(first.hasPrefix(cost.prefix))
        #expect(!PasswordHash.needsRehash(first, cost: cost))
        #expect(PasswordHash.isUsable(first))
        #expect(first != second)
        #expect(first.split(separator: "$")[2] != second.split(separator: "$")[2])
    }

    @Test func `the longest password counts to its last byte`() throws {
        let longest = String(repeating: "x", count: PasswordHash.maximumBytes)
        let stored = try hasher.hash(longest, cost: .fastest)
        #expect(try hasher.verify(longest, against: stored))
        #expect(try !hasher.verify(String(longest.dropLast()), against: stored))
        #expect(try !hasher.verify(longest.dropLast() + "y", against: stored))
    }

    @Test func `bytes that are not UTF-8 are a password like any other`() throws {
        let password: [UInt8] = [0xff, 0xfe, 0x80]
        let stored = try hasher.hash(password, cost: .fastest)
        #expect(try hasher.verify(password, against: stored))
        #expect(try !hasher.verify([0xff, 0xfe, 0x81], against: stored))
    }

    @Test func `hashes of every scheme that the C library wrote verify`() throws {
        let lines = try Vectors.lines(of: "passwords.txt")
        #expect(
            Set(lines.map { String($0[1].split(separator: "$")[0].prefix(3)) })
                == ["y", "gy", "7", "2a", "2b", "2y", "5", "6", "sha", "md5", "1", "3"]
        )
        for line in lines {
            let password = try hex(line[0])
            #expect(try hasher.verify(password, against: line[1]), "\(line[1])")
            #expect(
                try !hasher.verify([password[0] ^ 1] + password.dropFirst(), against: line[1]),
                "\(line[1])"
            )
        }
    }

    @Test func `a setting without its hash, a cut hash and a longer one never verify`() throws {
        let stored = try hasher.hash("password", cost: .fastest)
        let setting = stored.split(separator: "$", omittingEmptySubsequences: false)[..<4].joined(
            separator: "$"
        )
        for other in [setting, setting + "$", String(stored.dropLast()), stored + "x"] {
            #expect(try !hasher.verify("password", against: other), "\(other)")
        }
    }

    @Test func `a changed character anywhere in the hash part ends it`() throws {
        let stored = Array(try hasher.hash("password", cost: .fastest).utf8)
        for i in 30..<stored.count {
            var other = stored
            other[i] = other[i] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
            #expect(try !hasher.verify("password", against: String(decoding: other, as: UTF8.self)))
        }
    }

    @Test(arguments: [1, 2, 3, 4])
    func `the dummy hash does the work of its cost and has no password`(value: Int) throws {
        let cost = try #require(PasswordCost(value))
        let dummy = PasswordHash.dummy(cost)
        #expect(dummy.utf8.count == 73)
        #expect(!PasswordHash.needsRehash(dummy, cost: cost))
        // An answer at all means that crypt accepted cost and salt and hashed the password.
        #expect(try !hasher.verify("password", against: dummy))
    }

    @Test func `salts come from the given source`() throws {
        let fixed = PasswordHasher(
            random: RandomSource { buffer in for i in buffer.indices { buffer[i] = 7 } }
        )
        let first = try fixed.hash("password", cost: .fastest)
        #expect(try fixed.hash("password", cost: .fastest) == first)
        #expect(try fixed.hash("passwore", cost: .fastest) != first)
        #expect(try hasher.verify("password", against: first))
    }

    @Test func `a setting that the C library refuses is an error, not a mismatch`() {
        // A plausible text with a salt character outside of bcrypt's alphabet.
        #expect(throws: PasswordProblem.self) {
            try hasher.verify("password", against: "$2b$04$~~~~~~~~~~~~~~~~~~~~~~")
        }
    }

    @Test func `workers with memory of their own do not disturb each other`() async throws {
        let stored = try hasher.hash("password", cost: .fastest)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for i in 0..<16 {
                group.addTask {
                    try PasswordHasher().verify(
                        i.isMultiple(of: 2) ? "password" : "passwore",
                        against: stored
                    )
                }
            }
            var matches = 0
            for try await isMatch in group where isMatch { matches += 1 }
            #expect(matches == 8)
        }
    }
}
