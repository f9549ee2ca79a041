// Passwords and stored hashes that are refused before any work is done.

import Crypto
import Testing

struct PasswordHashTests {
    @Test(arguments: [
        (1, "$y$j75$"), (2, "$y$j85$"), (3, "$y$j7T$"), (4, "$y$j8T$"), (5, "$y$j9T$"), (6, "$y$jAT$"),
        (7, "$y$jBT$"), (8, "$y$jCT$"), (9, "$y$jDT$"), (10, "$y$jET$"), (11, "$y$jFT$"),
    ])
    func `a cost is in front of its hashes`(value: Int, prefix: String) throws {
        let cost = try #require(PasswordCost(value))
        #expect(cost.prefix == prefix)
        #expect(cost.value == value)
    }

    @Test(arguments: [Int.min, -1, 0, 12, Int.max])
    func `other costs do not exist`(value: Int) {
        #expect(PasswordCost(value) == nil)
    }

    @Test func `the recommended cost is 6, that of tests 1`() {
        #expect(PasswordCost.recommended == PasswordCost(6))
        #expect(PasswordCost.fastest == PasswordCost(1))
    }

    @Test(arguments: [
        ("", PasswordProblem.empty), ("\0", .containsNUL), ("ab\0cd", .containsNUL), ("ab\0", .containsNUL),
        (String(repeating: "x", count: 512), .tooLong), (String(repeating: "é", count: 256), .tooLong),
        (String(repeating: "x", count: 511) + "\0", .tooLong),
    ])
    func `a password that crypt would cut or refuse has its problem named`(
        password: String,
        problem: PasswordProblem
    ) {
        #expect(throws: problem) { try PasswordHash.check(password) }
        #expect(throws: problem) { try PasswordHasher().hash(password, cost: .fastest) }
        #expect(throws: problem) { try PasswordHasher().hash(Array(password.utf8), cost: .fastest) }
        #expect(throws: problem) {
            try PasswordHasher().verify(password, against: PasswordHash.dummy(.fastest))
        }
    }

    @Test(arguments: ["x", " ", String(repeating: "x", count: 511), "a\u{1}b", "密码"])
    func `any other password is taken`(password: String) throws {
        try PasswordHash.check(password)
    }

    @Test(arguments: [
        ("$y$j75$salt$hash", 1, false), ("$y$j75$salt$hash", 2, true), ("$y$jAT$salt$hash", 6, false),
        ("$y$j9T$salt$hash", 6, true), ("$y$jBT$salt$hash", 6, true), ("$gy$jAT$salt$hash", 6, true),
        ("$6$salt$hash", 6, true), ("$2b$10$salthash", 6, true), ("$y$jA", 6, true), ("", 6, true),
        ("$y$jATx", 6, true), ("$7$BU..../....salt$hash", 6, true),
    ])
    func `a hash of another scheme or cost is renewed`(stored: String, value: Int, renewed: Bool) throws {
        #expect(PasswordHash.needsRehash(stored, cost: try #require(PasswordCost(value))) == renewed)
    }

    @Test(arguments: [
        "$y$jFT$salt$hash", "$gy$jAT$salt$hash", "$7$DU..../....salt$hash", "$2b$14$salthash",
        "$2b$04$salthash",
        "$6$rounds=1000000$salt$hash", "$6$salt$hash", "$5$salt$hash", "$5$rounds=1000$salt$hash",
        "$sha1$248488$salt$hash", "$md5,rounds=90000$salt$$hash", "$md5$salt$$hash", "$1$salt$hash",
        "$3$$hash",
    ])
    func `a hash whose cost one verification can pay is usable`(stored: String) {
        #expect(PasswordHash.isUsable(stored))
    }

    @Test(arguments: [
        // Too much work, memory or both.
        "$y$jGT$salt$hash", "$y$jFj$salt$hash", "$y$jzT$salt$hash", "$y$jATz$salt$hash", "$y$jA$salt$hash",
        "$y$jAk$salt$hash", "$gy$jGT$salt$hash", "$7$HU..../....salt$hash", "$7$BU....z....salt$hash",
        "$7$BUzzzz/....salt$hash", "$7$zU..../....salt$hash", "$7$BU", "$2b$15$salthash", "$2b$31$salthash",
        "$2b$4$salthash", "$2b$004$salthash", "$2b$03$salthash", "$6$rounds=1000001$salt$hash",
        "$6$rounds=999999999$salt$hash", "$6$rounds=9999999999999999999999$salt$hash", "$6$rounds=$salt$hash",
        "$6$rounds=1e3$salt$hash", "$sha1$4294967295$salt$hash", "$sha1$$salt$hash",
        "$md5,rounds=4294963199$salt$$hash",
        // No hash of a known scheme at all.
        "", "$", "$$", "$y", "$y$", "plaintext", "rqXexS6ZhobKA", "_J9..K0AyUubrC", "*", "*0", "!",
        "!$6$salt$hash",
        "$argon2id$v=19$m=19456,t=2,p=1$salt$hash", "$pbkdf2-sha256$29000$salt$hash", "$x$salt$hash",
        "$2$04$hash",
        "$6$sa lt$hash", "$6$salt$hash\n", "$6$salt\0$hash", "$6$sält$hash", "$6$sa:lt$hash", "$6$sa*lt$hash",
        "$6$" + String(repeating: "x", count: 384),
    ])
    func `any other text is refused at once`(stored: String) {
        #expect(!PasswordHash.isUsable(stored))
        #expect(throws: PasswordProblem.unusableHash) {
            try PasswordHasher().verify("password", against: stored)
        }
    }
}
