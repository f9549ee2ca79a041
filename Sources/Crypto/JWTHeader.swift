// The one JWT header that is accepted, read without a JSON library.

/// Reads a JWT header as what it may be: a flat JSON object with `"alg": "HS256"` and perhaps `"typ": "JWT"`.
///
/// Every other member is refused, `crit` and `kid` among them: a member that is not understood may change
/// what the signature means (RFC 7515, section 4.1.11), and none is ever issued here.
struct JWTHeader {
    private let bytes: [UInt8]
    private var position = 0

    static func isHS256(_ bytes: [UInt8]) -> Bool {
        var header = JWTHeader(bytes: bytes)
        guard let members = header.object() else { return false }
        let names = members.map(\.name)
        return members.contains { $0.name == "alg" }
            && Set(names).count == names.count
            && members.allSatisfy { member in
                switch member.name {
                case "alg": member.value == "HS256"
                case "typ": member.value == "JWT"
                default: false
                }
            }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func object() -> [(name: String, value: String)]? {
        var members: [(name: String, value: String)] = []
        guard takeSpaced("{") else { return nil }
        repeat {
            guard let name = string(), takeSpaced(":"), let value = string() else { return nil }
            members.append((name, value))
        } while takeSpaced(",")
        guard takeSpaced("}"), position == bytes.count else { return nil }
        return members
    }

    /// A string of printable ASCII without escapes; nothing more is needed to spell an accepted header.
    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        let start = position
        while position < bytes.count, (0x20...0x7e).contains(bytes[position]),
            bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\")
        {
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return take("\"") ? text : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Steps over a character and the white space on both its sides.
    private mutating func takeSpaced(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard take(character) else { return false }
        skipSpace()
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
    }
}
