// The rule for user names: what is accepted, what is kept, and what two names are the same.

/// A user's name inside one application.
///
/// 1–64 bytes of `A–Z a–z 0–9 _ - .`, never in the form of a UUID, and neither `.` nor `..`: those two are steps in a path
/// however they are escaped (RFC 3986 section 6.2.2.3), so no request could ever name their user. The spelling of the
/// registration is kept; comparison ignores case, so `AA` and `aa` are one user.
public struct Username: Hashable, Sendable, CustomStringConvertible {
    /// The name as it was spelled.
    public let text: String
    /// The name in lower case: what is unique in an application.
    public let key: String

    /// The longest accepted name, in bytes.
    public static let maximumBytes = 64

    /// Checks a name.
    ///
    /// - Returns: nil for a text that isn't a legal name.
    public init?(_ text: String) {
        var count = 0
        var hasUpperCase = false
        for byte in text.utf8 {
            switch byte {
            case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): break
            case 0x41...0x5A: hasUpperCase = true
            default: return nil
            }
            count += 1
        }
        guard (1...Self.maximumBytes).contains(count), UUID(text) == nil, !PathSteps.contains(text) else {
            return nil
        }
        self.text = text
        key = hasUpperCase ? text.lowercased() : text
    }

    /// The sender of messages that the application's backend sends without naming one; nobody else registers it.
    public static let backend = Username(stored: "admin", key: "admin")

    /// Wraps a name that storage accepted before.
    public init(stored text: String) {
        self.init(
            stored: text,
            key: text.utf8.contains { (0x41...0x5A).contains($0) } ? text.lowercased() : text
        )
    }

    /// Wraps a name and its key.
    public init(stored text: String, key: String) {
        self.text = text
        self.key = key
    }

    /// Equal when the keys are.
    public static func == (left: Self, right: Self) -> Bool { left.key == right.key }
    /// Hashes the key.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
    /// The name as it was spelled.
    public var description: String { text }
}
