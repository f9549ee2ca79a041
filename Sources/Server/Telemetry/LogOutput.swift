// Where the log goes: a bounded buffer that any thread fills without waiting, and a thread of its own that empties it.

import CLinux
import Domain
import Glibc
import JSON
import Reactor
import Threads

/// Writes lines to standard error or to a file.
///
/// No thread but its own ever waits for whoever reads the log: lines that find no room are dropped and counted, and one
/// line says how many once there is room again.
final class LogOutput: Sendable {
    /// Bytes that may wait.
    static let capacity = 1 << 20

    private struct State {
        var bytes: [UInt8] = []
        var lost = 0
        /// A file to be used from the next line on.
        var next: LogSink?
        var isStarted = false
        /// Nothing waits, and nothing is being written.
        var isIdle = true
    }

    private let state: Guarded<State>
    private let bell = BlockingQueue<Void>(capacity: 1)
    private let now: @Sendable () -> Timestamp

    /// An output; its thread is started with the first line.
    init(_ sink: LogSink, now: @escaping @Sendable () -> Timestamp) {
        var state = State()
        state.next = sink
        self.state = Guarded(state)
        self.now = now
    }

    /// Takes whole lines; nothing is waited for.
    ///
    /// - Parameter lines: how many they are.
    func write(_ bytes: Span<UInt8>, lines: Int) {
        bytes.withUnsafeBytes { bytes in
            let mustStart = state.withLock { state in
                guard state.bytes.count + bytes.count <= Self.capacity else {
                    state.lost += lines
                    return false
                }
                state.bytes += bytes
                state.isIdle = false
                defer { state.isStarted = true }
                return !state.isStarted
            }
            if mustStart { start() }
        }
        _ = bell.push(())
    }

    /// Writes on to another place, from the lines behind those that wait on.
    func use(_ sink: LogSink) {
        state.withLock { $0.next = sink }
        _ = bell.push(())
    }

    /// Waits until everything is written, at most so long: a reader that doesn't read holds up nobody's end.
    func flush(within duration: Duration = .seconds(1)) {
        let end = Self.nanoseconds() + UInt64(max(0, duration.components.seconds)) * 1_000_000_000
        while !state.withLock({ $0.isIdle || !$0.isStarted }), Self.nanoseconds() < end { usleep(1000) }
    }

    // MARK: The thread

    private func start() {
        do throws(ThreadRefusal) {
            _ = try NamedThread.start(name: "log") { [self] in run() }
        } catch {
            // Without a thread nothing is written; the next line tries again.
            state.withLock { $0.isStarted = false }
        }
    }

    private func run() {
        var sink: LogSink?
        while bell.take() != nil {
            while true {
                let (next, bytes) = state.withLock { state in
                    let next = state.next.take()
                    var bytes = Swift.exchange(&state.bytes, with: [])
                    if state.lost > 0 { bytes += lossLine(Swift.exchange(&state.lost, with: 0)) }
                    if bytes.isEmpty { state.isIdle = true }
                    return (next, bytes)
                }
                // Lines gathered before the change may be on either side of it.
                if let next { sink = next }
                if bytes.isEmpty { break }
                let lost = sink?.write(bytes) ?? 0
                if lost > 0 { state.withLock { $0.lost += lost } }
            }
        }
    }

    private func lossLine(_ lines: Int) -> [UInt8] {
        LogLine.event("log lines lost", at: now(), [("lines", .integer(Int64(lines)))]).bytes
    }

    private static func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// Lines of the log as JSON.
enum LogLine {
    /// One line about something that isn't a request.
    static func event(_ name: String, at now: Timestamp, _ members: [(String, JSONValue)]) -> JSONWriter {
        var json = JSONWriter()
        json.beginObject()
        json.key("time"); json.integer(now.milliseconds)
        json.key("event"); json.string(name)
        for (key, value) in members {
            json.key(key)
            json.value(value)
        }
        json.endObject()
        json.endLine()
        return json
    }
}

/// The process's log.
enum Log {
    /// One for the process, as standard error is.
    static let output = LogOutput(LogSink(descriptor: 2)) {
        Timestamp(milliseconds: SystemTime().wallMilliseconds())
    }

    /// One line about what failed beside the database, and the failure that refers to it.
    static func failure(_ name: String, _ reason: String) -> Failure {
        let reference = String(UInt64.random(in: .min ... .max), radix: 36)
        let now = Timestamp(milliseconds: SystemTime().wallMilliseconds())
        event(name, at: now, [("reference", .string(reference)), ("reason", .string(reason))])
        return .storage(reference: reference)
    }

    /// One line about something that isn't a request.
    static func event(_ name: String, at now: Timestamp, _ members: [(String, JSONValue)] = []) {
        LogLine.event(name, at: now, members).withBytes { output.write($0, lines: 1) }
    }
}
