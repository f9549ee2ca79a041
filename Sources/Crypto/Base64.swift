// Padded base64 (RFC 4648, section 4), which fields of bytes have in other systems' JSON.

/// Base64 with `+`, `/` and padding.
public enum Base64 {
    /// The text of the bytes.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text = Array(Base64URL.encode(bytes).utf8)
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "-"): text[index] = UInt8(ascii: "+")
            case UInt8(ascii: "_"): text[index] = UInt8(ascii: "/")
            default: break
            }
        }
        text += Array(repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text, or nil when it is not the text of any.
    ///
    /// The padding may be left out; a query turns `+` into a blank, so that counts as one.
    public static func decode(_ text: String) -> [UInt8]? {
        var letters: [UInt8] = []
        var padding = 0
        for byte in text.utf8 {
            guard padding == 0 || byte == UInt8(ascii: "=") else { return nil }
            switch byte {
            case UInt8(ascii: "+"), UInt8(ascii: " "): letters.append(UInt8(ascii: "-"))
            case UInt8(ascii: "/"): letters.append(UInt8(ascii: "_"))
            case UInt8(ascii: "-"), UInt8(ascii: "_"): return nil
            case UInt8(ascii: "="): padding += 1
            default: letters.append(byte)
            }
        }
        guard padding == 0 || (padding <= 2 && (letters.count + padding) % 4 == 0) else { return nil }
        return Base64URL.decode(letters)
    }
}
