// Figure 15: the queue of webhooks: how fast it is delivered, how flat it is, and how an endpoint with a backlog goes.

/// A backlog is sent to an endpoint that is silent, which then takes all of it; the same again is removed with its endpoint.
///
/// Beside a dead endpoint, a healthy one's requests are timed from the answer to the sender, which comes behind the commit.
struct WebhookQueueFigure: Figure {
    let number = 15
    let title = "deliveries of webhooks"

    func measure(in place: Workplace) throws -> [Row] {
        try backlog(place) + delays(place)
    }

    // MARK: A backlog

    private func backlog(_ place: Workplace) throws -> [Row] {
        let count = place.count(100_000, quick: 4000)
        let sink = try WebhookSink(.silence)
        defer { sink.close() }
        let stage = try WebhookStage(place)
        let id = try stage.add(sink)
        let rows = try delivery(of: count, stage, sink)
        sink.set(.silence)
        _ = try stage.send(count)
        let answered = try stage.remove(id)
        let removal = Clock.nanoseconds()
        var looked = removal
        while try stage.pending(place.executable) > 0 {
            guard Clock.seconds(since: removal) < 120 else { throw BenchmarkError("the backlog stays") }
            looked = Clock.nanoseconds()
        }
        // The last look has begun when all was gone; it reads the whole file, which isn't counted.
        let gone = Double(looked - removal) / 1e9
        try stage.server.stop()
        return rows + [
            Self.row(
                "remove an endpoint with \(count) pending: the answer",
                answered * 1000,
                .milliseconds,
                100
            ),
            Self.row("… until all of it is gone", gone * 1000, .milliseconds, 5000),
        ]
    }

    /// Sends a backlog, and has it taken.
    private func delivery(of count: Int, _ stage: WebhookStage, _ sink: WebhookSink) throws -> [Row] {
        let part = count / 10
        let first = try stage.send(part)
        _ = try stage.send(count - part)
        let last = try stage.send(part)
        let total = stage.sent
        sink.set(.acceptance)
        let start = Clock.nanoseconds()
        // The first ones are few at a time, until they have succeeded.
        try sink.wait(for: 100)
        let full = try Self.rate(from: 100, to: part, of: sink)
        try sink.wait(for: total - part)
        let small = try Self.rate(from: total - part, to: total, of: sink)
        let all = Double(total) / Clock.seconds(since: start)
        return [
            Row(
                "15. deliveries to a local receiver, one endpoint, 5000 conversations",
                ours: Series(values: [all]),
                unit: .perSecond,
                bar: .atLeast(3000)
            ),
            Self.row("cost of a send with \(count) pending ÷ with none", first / last, .ratio, 1.2),
            Self.row("cost of a delivery with \(count) pending ÷ with \(part)", small / full, .ratio, 1.2),
        ]
    }

    private static func row(_ text: String, _ value: Double, _ unit: Unit, _ most: Double) -> Row {
        Row("15. \(text)", ours: Series(values: [value]), unit: unit, bar: .atMost(most))
    }

    private static func rate(from first: Int, to last: Int, of sink: WebhookSink) throws -> Double {
        let (start, before) = (Clock.nanoseconds(), sink.count)
        try sink.wait(for: last)
        return Double(sink.count - before) / Clock.seconds(since: start)
    }

    // MARK: Delays

    private func delays(_ place: Workplace) throws -> [Row] {
        let dead = try WebhookSink(.silence)
        let healthy = try WebhookSink(.acceptance, notesArrivals: true)
        defer { for sink in [dead, healthy] { sink.close() } }
        let stage = try WebhookStage(place)
        _ = try stage.add(dead)
        _ = try stage.add(healthy)
        var late = Series()
        for _ in 0..<place.count(5, quick: 1) {
            let answers = try stage.sendSlowly(place.count(1000, quick: 200), perSecond: 200)
            try healthy.wait(for: stage.sent)
            let times = healthy.times
            let waits = answers.compactMap { answer in
                times[answer.number].map { Double(max($0, answer.answered) - answer.answered) / 1e6 }
            }.sorted()
            guard waits.count == answers.count else { throw BenchmarkError("a message was not recognised") }
            late.append(waits[waits.count * 99 / 100])
        }
        try stage.server.stop()
        return [
            Row(
                "15. commit to request beside a dead endpoint, 200 messages/s, p99",
                ours: late,
                unit: .milliseconds,
                bar: .atMost(100)
            )
        ]
    }
}
