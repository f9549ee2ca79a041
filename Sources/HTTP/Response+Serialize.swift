// Response bytes in one pass into one buffer.

extension Response {
    /// Appends the response to `output`.
    ///
    /// Order: status line, `Content-Type`, `Content-Length`, `Date`, `Connection: close` unless `keepsAlive`,
    /// the fields in their order, the constant lines, `X-Request-Id`, an empty line, the body. For HEAD the length is the one GET would have and
    /// the body is left out (RFC 9110 section 9.3.2); 1xx, 204 and 304 have neither length nor body (section
    /// 8.6), and a 1xx never closes. A stream has `Transfer-Encoding: chunked` in place of the length. The status
    /// line always says HTTP/1.1, the version we speak (section 6.2). At most one growth of `output`.
    ///
    /// - Parameter takesChunks: whether the client reads chunks; HTTP/1.0 does not, and sees the end of a stream by
    ///   the end of the connection (RFC 9112 section 6.3).
    public func serialize(
        into output: inout [UInt8],
        for method: Method,
        keepsAlive: Bool,
        takesChunks: Bool = true,
        date: HTTPDate
    ) {
        let body = sentBody(method)
        output.append(addingCapacity: headBound + (body?.count ?? 0)) { span in
            span.withUnsafeMutableBufferPointer { buffer, initialized in
                var writer = HeadWriter(buffer, at: initialized)
                write(into: &writer, keepsAlive: keepsAlive, takesChunks: takesChunks, date: date)
                if let body { writer.put(body) }
                initialized = writer.position
            }
        }
    }

    private func sentBody(_ method: Method) -> [UInt8]? {
        guard case .bytes(let bytes) = body, method != .head, !status.forbidsBody else { return nil }
        return bytes
    }

    private func write(
        into writer: inout HeadWriter,
        keepsAlive: Bool,
        takesChunks: Bool,
        date: HTTPDate
    ) {
        writer.put("HTTP/1.1 ")
        writer.put(decimal: status.code)
        writer.put(" ")
        writer.put(status.reason)
        if let contentType {
            writer.put("\r\nContent-Type: ")
            writer.put(contentType)
        }
        if case .stream = body {
            if takesChunks { writer.put("\r\nTransfer-Encoding: chunked") }
        } else if !status.forbidsBody {
            writer.put("\r\nContent-Length: ")
            writer.put(decimal: body.count)
        }
        writer.put("\r\nDate: ")
        writer.put(date)
        writer.put("\r\n")
        if !keepsAlive, status.code >= 200 { writer.put("Connection: close\r\n") }
        for field in fields {
            switch field {
            case .line(let line): writer.put(line)
            case .text(let name, let value):
                writer.put(name)
                writer.put(": ")
                writer.put(fieldValue: value)
                writer.put("\r\n")
            case .number(let name, let value):
                writer.put(name)
                writer.put(": ")
                writer.put(decimal: value)
                writer.put("\r\n")
            }
        }
        writer.put(constantLines)
        if let requestID {
            writer.put("X-Request-Id: ")
            writer.put(fieldValue: requestID)
            writer.put("\r\n")
        }
        writer.put("\r\n")
    }

    /// No less than the bytes the head can take: the fixed parts come to fewer than 200.
    private var headBound: Int {
        var bound = 200 + (contentType?.utf8CodeUnitCount ?? 0) + constantLines.utf8CodeUnitCount
        bound += 20 + (requestID?.utf8.count ?? 0)
        for field in fields {
            switch field {
            case .line(let line): bound += line.utf8CodeUnitCount
            case .text(let name, let value): bound += name.utf8CodeUnitCount + value.utf8.count + 4
            case .number(let name, _): bound += name.utf8CodeUnitCount + 24
            }
        }
        return bound
    }
}

/// Writes into memory reserved by the caller; every write is checked against its end.
private struct HeadWriter {
    private let base: UnsafeMutableRawPointer?
    private let end: Int
    private(set) var position: Int

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
        base = UnsafeMutableRawPointer(buffer.baseAddress)
        end = buffer.count
        position = start
    }

    @inline(__always)
    private mutating func put(_ source: UnsafeRawPointer?, _ count: Int) {
        guard count > 0, let base, let source else { return }
        precondition(count <= end - position, "the reserved space is large enough for the response")
        (base + position).copyMemory(from: source, byteCount: count)
        position += count
    }

    @inline(__always)
    mutating func put(_ text: StaticString) { put(text.utf8Start, text.utf8CodeUnitCount) }

    mutating func put(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { put($0.baseAddress, $0.count) }
    }

    mutating func put(_ date: HTTPDate) {
        date.bytes.span.withUnsafeBytes { put($0.baseAddress, $0.count) }
    }

    mutating func put(decimal number: Int) {
        var digits: [20 of UInt8] = .init(repeating: 0)
        var at = 20
        var rest = number.magnitude
        repeat {
            at -= 1
            digits[at] = ASCII.zero + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        if number < 0 { put("-") }
        digits.span.withUnsafeBytes { put($0.baseAddress.map { $0 + at }, 20 - at) }
    }

    /// The value with control bytes other than HTAB turned into spaces.
    mutating func put(fieldValue value: String) {
        let start = position
        var value = value
        value.withUTF8 { put($0.baseAddress, $0.count) }
        guard let base else { return }
        for offset in start..<position {
            let byte = base.load(fromByteOffset: offset, as: UInt8.self)
            if (byte < 0x20 && byte != ASCII.tab) || byte == ASCII.delete {
                base.storeBytes(of: ASCII.space, toByteOffset: offset, as: UInt8.self)
            }
        }
    }
}
