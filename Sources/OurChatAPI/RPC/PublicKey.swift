// The public keys that accounts may be registered with: RSA, in the forms that clients send.

import Protobuf

/// The accepted form of a public key.
///
/// Nothing is encrypted with one here, so its form and size are all that is looked at.
enum PublicKey {
    /// Bits of the modulus.
    private static let modulusBits = 2048...8192
    /// The longest accepted key, in bytes: more than the largest one in PEM.
    private static let maximumBytes = 2048

    /// Whether it is an RSA key as a `SubjectPublicKeyInfo` (RFC 5280, 4.1) in DER or PEM, or as an
    /// `RSAPublicKey` (RFC 8017, A.1.1) in DER.
    static func isLegal(_ bytes: [UInt8]) -> Bool {
        guard bytes.count <= maximumBytes else { return false }
        if bytes.first == UInt8(ascii: "-") { return unwrapped(bytes).map { isInfo($0[...]) } ?? false }
        return isInfo(bytes[...]) || isKey(bytes[...])
    }

    /// The text between the two lines of PEM (RFC 7468), in lines of any length.
    private static func unwrapped(_ bytes: [UInt8]) -> [UInt8]? {
        let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard lines.count > 2, lines[0].elementsEqual("-----BEGIN PUBLIC KEY-----".utf8),
            lines[lines.count - 1].elementsEqual("-----END PUBLIC KEY-----".utf8)
        else { return nil }
        return Base64.decode(String(decoding: lines[1..<lines.count - 1].joined(), as: UTF8.self))
    }

    /// The algorithm, and the key in a bit string without unused bits.
    private static func isInfo(_ bytes: ArraySlice<UInt8>) -> Bool {
        /// 1.2.840.113549.1.1.1 and its parameters, NULL.
        let rsa: [UInt8] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1, 0x05, 0]
        var outer = DERReader(bytes)
        guard var info = outer.element(.sequence).map(DERReader.init), outer.isAtEnd,
            info.element(.sequence)?.elementsEqual(rsa) == true,
            let string = info.element(.bitString), info.isAtEnd, string.first == 0
        else { return false }
        return isKey(string.dropFirst())
    }

    /// Modulus and exponent: odd, and large enough.
    private static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
        var outer = DERReader(bytes)
        guard var key = outer.element(.sequence).map(DERReader.init), outer.isAtEnd,
            let modulus = key.positive(), let exponent = key.positive(), key.isAtEnd,
            let first = modulus.first, let last = modulus.last, last & 1 == 1
        else { return false }
        let bits = modulus.count * 8 - first.leadingZeroBitCount
        let isExponent = exponent.count <= 8 && exponent.last.map { $0 & 1 == 1 } == true && exponent != [1]
        return modulusBits.contains(bits) && isExponent
    }
}

/// Takes elements of DER (X.690) apart, one behind the other.
private struct DERReader {
    enum Tag: UInt8 {
        case integer = 0x02
        case bitString = 0x03
        case sequence = 0x30
    }

    private var rest: ArraySlice<UInt8>
    var isAtEnd: Bool { rest.isEmpty }

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The content of the next element; nil where it is another one, or its length isn't as short as can be.
    mutating func element(_ tag: Tag) -> ArraySlice<UInt8>? {
        guard rest.popFirst() == tag.rawValue, let first = rest.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            let count = Int(first & 0x7F)
            guard (1...2).contains(count), rest.count >= count else { return nil }
            length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            guard length >= (count == 1 ? 0x80 : 0x100) else { return nil }
            rest = rest.dropFirst(count)
        }
        guard length <= rest.count else { return nil }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    /// The bytes of an integer above zero, without the sign.
    mutating func positive() -> ArraySlice<UInt8>? {
        guard let bytes = element(.integer), let first = bytes.first, first < 0x80 else { return nil }
        guard first == 0 else { return bytes }
        let digits = bytes.dropFirst()
        // A zero that no sign bit calls for isn't DER.
        return digits.first.map { $0 >= 0x80 } == true ? digits : nil
    }
}
