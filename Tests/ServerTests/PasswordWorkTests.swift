// The cost of a log-in doesn't reveal whether the account exists: the work is counted, not timed.

import Crypto
import Domain
import Testing

@testable import Server

@Suite struct PasswordWorkTests {
    /// How many hashes a check computes, and what it found; nil where it refused the password.
    private static func check(
        _ password: String,
        against hash: String?
    ) -> (computed: Int, found: PasswordCheck?) {
        var computed = 0
        let hasher = PasswordHasher { computed += 1 }
        let hashing = ServerPasswordHashing(hasher: hasher, cost: .fastest)
        let found = try? hashing.check(password, against: hash)
        return (computed, found)
    }

    @Test func `a check computes one hash, of the same cost, whether the account exists or not`() throws {
        let stored = try PasswordHasher().hash("right", cost: .fastest)
        for (hash, password, expected) in [
            (stored, "right", PasswordCheck.right), (stored, "wrong", .wrong), (nil, "right", .wrong),
        ] {
            let (computed, found) = Self.check(password, against: hash)
            #expect(found == expected)
            #expect(computed == 1)
        }
        let dummy = PasswordHash.dummy(.fastest)
        #expect(dummy.hasPrefix(PasswordCost.fastest.prefix) && stored.hasPrefix(PasswordCost.fastest.prefix))
        #expect(dummy.utf8.count == stored.utf8.count)
    }

    @Test(arguments: ["", "a\u{0}b", String(repeating: "x", count: 512)])
    func `what can't be a password computes nothing, whether the account exists or not`(password: String)
        throws
    {
        let stored = try PasswordHasher().hash("right", cost: .fastest)
        for hash in [stored, nil] {
            let (computed, found) = Self.check(password, against: hash)
            #expect(found == nil)
            #expect(computed == 0)
        }
    }
}
