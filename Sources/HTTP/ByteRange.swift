// The Range field: one range of bytes of what is asked for.

/// The part of a representation that a Range field asks for (RFC 9110 section 14.2).
public enum ByteRange: Equatable, Sendable {
    /// Everything: no field, another unit, several ranges, or a field that isn't one; such a field is ignored.
    case whole
    /// These bytes; never empty.
    case part(Range<Int>)
    /// Nothing of what is there: 416.
    case unsatisfiable

    /// Reads a field for a representation of `size` bytes.
    public init(parsing field: String?, size: Int) {
        self = .whole
        guard let field, field.utf8.count <= 64, field.lowercased().hasPrefix("bytes=") else { return }
        let spec = field.dropFirst(6)
        guard let dash = spec.firstIndex(of: "-") else { return }
        let first = spec[..<dash], last = spec[spec.index(after: dash)...]
        switch (Self.number(first), Self.number(last)) {
        case (let first?, _) where last.isEmpty:
            self = first < size ? .part(first..<size) : .unsatisfiable
        case (let first?, let last?) where first <= last:
            self = first < size ? .part(first..<min(last, size - 1) + 1) : .unsatisfiable
        case (nil, let suffix?) where first.isEmpty:
            self = suffix > 0 && size > 0 ? .part(size - min(suffix, size)..<size) : .unsatisfiable
        default: break
        }
    }

    /// 1–18 digits.
    private static func number(_ text: Substring) -> Int? {
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
