// Third-party raw requests (Http11Probe) with the outcomes their authors accept, where the corpus is present.

import Foundation
import HTTP
import Testing

struct ProbeCase: Decodable, Sendable {
    let id: String
    let expected: String
    let raw: String?
}

private struct ProbeFile: Decodable { let cases: [ProbeCase] }

@Suite struct ProbeTests {
    static let cases: [ProbeCase] = {
        guard let data = Repository.corpus("http11probe.json") else { return [] }
        return (try? JSONDecoder().decode(ProbeFile.self, from: data).cases) ?? []
    }()

    /// Sound messages whose answer is the server's to give (method, upgrade, body limit); the parser must
    /// accept.
    static let decidedByServer: Set<String> = [
        "COMP-METHOD-CONNECT", "COMP-METHOD-TRACE", "COMP-TRACE-WITH-BODY", "COMP-UPGRADE-POST",
        "COMP-UPGRADE-MISSING-CONN", "COMP-UPGRADE-UNKNOWN", "COMP-UPGRADE-INVALID-VER",
        "MAL-RANGE-OVERLAPPING",
    ]

    /// The corpus has `?` where the probe sent bytes beyond ASCII, which makes these sound requests; the
    /// recorded requests utf8-in-target and overlong-utf8 stand in for them.
    static let damagedInCorpus: Set<String> = ["MAL-NON-ASCII-URL", "MAL-URL-OVERLONG-UTF8"]

    @Test(.enabled(if: !cases.isEmpty)) func `every probe ends in an outcome its authors accept`() {
        for probe in Self.cases where !Self.damagedInCorpus.contains(probe.id) {
            let transcript = Replay.run(latin1(probe.raw ?? ""))
            #expect(Self.accepts(probe, transcript), "\(probe.id) wants \(probe.expected), got \(transcript)")
        }
    }

    @Test(.enabled(if: !cases.isEmpty)) func `every probe has the same outcome byte by byte`() {
        for probe in Self.cases {
            let raw = latin1(probe.raw ?? "")
            let whole = Replay.run(raw)
            #expect(whole == Replay.run(raw, cuts: Array(0..<raw.count)), "\(probe.id)")
        }
    }

    @Test(.enabled(if: !cases.isEmpty)) func `a probe for closing is answered and not kept alive`() {
        for probe in Self.cases where probe.expected == "2xx + close" {
            #expect(Replay.run(latin1(probe.raw ?? "")).messages.map(\.keepsAlive) == [false], "\(probe.id)")
        }
    }

    private static func accepts(_ probe: ProbeCase, _ transcript: Transcript) -> Bool {
        switch transcript.ending {
        case .refused(let error):
            return probe.expected.contains("\(error.status.code)") || probe.expected.contains("close")
        case .incomplete:
            return probe.expected.contains("close") || probe.expected.contains("timeout")
        case .betweenMessages:
            let isSound = probe.expected.contains("2xx") || probe.expected.contains("200")
            return isSound || decidedByServer.contains(probe.id) || (probe.raw ?? "").isEmpty
        }
    }
}
