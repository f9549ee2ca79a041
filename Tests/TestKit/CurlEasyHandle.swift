// One libcurl easy handle: turns a request into options, a transfer into a reply.

internal import CCurl
import Foundation

private let globalCurl: Void = {
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}()

/// The easy handle; whoever holds it is the only one who uses it.
struct CurlEasyHandle: ~Copyable {
    private let handle: UnsafeMutableRawPointer?
    private let speaksHTTP2: Bool

    init(speaksHTTP2: Bool) {
        self.speaksHTTP2 = speaksHTTP2
        _ = globalCurl
        handle = curl_easy_init()
    }

    deinit {
        if let handle { curl_easy_cleanup(handle) }
    }

    func perform(_ request: HTTPRequest, endpoint: HTTPClient.Endpoint) throws -> HTTPReply {
        guard let handle else {
            throw HTTPClient.TransferError(code: 2, description: "libcurl gave no handle")
        }
        curl_easy_reset(handle)
        let transfer = CurlTransfer(upload: request.body)
        configure(handle, endpoint: endpoint, timeoutSeconds: request.timeoutSeconds)
        describe(handle, request)
        let lines = headerLines(request)
        defer { curl_slist_free_all(lines) }
        ccurl_set_list(handle, CURLOPT_HTTPHEADER, lines)

        let context = Unmanaged.passUnretained(transfer).toOpaque()
        ccurl_set_function(handle, CURLOPT_WRITEFUNCTION, receiveBody)
        ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        ccurl_set_function(handle, CURLOPT_HEADERFUNCTION, receiveHeaderLine)
        ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        ccurl_set_function(handle, CURLOPT_READFUNCTION, provideBody)
        ccurl_set_pointer(handle, CURLOPT_READDATA, context)

        let code = withExtendedLifetime(transfer) {
            if case .bytes(let bytes) = request.body {
                // POSTFIELDS keeps the pointer, so the bytes must stay in place for the whole call.
                bytes.withUnsafeBytes { pointer in
                    ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(pointer.count))
                    ccurl_set_pointer(
                        handle,
                        CURLOPT_POSTFIELDS,
                        pointer.baseAddress ?? UnsafeRawPointer(context)
                    )
                    return curl_easy_perform(handle)
                }
            } else {
                curl_easy_perform(handle)
            }
        }
        guard code == CURLE_OK else {
            throw HTTPClient.TransferError(
                code: Int(code.rawValue),
                description:
                    "\(request.method) \(request.target.prefix(200)): \(String(cString: curl_easy_strerror(code)))"
                    + (transfer.status == 0 ? "" : " (after status \(transfer.status))")
            )
        }
        return reply(handle, transfer)
    }

    private func configure(
        _ handle: UnsafeMutableRawPointer,
        endpoint: HTTPClient.Endpoint,
        timeoutSeconds: Double
    ) {
        ccurl_set_string(handle, CURLOPT_URL, endpoint.urlText)
        ccurl_set_string(handle, CURLOPT_PROXY, "")
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(handle, CURLOPT_HTTP_VERSION, Int(speaksHTTP2 ? CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE : CURL_HTTP_VERSION_1_1))
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(timeoutSeconds * 1000))
        // A connection is the same one however long nothing was asked of it.
        ccurl_set_long(handle, CURLOPT_MAXAGE_CONN, 86_400)
        ccurl_set_long(handle, CURLOPT_TCP_NODELAY, 1)
        if case .unix(let path) = endpoint { ccurl_set_string(handle, CURLOPT_UNIX_SOCKET_PATH, path) }
    }

    private func describe(_ handle: UnsafeMutableRawPointer, _ request: HTTPRequest) {
        switch (request.method, request.body) {
        case ("HEAD", .none):
            ccurl_set_long(handle, CURLOPT_NOBODY, 1)
        case ("POST", .none), ("PUT", .none):
            // RFC 9110 8.6: these methods expect content, so its absence is said as Content-Length: 0.
            ccurl_set_long(handle, CURLOPT_POST, 1)
            ccurl_set_long(handle, CURLOPT_POSTFIELDSIZE, 0)
            ccurl_set_string(handle, CURLOPT_COPYPOSTFIELDS, "")
        case (_, .none):
            ccurl_set_long(handle, CURLOPT_HTTPGET, 1)
        case (_, .bytes), (_, .chunked):
            ccurl_set_long(handle, CURLOPT_POST, 1)
        }
        ccurl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method)
        // The target as written: libcurl would otherwise normalise dots and refuse what it takes for a bad URL.
        ccurl_set_string(handle, CURLOPT_REQUEST_TARGET, request.target)
    }

    private func headerLines(_ request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
        var lines: UnsafeMutablePointer<curl_slist>?
        for field in request.headers.fields {
            // "Name;" is libcurl's way of sending a field with an empty value.
            lines = curl_slist_append(
                lines,
                field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
            )
        }
        // "Name:" is its way of leaving out a field that it would add by itself.
        for name in ["Expect", "Content-Type", "Accept", "User-Agent"] where !request.headers.contains(name) {
            lines = curl_slist_append(lines, "\(name):")
        }
        if case .chunked = request.body { lines = curl_slist_append(lines, "Transfer-Encoding: chunked") }
        return lines
    }

    private func reply(_ handle: UnsafeMutableRawPointer, _ transfer: CurlTransfer) -> HTTPReply {
        var connections = 0
        var seconds = 0.0
        ccurl_get_long(handle, CURLINFO_NUM_CONNECTS, &connections)
        ccurl_get_double(handle, CURLINFO_TOTAL_TIME, &seconds)
        return HTTPReply(
            status: transfer.status,
            headers: transfer.headers,
            body: transfer.body,
            interimStatuses: transfer.interimStatuses,
            newConnections: connections,
            seconds: seconds
        )
    }
}

/// The buffers of libcurl's callbacks during one call.
private final class CurlTransfer {
    var status = 0
    var headers = HeaderFields()
    var body: [UInt8] = []
    var interimStatuses: [Int] = []
    let upload: [UInt8]
    let chunkBytes: Int
    var uploaded = 0

    init(upload body: HTTPRequest.Body) {
        upload = body.content
        if case .chunked(_, let chunkBytes) = body { self.chunkBytes = chunkBytes } else { chunkBytes = .max }
    }

    func take(headerLine line: String) {
        if line.hasPrefix("HTTP/") {
            if status != 0 { interimStatuses.append(status) }
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            headers = HeaderFields()
        } else if let colon = line.firstIndex(of: ":") {
            headers.add(
                String(line[..<colon]),
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            )
        }
    }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
    context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let total = size * count
    transfer(context)?.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: total))
    return total
}

private func receiveHeaderLine(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let total = size * count
    var line = UnsafeRawBufferPointer(start: bytes, count: total)[...]
    while let last = line.last, last == 0x0D || last == 0x0A { line = line.dropLast() }
    transfer(context)?.take(headerLine: String(decoding: line, as: UTF8.self))
    return total
}

private func provideBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = transfer(context), let bytes else { return 0 }
    // libcurl makes a chunk of what one call provides.
    let length = min(size * count, transfer.chunkBytes, transfer.upload.count - transfer.uploaded)
    transfer.upload.withUnsafeBytes { source in
        UnsafeMutableRawPointer(bytes).copyMemory(
            from: source.baseAddress.map { $0 + transfer.uploaded } ?? UnsafeRawPointer(bytes),
            byteCount: length
        )
    }
    transfer.uploaded += length
    return length
}
