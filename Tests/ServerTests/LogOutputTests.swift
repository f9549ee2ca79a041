// The log never holds up whoever writes to it: a reader that stops loses lines, and is told how many.

import Domain
import Foundation
import JSON
import Testing
import Threads

@testable import Server

@Suite struct LogOutputTests {
    private static let line = Array((String(repeating: "x", count: 999) + "\n").utf8)

    /// A pipe whose writing end is a log's.
    private final class Pipe {
        let output: LogOutput
        private let reading: Int32
        private(set) var writing: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
            output = LogOutput(LogSink(descriptor: ends[1])) { Timestamp(milliseconds: 7) }
        }

        deinit {
            close(reading)
            if writing >= 0 { close(writing) }
        }

        /// All lines up to the one that says what was lost.
        func readToLoss() -> [String] {
            var text: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            while !String(decoding: text.suffix(200), as: UTF8.self).contains("lost") {
                let count = read(reading, &chunk, chunk.count)
                guard count > 0 else { break }
                text += chunk[..<count]
            }
            return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        }

        func stopReading() { close(reading) }
    }

    @Test func `Lines that nobody reads are dropped beyond a bound, and counted in one line`() throws {
        let pipe = try Pipe()
        // Twice the room there is, and none of it is waited for.
        let written = 2 * LogOutput.capacity / Self.line.count
        for _ in 0..<written { pipe.output.write(Self.line.span, lines: 1) }
        let lines = pipe.readToLoss()
        let told = lines.last.flatMap { try? JSONDocument(Array($0.utf8)).root }
        let lost = try #require(told?["lines"]?.int64)
        #expect(told?["event"]?.string == "log lines lost")
        #expect(lost > 0)
        #expect(lines.count - 1 + Int(lost) == written)
    }

    @Test func `A reader that never comes back holds up nobody's end`() throws {
        let pipe = try Pipe()
        for _ in 0..<200 { pipe.output.write(Self.line.span, lines: 1) }
        pipe.output.flush(within: .zero)
    }

    @Test func `A file is appended to, and another one from a change on`() throws {
        let folder = NSTemporaryDirectory() + "parley-log-" + Foundation.UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/log"
        let output = LogOutput(try #require(LogSink(path: path))) { Timestamp(milliseconds: 7) }
        let (first, second) = (Array("one\n".utf8), Array("two\n".utf8))
        output.write(first.span, lines: 1)
        output.flush(within: .seconds(30))
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        output.use(try #require(LogSink(path: path)))
        output.write(second.span, lines: 1)
        output.flush(within: .seconds(30))
        #expect(try String(contentsOfFile: path + ".1", encoding: .utf8) == "one\n")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "two\n")
        #expect(LogSink(path: folder) == nil)
    }
}
