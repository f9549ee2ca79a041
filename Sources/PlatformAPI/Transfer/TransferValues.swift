// Values that only lines of imports have: hashes, addresses, identifiers, digests.

import Crypto
import Domain
import JSON
import Routing

extension Value<String> {
    /// A password as a modular crypt string of a scheme that is known, and of a cost that a log-in can pay.
    static var hash: Value {
        textual(.string(length: 1...383), placeholder: "$2b$10$") { text throws(FieldProblem) in
            guard PasswordHash.isUsable(text) else {
                throw FieldProblem(
                    .refused("is no hash of a scheme that is known, or costs too much to check")
                )
            }
            return text
        }
    }
}

extension Value<EmailAddress> {
    /// An e-mail address.
    static var transferEmail: Value {
        let example = EmailAddress("user@example.org")
        guard let example else { preconditionFailure("The example must be an address.") }
        return textual(.string(length: 3...EmailAddress.maximumBytes), placeholder: example) {
            text throws(FieldProblem) in
            guard let address = EmailAddress(text) else {
                throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
            return address
        }
    }
}

extension Value<UUID> {
    /// 36 characters.
    static var identifier: Value {
        textual(.string(format: "uuid"), placeholder: UUID(high: 0, low: 0)) { text throws(FieldProblem) in
            guard let uuid = UUID(text) else {
                throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
            return uuid
        }
    }
}

extension Value<FileDigest> {
    /// 64 hexadecimal digits.
    static var digest: Value {
        let none = FileDigest(Array(repeating: 0, count: 32))
        return textual(.string(length: 64...64), placeholder: none) { text throws(FieldProblem) in
            guard let bytes = Hex.decode(text), bytes.count == 32 else {
                throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
            return FileDigest(bytes)
        }
    }
}
