// Content-Type values: type, subtype and parameters.

/// A media type such as `application/json; charset=utf-8` (RFC 9110 section 8.3.1).
public struct MediaType: Sendable {
    /// `type/subtype` in lower case, for instance `application/json`.
    public let essence: String
    /// The parameters in order; names in lower case, values as meant (quotes and escapes removed), spelling
    /// kept.
    public let parameters: [(name: String, value: String)]

    /// Parses a field value; nil when it is not a media type.
    ///
    /// A malformed parameter makes the whole malformed, empty parameters (`a/b;`) are tolerated.
    public init?(parsing text: String) {
        var scanner = Scanner(rest: Array(text.utf8)[...])
        scanner.skipBlanks()
        guard let type = scanner.token(), scanner.skip(ASCII.slash), let subtype = scanner.token() else {
            return nil
        }
        essence = type.lowercased() + "/" + subtype.lowercased()
        var parameters: [(name: String, value: String)] = []
        scanner.skipBlanks()
        while scanner.skip(ASCII.semicolon) {
            scanner.skipBlanks()
            guard let name = scanner.token() else { continue }
            guard scanner.skip(ASCII.equals), let value = scanner.quoted() ?? scanner.token() else {
                return nil
            }
            parameters.append((name.lowercased(), value))
            scanner.skipBlanks()
        }
        guard scanner.rest.isEmpty else { return nil }
        self.parameters = parameters
    }

    /// Whether type and subtype are `essence`, which is given in lower case; parameters do not count.
    public func matches(_ essence: String) -> Bool { self.essence == essence }

    /// The value of the first parameter with this lower-case name, or nil.
    public func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// Reads the pieces of the grammar from the front of what is left.
    private struct Scanner {
        var rest: ArraySlice<UInt8>

        mutating func skipBlanks() { rest = rest.drop { ASCII.isBlank($0) } }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard rest.first == byte else { return false }
            rest.removeFirst()
            return true
        }

        mutating func token() -> String? {
            let token = rest.prefix { ByteClass.token.contains($0) }
            guard !token.isEmpty else { return nil }
            rest = rest[token.endIndex...]
            return String(decoding: token, as: UTF8.self)
        }

        mutating func quoted() -> String? {
            guard rest.first == ASCII.quote else { return nil }
            var value: [UInt8] = []
            var position = rest.startIndex + 1
            while position < rest.endIndex, rest[position] != ASCII.quote {
                if rest[position] == ASCII.backslash { position += 1 }
                guard position < rest.endIndex else { return nil }
                value.append(rest[position])
                position += 1
            }
            guard position < rest.endIndex else { return nil }
            rest = rest[(position + 1)...]
            return String(decoding: value, as: UTF8.self)
        }
    }
}
