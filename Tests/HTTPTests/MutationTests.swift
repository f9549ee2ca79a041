// Thousands of damaged requests: none may crash the parser, and cutting may never change the outcome.

import HTTP
import RandomKit
import Testing

@Suite struct MutationTests {
    /// Bytes that mean something in HTTP, so that damage reaches deep states.
    static let meaningful = latin1("\r\n\r\n\0 \t:;,%/?#&=+\"\\0159AaFfxX\u{7F}\u{80}\u{FF}")

    static let seeds: [[UInt8]] =
        (WireFixtures.hostile.map(\.raw) + WireFixtures.accepted.map { latin1($0.raw) })
        .filter { !$0.isEmpty && $0.count < 500 }

    static func mutant(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            let byte = meaningful[Int.random(in: 0..<meaningful.count, using: &random)]
            switch Int.random(in: 0..<6, using: &random) {
            case 0 where at < bytes.count: bytes[at] = byte
            case 1 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 2 where at < bytes.count: bytes.remove(at: at)
            case 3: bytes.removeLast(bytes.count - at)
            case 4:
                let other = seeds[Int.random(in: 0..<seeds.count, using: &random)]
                bytes = Array(bytes[..<at]) + other[Int.random(in: 0...other.count, using: &random)...]
            default: bytes.insert(byte, at: at)
            }
        }
        return bytes
    }

    @Test(arguments: 1...4) func `damaged requests never crash and never depend on the cuts`(seed: Int) {
        #expect(!Self.seeds.isEmpty)
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<3_000 {
            let bytes = Self.mutant(&random)
            let whole = Replay.run(bytes, bodyLimit: 64)
            let bytewise = Replay.run(bytes, cuts: Array(0..<bytes.count), bodyLimit: 64)
            #expect(whole == bytewise, "\(bytes)")
            let cuts = (0..<4).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
            #expect(whole == Replay.run(bytes, cuts: cuts, bodyLimit: 64), "\(bytes) cut at \(cuts)")
        }
    }

    @Test func `damaged requests keep inside small limits`() {
        var limits = HTTPLimits()
        limits.requestLineBytes = 24
        limits.headBytes = 64
        limits.fieldCount = 2
        limits.trailerBytes = 12
        limits.chunkExtensionBytesPerLine = 4
        limits.chunkExtensionBytesPerBody = 6
        var random = SeededGenerator(seed: 99)
        for _ in 0..<3_000 {
            let bytes = Self.mutant(&random)
            let whole = Replay.run(bytes, limits: limits, bodyLimit: 8)
            let bytewise = Replay.run(bytes, cuts: Array(0..<bytes.count), limits: limits, bodyLimit: 8)
            #expect(whole == bytewise, "\(bytes)")
            #expect(whole.messages.allSatisfy { $0.fields.count <= 2 && $0.line.utf8.count <= 24 })
        }
    }
}
