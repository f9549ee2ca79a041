// The promise of a connection in HTTP/2: cuts don't matter, and what comes out is bounded by what went in.

import HTTP
import HTTP2

/// Writes down what a connection's bytes say.
private final class FuzzedSession: HTTP2SessionEvents {
    /// The events, one line each; bodies apart, since they may come in any pieces.
    private(set) var events: [String] = []
    private(set) var bodies: [Int32: [UInt8]] = [:]
    private(set) var sentBytes = 0
    private let answers: Bool
    private var sections: [Int32: FieldSection] = [:]
    private var opened: [Int32] = []
    private var taken: [(stream: Int32, count: Int)] = []

    /// - Parameter answers: whether requests are answered and windows opened as the bytes come, else nothing is sent
    ///   before all has been read.
    init(answers: Bool) { self.answers = answers }

    /// Takes the bytes in pieces of `step`.
    func read(_ bytes: [UInt8], step: Int, _ library: NGHTTP2Library) {
        let settings = HTTP2Session.Settings(
            streams: 8,
            streamWindow: 64 << 10,
            connectionWindow: 1 << 20,
            fieldBytes: 32 << 10
        )
        guard let session = HTTP2Session(library, settings) else { return }
        session.events = self
        for start in stride(from: 0, to: bytes.count, by: step) {
            let isGood = bytes[start..<min(start + step, bytes.count)].withUnsafeBytes { session.receive($0) }
            if answers { answer(session) }
            if !isGood {
                events.append("failed")
                break
            }
        }
        drain(session)
    }

    private func answer(_ session: HTTP2Session) {
        let head = FieldBlock(head: Response(.ok, body: .none), date: HTTPDate(secondsSince1970: 0))
        for stream in opened {
            session.respond(stream, HTTP2Fields(head.bytes, head.fields), hasBody: false)
        }
        opened = []
        for (stream, count) in taken { session.consume(stream, count) }
        taken = []
        drain(session)
    }

    private func drain(_ session: HTTP2Session) {
        while let output = session.nextOutput() { sentBytes += output.count }
    }

    func requestBegins(_ stream: Int32) -> Bool {
        if sections[stream] == nil { sections[stream] = FieldSection(limits: HTTPLimits()) }
        return true
    }

    func field(_ stream: Int32, _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
        sections[stream]?.add(name, value)
        return (sections[stream]?.listBytes ?? 0) < 256 << 10
    }

    func fieldsEnd(_ stream: Int32) {
        guard let section = sections[stream] else { return }
        do throws(FieldSection.Problem) {
            let head = try section.head(endsStream: false)
            events.append("\(stream) \(head.method.text) \(head.target) \(head.fields)")
            opened.append(stream)
        } catch {
            events.append("\(stream) \(error)")
        }
    }

    func data(_ stream: Int32, _ bytes: UnsafeRawBufferPointer) {
        bodies[stream, default: []] += bytes
        taken.append((stream, bytes.count))
    }

    func inputEnds(_ stream: Int32) { events.append("\(stream) ends") }
    func streamClosed(_ stream: Int32, _ code: HTTP2ErrorCode) { sections[stream] = nil }
    func outputEnds(_ stream: Int32) {}
    func noteReset() {}
    func noteIdleFrame() -> Bool { true }
    func settingsArrived() { events.append("settings") }
    func fill(_ stream: Int32, _ room: UnsafeMutableRawBufferPointer) -> HTTP2Filling { .last(0) }
}

extension FuzzTarget {
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    /// Bytes that the server says by itself: its SETTINGS, a window, and the end.
    private static let ownBytes = 1024

    /// The bytes follow a preface, which no fuzzer guesses.
    ///
    /// Where the library isn't installed nothing is promised.
    @Sendable
    static func http2(_ bytes: [UInt8]) -> String? {
        guard let library = NGHTTP2Library.shared else { return nil }
        func outcome(step: Int, answers: Bool) -> FuzzedSession {
            let session = FuzzedSession(answers: answers)
            session.read(preface + bytes, step: step, library)
            return session
        }
        // Each frame of nine bytes has an answer of a few dozen at most.
        let bound = ownBytes + 64 * bytes.count
        let whole = outcome(step: preface.count + bytes.count, answers: false)
        for step in [1, 7] {
            let cut = outcome(step: step, answers: false)
            guard cut.events == whole.events, cut.bodies == whole.bodies else {
                return "Whole it is \(whole.events); in pieces of \(step) it is \(cut.events)."
            }
            let answered = outcome(step: step, answers: true)
            guard answered.sentBytes <= bound else {
                return "\(bytes.count) bytes lead to \(answered.sentBytes)."
            }
        }
        return whole.sentBytes <= bound ? nil : "\(bytes.count) bytes lead to \(whole.sentBytes)."
    }
}
