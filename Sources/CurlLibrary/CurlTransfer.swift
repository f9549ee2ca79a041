// One exchange over HTTP: what is sent, what the library's callbacks gather, and what is known at its end.

import CLinux
import Glibc

/// A request to send.
public struct OutgoingRequest: Sendable {
    /// `http` or `https`.
    public var url: String
    /// The fields of the head, in the order sent.
    public var fields: [(name: String, value: String)]
    /// The body of a POST.
    public var body: [UInt8]
    /// How long all of it may take.
    public var timeoutMilliseconds: Int
    /// Bytes of the answer's body that are kept.
    public var keptBytes: Int

    /// Memberwise.
    public init(
        url: String,
        fields: [(name: String, value: String)],
        body: [UInt8],
        timeoutMilliseconds: Int,
        keptBytes: Int = 4096
    ) {
        self.url = url
        self.fields = fields
        self.body = body
        self.timeoutMilliseconds = timeoutMilliseconds
        self.keptBytes = keptBytes
    }
}

/// The answer to a transfer.
public struct IncomingAnswer: Sendable {
    /// The status of a complete head that isn't an interim one; nil where none came.
    public let status: Int?
    /// The fields of that head, one a line.
    public let fields: String
    /// The beginning of the body.
    public let body: [UInt8]
    /// Whether the body came whole.
    public let isWhole: Bool
    /// Why there is no status.
    public let error: String?
    /// How long it took.
    public let durationMilliseconds: Int

    /// Memberwise.
    public init(
        status: Int?,
        fields: String,
        body: [UInt8],
        isWhole: Bool,
        error: String?,
        durationMilliseconds: Int
    ) {
        self.status = status
        self.fields = fields
        self.body = body
        self.isWhole = isWhole
        self.error = error
        self.durationMilliseconds = durationMilliseconds
    }

    /// No answer, for a reason of before the request was sent.
    public init(error: String) {
        self.init(status: nil, fields: "", body: [], isWhole: false, error: error, durationMilliseconds: 0)
    }

    /// The value of the first field of a name in lower case.
    public func field(_ name: String) -> String? {
        for line in fields.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
            let value = line[line.index(after: colon)...]
            return String(value.drop { $0 == " " || $0 == "\t" })
        }
        return nil
    }
}

/// A transfer under way: the library's callbacks have a pointer to it.
final class CurlTransfer {
    let request: OutgoingRequest
    let completion: (IncomingAnswer) -> Void
    let started: UInt64
    /// The request's head as the library wants it; freed with the transfer.
    var list: UnsafeMutableRawPointer?
    /// Whether an address may be connected to, by its family's number and its bytes.
    let permits: (ArraySlice<UInt8>) -> Bool
    private(set) var status: Int?
    private(set) var fields: [UInt8] = []
    private(set) var body: [UInt8] = []
    private(set) var refusesAddress = false
    private var headStatus: Int?
    private var headBytes = 0
    private var bodyBytes = 0

    /// Bytes of heads, interim ones among them, before the transfer is given up.
    private static let maximumHeadBytes = 256 << 10
    /// Bytes of a body that are read so that the connection can be used again.
    private static let maximumBodyBytes = 64 << 10

    init(
        _ request: OutgoingRequest,
        started: UInt64,
        permits: @escaping (ArraySlice<UInt8>) -> Bool,
        _ completion: @escaping (IncomingAnswer) -> Void
    ) {
        self.request = request
        self.started = started
        self.permits = permits
        self.completion = completion
    }

    /// Takes a line of a head.
    ///
    /// - Returns: how many bytes were taken; fewer than came end the transfer.
    func takeHead(_ line: UnsafeRawBufferPointer) -> Int {
        headBytes += line.count
        guard headBytes <= Self.maximumHeadBytes else { return 0 }
        if line.starts(with: "HTTP/".utf8) {
            (headStatus, fields) = (Self.status(of: line), [])
        } else if line.first == 0x0D || line.first == 0x0A {
            if let headStatus, headStatus >= 200 { status = headStatus }
        } else if fields.count + line.count <= 16 << 10 {
            fields += line.filter { $0 != 0x0D }
        }
        return line.count
    }

    private static func status(of line: UnsafeRawBufferPointer) -> Int? {
        let text = String(decoding: line, as: UTF8.self)
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Takes a piece of the body.
    func takeBody(_ piece: UnsafeRawBufferPointer) -> Int {
        bodyBytes += piece.count
        body += piece.prefix(max(0, request.keptBytes - body.count))
        return bodyBytes > max(Self.maximumBodyBytes, request.keptBytes) ? 0 : piece.count
    }

    /// Opens a socket, if its address may be reached.
    ///
    /// - Parameter address: `struct curl_sockaddr`: family, type and protocol, the length, and then the address itself.
    func openSocket(_ address: UnsafeRawPointer) -> Int32 {
        let family = address.load(as: Int32.self)
        let type = address.load(fromByteOffset: 4, as: Int32.self)
        let number = address.load(fromByteOffset: 8, as: Int32.self)
        let length = Int(address.load(fromByteOffset: 12, as: UInt32.self))
        let bytes = [UInt8](UnsafeRawBufferPointer(start: address + 16, count: length))
        let host: ArraySlice<UInt8> =
            switch family {
            case AF_INET where length >= 8: bytes[4..<8]
            case AF_INET6 where length >= 24: bytes[8..<24]
            default: []
            }
        guard !host.isEmpty, permits(host) else {
            refusesAddress = true
            return -1
        }
        return socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
    }

    /// The facts that are known at the end.
    func answer(code: Int32, explanation: String, at now: UInt64) -> IncomingAnswer {
        let error: String? =
            if status != nil {
                nil
            } else if refusesAddress {
                "The address is inside of a network that webhooks may not reach."
            } else {
                explanation
            }
        return IncomingAnswer(
            status: status,
            fields: String(decoding: fields, as: UTF8.self),
            body: body,
            isWhole: code == 0,
            error: error,
            durationMilliseconds: Int((now &- started) / 1_000_000)
        )
    }
}
