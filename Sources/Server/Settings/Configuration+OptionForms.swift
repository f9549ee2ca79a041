// The forms of settings: how a text becomes a value, and which texts are accepted.

extension Configuration.Option {
    /// A setting that is read from its text; nil is a text that isn't accepted.
    ///
    /// - Parameters:
    ///   - standard: the default, as it would be typed.
    ///   - fault: the part of a text that isn't accepted.
    static func value<Value>(
        _ name: String,
        _ placeholder: String?,
        _ summary: String,
        _ field: any WritableKeyPath<Configuration, Value> & Sendable,
        accepted: String,
        standard: String? = nil,
        fault: @escaping @Sendable (String) -> String = { $0 },
        _ read: @escaping @Sendable (String) -> Value?
    ) -> Configuration.Option {
        Configuration.Option(
            name: name,
            placeholder: placeholder,
            summary: summary,
            accepted: accepted,
            standard: standard,
            fault: fault,
            set: { settings, text in
                guard let value = read(text) else { return false }
                settings[keyPath: field] = value
                return true
            }
        )
    }

    /// A setting that may be absent; its default is nil, or what the server finds out by itself.
    static func optional<Value>(
        _ name: String,
        _ placeholder: String,
        _ summary: String,
        _ field: any WritableKeyPath<Configuration, Value?> & Sendable,
        accepted: String,
        standard: String? = nil,
        _ read: @escaping @Sendable (String) -> Value?
    ) -> Configuration.Option {
        value(name, placeholder, summary, field, accepted: accepted, standard: standard) {
            read($0).map(Optional.some)
        }
    }

    /// A whole number; its default is that of a new configuration, unless a phrase says it better.
    static func number(
        _ name: String,
        _ summary: String,
        _ field: any WritableKeyPath<Configuration, Int> & Sendable,
        _ range: ClosedRange<Int>,
        standard: String? = nil
    ) -> Configuration.Option {
        value(
            name,
            "N",
            summary,
            field,
            accepted: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            standard: standard ?? String(Configuration()[keyPath: field])
        ) { text in Int(digits: text).flatMap { range.contains($0) ? $0 : nil } }
    }

    static func text(
        _ name: String,
        _ placeholder: String,
        _ summary: String,
        _ field: any WritableKeyPath<Configuration, String> & Sendable,
        accepted: String,
        _ isAccepted: @escaping @Sendable (String) -> Bool
    ) -> Configuration.Option {
        value(
            name,
            placeholder,
            summary,
            field,
            accepted: accepted,
            standard: Configuration()[keyPath: field]
        ) { isAccepted($0) ? $0 : nil }
    }

    static func truth(
        _ name: String,
        _ summary: String,
        _ field: any WritableKeyPath<Configuration, Bool> & Sendable
    ) -> Configuration.Option {
        value(
            name,
            nil,
            summary,
            field,
            accepted: "on or off",
            standard: Configuration()[keyPath: field] ? "on" : "off"
        ) { Bool(switch: $0) }
    }
}

extension FixedWidthInteger {
    /// Reads digits only: no sign, no blanks.
    init?(digits text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.init(text)
    }
}

extension Configuration {
    static func isAddress(_ text: String) -> Bool {
        // The listener tells a wrong address from a right one; here only what can't be one at all is refused.
        text == "localhost"
            || (!text.isEmpty
                && text.utf8.allSatisfy { byte in
                    (0x30...0x3A).contains(byte) || (0x41...0x46).contains(byte)
                        || (0x61...0x66).contains(byte)
                        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
                })
    }

    /// Two names with a slash between them; whether there is such an application is told by its routes.
    static func isApplication(_ text: String) -> Bool {
        let names = text.split(separator: "/", omittingEmptySubsequences: false)
        return names.count == 2
            && names.allSatisfy { name in
                (1...32).contains(name.utf8.count)
                    && name.utf8.allSatisfy { byte in
                        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
                            || byte == UInt8(ascii: "-")
                    }
            }
    }

    /// `scheme://host[:port]` in printable ASCII, as browsers send it (RFC 6454 section 6.1): no path, no slash
    /// at the end.
    static func isOrigin(_ text: String) -> Bool {
        if text == "*" { return true }
        guard text.utf8.count <= 255, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return false
        }
        for scheme in ["http://", "https://"] where text.hasPrefix(scheme) {
            let authority = text.dropFirst(scheme.count)
            return !authority.isEmpty && !authority.utf8.contains { "/?#@,;\"".utf8.contains($0) }
        }
        return false
    }

    static func isPath(_ text: String) -> Bool { !text.isEmpty && !text.utf8.contains(0) }

    /// `90s`, `5m`, `1h`, `7d`, as seconds; nil for anything else, for 0 and for more than a year.
    static func seconds(of text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let last = text.last, let unit = units[last],
            let number = Int(digits: String(text.dropLast())), number > 0, number <= 31_536_000
        else { return nil }
        let seconds = Int64(number) * unit
        return seconds <= 31_536_000 ? seconds : nil
    }
}
