// The head of one part of a multipart body: its name, its file's name, its type.

enum MultipartHead {
    /// Bytes of a file's name.
    static let maximumFileNameBytes = 255

    /// Reads a head of lines that end with CRLF, the last one empty.
    static func part(_ head: [UInt8]) throws(MultipartProblem) -> MultipartPart {
        var disposition: String?
        var contentType: String?
        for line in head.split(separator: ASCII.lineFeed) {
            let line = line.dropLast()
            if line.isEmpty { continue }
            guard let colon = line.firstIndex(of: ASCII.colon), colon > line.startIndex,
                line[..<colon].allSatisfy({ ByteClass.token.contains($0) }),
                !line.contains(where: { $0 < 0x20 && $0 != ASCII.tab || $0 == ASCII.delete }),
                let value = String(validating: line[(colon + 1)...], as: UTF8.self)
            else { throw .malformedHead }
            switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
            case "content-disposition": disposition = value
            case "content-type": contentType = trimmed(value)
            default: break
            }
        }
        guard let disposition, let parameters = parameters(of: disposition), let name = parameters["name"]
        else {
            throw .missingName
        }
        let fileName = try fileName(extended: parameters["filename*"], plain: parameters["filename"])
        return MultipartPart(name: name, fileName: fileName, contentType: contentType)
    }

    /// The file's name: the extended form where it is well formed, else the plain one; nil where neither names anything.
    ///
    /// Only the last step of a path counts (RFC 7578 section 4.2): some clients send the path on their own machine.
    private static func fileName(extended: String?, plain: String?) throws(MultipartProblem) -> String? {
        guard let sent = extended.flatMap(ExtendedValue.text) ?? plain else { return nil }
        let bytes = Array(sent.utf8)
        let last = bytes.lastIndex { $0 == ASCII.slash || $0 == ASCII.backslash }
        let name = String(decoding: last.map { bytes[($0 + 1)...] } ?? bytes[...], as: UTF8.self)
        if name.isEmpty { return nil }
        guard isLegal(name) else { throw .illegalFileName }
        return name
    }

    /// It is shown to other users, who save files under it.
    private static func isLegal(_ name: String) -> Bool {
        name.utf8.count <= maximumFileNameBytes && name != "." && name != ".."
            && !name.utf8.contains { $0 < 0x20 || $0 == ASCII.delete }
    }

    private static func trimmed(_ text: String) -> String {
        let isBlank = { (byte: UInt8) in ASCII.isBlank(byte) }
        var bytes = Array(text.utf8)[...]
        bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes = bytes.dropLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The parameters of `form-data; name="a"; filename="b"`; nil for anything else.
    ///
    /// In quotes, a backslash escapes a quote or a backslash and is itself before anything else: browsers of before
    /// sent Windows paths so. `%22` stands for a quote, as browsers of today send it.
    private static func parameters(of disposition: String) -> [String: String]? {
        var rest = Array(disposition.utf8)[...]
        func skipBlanks() { rest = rest.drop { ASCII.isBlank($0) } }
        func token() -> String {
            let token = rest.prefix { ByteClass.token.contains($0) }
            rest = rest[token.endIndex...]
            return String(decoding: token, as: UTF8.self)
        }
        skipBlanks()
        guard token().lowercased() == "form-data" else { return nil }
        var found: [String: String] = [:]
        skipBlanks()
        while rest.first == ASCII.semicolon {
            rest = rest.dropFirst()
            skipBlanks()
            let name = token().lowercased()
            if name.isEmpty { continue }
            guard rest.first == ASCII.equals else { return nil }
            rest = rest.dropFirst()
            var value = token()
            if value.isEmpty, rest.first == ASCII.quote {
                guard let (text, end) = quoted(rest) else { return nil }
                value = text
                rest = rest[end...]
            }
            guard found.updateValue(value, forKey: name) == nil else { return nil }
            skipBlanks()
        }
        return rest.isEmpty ? found : nil
    }

    private static func quoted(_ bytes: ArraySlice<UInt8>) -> (String, end: Int)? {
        var value: [UInt8] = []
        var position = bytes.startIndex + 1
        while position < bytes.endIndex, bytes[position] != ASCII.quote {
            if bytes[position] == ASCII.backslash, position + 1 < bytes.endIndex,
                bytes[position + 1] == ASCII.quote || bytes[position + 1] == ASCII.backslash
            {
                position += 1
            }
            if bytes[position...].starts(with: "%22".utf8) {
                value.append(ASCII.quote)
                position += 3
                continue
            }
            value.append(bytes[position])
            position += 1
        }
        guard position < bytes.endIndex else { return nil }
        return (String(decoding: value, as: UTF8.self), position + 1)
    }
}
