// An e-mail address, as far as it has to be understood to log in with it.

/// An address of the form `local@domain`, spelling kept, compared without case.
///
/// Less than RFC 5321 allows: no quotes, no comments, printable ASCII without blanks. The mail system decides
/// on the delivery of a message to it.
public struct EmailAddress: Hashable, Sendable {
    /// The longest accepted address, in bytes (RFC 5321 section 4.5.3.1.3, without its brackets).
    public static let maximumBytes = 254

    /// As given.
    public let text: String
    /// The form for comparison: in lower case.
    public let key: String

    /// Reads an address; nil for what is none.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.maximumBytes, parts.count == 2, (1...64).contains(parts[0].count),
            Self.isDomain(parts[1]), parts[0].allSatisfy(Self.isLocal)
        else { return nil }
        self.text = text
        key = text.lowercased()
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !#""(),:;<>@[\]"#.utf8.contains(byte)
    }

    /// Labels of letters, digits and hyphens with dots between them.
    private static func isDomain(_ text: Substring.UTF8View) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count)
                && label.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                        || byte == UInt8(ascii: "-")
                }
        }
    }

    /// Equal when the keys are.
    public static func == (left: Self, right: Self) -> Bool { left.key == right.key }
    /// Hashes the key.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
