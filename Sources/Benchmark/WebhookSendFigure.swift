// Figure 14: what an endpoint of webhooks costs those who send.

/// Texts over 64 connections: with an endpoint that never answers, with one that takes everything, and with one that is
/// asked before each, beside a server without any.
///
/// Each server has its own copy of the same folder, and they take turns. The receivers are a thread of this program, on the
/// same cores. The deliveries of a round are waited for before the next round, so that no round pays for another.
struct WebhookSendFigure: Figure {
    let number = 14
    let title = "send a text with an endpoint of webhooks ÷ without"

    func measure(in place: Workplace) throws -> [Row] {
        let sinks = [try WebhookSink(.silence), try WebhookSink(.acceptance), try WebhookSink(.consent)]
        defer { for sink in sinks { sink.close() } }
        let stages = try (0..<4).map { _ in try WebhookStage(place) }
        _ = try stages[1].add(sinks[0])
        _ = try stages[2].add(sinks[1])
        _ = try stages[3].addQuestion(sinks[2])
        let count = place.count(20_000, quick: 2000)
        for stage in stages { _ = try stage.send(count / 4) }
        let rates = try Series.interleaved(
            rounds: place.count(7, quick: 2),
            [
                { try stages[0].send(count, seconds: 5) }, { try stages[1].send(count, seconds: 5) },
                {
                    let rate = try stages[2].send(count, seconds: 5)
                    try sinks[1].wait(for: stages[2].sent)
                    return rate
                },
                { try stages[3].send(count, seconds: 5) },
            ]
        )
        guard sinks[2].count >= stages[3].sent else {
            throw BenchmarkError("not every message was asked about")
        }
        for stage in stages { try stage.server.stop() }
        return [
            ("14. send a text, 64 connections, with an endpoint that never answers ÷ without", 0.80),
            ("14. … with one that takes all, on the same cores ÷ without", 0.64),
            ("14. … with one that is asked before and answers at once ÷ without", 0.30),
        ].enumerated().map { index, row in
            Row(row.0, ours: rates[index + 1], yardstick: rates[0], unit: .perSecond, bar: .atLeast(row.1))
        }
    }
}
