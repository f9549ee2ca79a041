// Plays raw bytes through parser, target and decoder as a connection would, cut anywhere, and notes what came
// out.

import Foundation
import HTTP

/// Everything a sequence of raw bytes amounts to, so that two ways of cutting it can be compared.
struct Transcript: Equatable, CustomStringConvertible {
    struct Message: Equatable {
        var line: String
        var fields: [String]
        var framing: BodyFraming
        var segments: [String]
        var query: [String]
        var keepsAlive: Bool
        var body: [UInt8] = []
    }

    enum Ending: Equatable {
        /// Every byte belongs to a complete message.
        case betweenMessages
        /// A message has begun and more is needed.
        case incomplete
        case refused(ParseError)
    }

    var messages: [Message] = []
    var ending = Ending.betweenMessages

    var refusal: ParseError? {
        if case .refused(let error) = ending { error } else { nil }
    }

    var description: String { "\(messages.map(\.line)) \(ending)" }
}

/// A connection's reading half, reduced to what decides the outcome.
struct Replay {
    var limits = HTTPLimits()
    var bodyLimit = 1 << 20
    private var parser = RequestParser()
    private var decoder = ChunkedDecoder()
    private var buffer: [UInt8] = []
    private var current: Transcript.Message?
    private var missing = 0
    private(set) var transcript = Transcript()

    init(limits: HTTPLimits = HTTPLimits(), bodyLimit: Int = 1 << 20) {
        self.limits = limits
        self.bodyLimit = bodyLimit
        parser = RequestParser(limits: limits)
    }

    /// The outcome of `bytes` when they arrive in pieces that end at `cuts`, ascending.
    static func run(
        _ bytes: [UInt8],
        cuts: [Int] = [],
        limits: HTTPLimits = HTTPLimits(),
        bodyLimit: Int = 1 << 20
    ) -> Transcript {
        var replay = Replay(limits: limits, bodyLimit: bodyLimit)
        var start = 0
        for cut in cuts + [bytes.count] where replay.transcript.refusal == nil {
            replay.feed(bytes[start..<cut])
            start = cut
        }
        return replay.transcript
    }

    private mutating func feed(_ piece: ArraySlice<UInt8>) {
        buffer.append(contentsOf: piece)
        do {
            while try advance() {}
            let isIdle = current == nil && buffer.isEmpty
            transcript.ending = isIdle ? .betweenMessages : .incomplete
        } catch {
            transcript.ending = .refused(error)
        }
    }

    /// Reads one head or one stretch of body; false when more bytes are needed.
    private mutating func advance() throws(ParseError) -> Bool {
        guard var message = current else { return try readHead() }
        switch message.framing {
        case .chunked:
            let bytes = buffer
            let progress = try decoder.decode(bytes.span, into: &message.body, limit: bodyLimit)
            buffer.removeFirst(progress.consumed)
            current = message
            if progress.isComplete { finish() }
            return progress.isComplete
        case .none, .length:
            guard buffer.count >= missing else { return false }
            message.body = Array(buffer.prefix(missing))
            buffer.removeFirst(missing)
            current = message
            finish()
            return true
        }
    }

    private mutating func readHead() throws(ParseError) -> Bool {
        let bytes = buffer
        guard !bytes.isEmpty, case .head(let head, let consumed) = try parser.parseHead(bytes.span) else {
            return false
        }
        buffer.removeFirst(consumed)
        let target = head.method == .connect ? nil : try RequestTarget(head)
        current = Transcript.Message(
            line: "\(head.method.text) \(head.target) \(head.version.text)",
            fields: head.fields.map { "\($0.name): \($0.value)" },
            framing: head.framing,
            segments: target?.segments ?? [],
            query: target?.query.map { "\($0.name)=\($0.value)" } ?? [],
            keepsAlive: head.keepsAlive
        )
        decoder = ChunkedDecoder(limits: limits)
        if case .length(let length) = head.framing { missing = length } else { missing = 0 }
        return true
    }

    private mutating func finish() {
        if let current { transcript.messages.append(current) }
        current = nil
    }
}

/// The cuts at which a message is tried: every point of a short one, a spread and both ends of a long one.
func cutPoints(_ count: Int) -> [Int] {
    guard count > 600 else { return Array(0...count) }
    let spread = (0...40).map { $0 * count / 40 }
    return Array(Set(spread + Array(0...8) + Array(count - 8...count))).sorted()
}

/// Reads one request head, whole, or throws.
func head(_ text: String, limits: HTTPLimits = HTTPLimits()) throws -> RequestHead {
    var parser = RequestParser(limits: limits)
    let bytes = latin1(text)
    guard case .head(let head, let consumed) = try parser.parseHead(bytes.span) else { throw Incomplete() }
    guard consumed == bytes.count else { throw Incomplete() }
    return head
}

struct Incomplete: Error {}

/// The UTF-8 text that `bytes` spell.
func text(_ bytes: Span<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
}

/// One byte for each code point below U+0100.
func latin1(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

/// Files that belong to the repository, found from this file so that the working directory does not matter.
enum Repository {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func fixture(_ path: String) throws -> Data {
        try Data(contentsOf: root.appending(path: "Fixtures/\(path)"))
    }

    /// Third-party vectors beside the repository, or nil where they are not present.
    static func corpus(_ path: String) -> Data? {
        try? Data(contentsOf: root.deletingLastPathComponent().appending(path: "shared/corpora/\(path)"))
    }
}
