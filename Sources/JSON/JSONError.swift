// Why a document was refused, and at which byte.

/// The refusal of a document: one reason and the byte it was found at.
public struct JSONError: Error, Equatable, Sendable {
    /// The rule of RFC 8259, or the limit of the reader, that was broken.
    public enum Reason: Equatable, Sendable {
        /// The document stops before its value is complete; the offset is its length.
        case unexpectedEnd
        /// A byte that no value, separator or closing bracket may have at this place.
        case unexpectedByte(UInt8)
        /// Something other than white space follows the one value of the document (RFC 8259 section 2).
        case trailingBytes
        /// More than this many arrays and objects are open at once; the offset is the bracket that is too
        /// many.
        case tooDeep(Int)
        /// More than this many values and keys.
        case tooManyNodes(Int)
        /// The document is longer than 4 GiB - 1, the reach of the tape's offsets.
        case tooLong
        /// Overlong, surrogate, beyond U+10FFFF or a stray byte (RFC 3629); the offset is the sequence's
        /// first byte.
        case invalidUTF8
        /// An escaped UTF-16 surrogate without its other half; the offset is its backslash.
        case loneSurrogate
        /// A byte below 0x20 stands unescaped in a string (RFC 8259 section 7).
        case controlCharacter
        /// A backslash is followed by none of the nine escapes; the offset is the backslash.
        case badEscape
        /// The digits break the number grammar (RFC 8259 section 6); the offset is the offending byte.
        case badNumber
        /// An integer beyond `Int64` and `UInt64`, or a number beyond `Double`; the offset is its first byte.
        case numberOutOfRange
        /// An object names this key twice; the offset is the second one's quote. Keys over 64 bytes are cut.
        case duplicateKey(String)
        /// A UTF-8 byte order mark precedes the document (RFC 8259 section 8.1).
        case byteOrderMark
    }

    /// The fault.
    public let reason: Reason

    /// The byte, counted from 0, that `reason` is about.
    public let offset: Int

    /// A refusal.
    public init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    /// One sentence in printable ASCII, bounded in length, that a caller may be shown.
    public var description: String {
        "\(complaint) at byte \(offset)"
    }

    private var complaint: String {
        switch reason {
        case .unexpectedEnd: "The JSON document ends too early,"
        case .unexpectedByte(let byte): "Unexpected \(Self.name(of: byte)) in the JSON document"
        case .trailingBytes: "Something follows the JSON document's value"
        case .tooDeep(let limit): "The JSON document is nested deeper than \(limit) levels"
        case .tooManyNodes(let limit): "The JSON document has more than \(limit) values and keys"
        case .tooLong: "The JSON document is longer than 4 GiB"
        case .invalidUTF8: "Invalid UTF-8 in a JSON string"
        case .loneSurrogate: "An escaped surrogate without its other half in a JSON string"
        case .controlCharacter: "A control character that is not escaped in a JSON string"
        case .badEscape: "An invalid escape in a JSON string"
        case .badNumber: "A malformed JSON number"
        case .numberOutOfRange: "A JSON number that is out of range"
        case .duplicateKey(let key): "The JSON object has the key \"\(Self.printable(key))\" twice,"
        case .byteOrderMark: "A byte order mark before the JSON document"
        }
    }

    private static func name(of byte: UInt8) -> String {
        if byte > 0x20, byte < 0x7F { return "'\(Unicode.Scalar(byte))'" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "byte 0x" + (digits.utf8.count < 2 ? "0" + digits : digits)
    }

    private static func printable(_ key: String) -> String {
        key.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
    }
}
