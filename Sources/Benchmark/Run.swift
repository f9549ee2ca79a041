// A whole run: the figures in order, the table, the exit code.

import Glibc

/// The benchmark as a function of its arguments.
enum Run {
    private static let figures: [any Figure] = [
        UserLookupFigure(), RegistrationFigure(), ContactFigure(), PageFigure(), StartFigure(),
        MemoryFigure(), MessageFigure(), GroupMessageFigure(), HistoryFigure(), OfflineCountFigure(),
        TalkFigure(), DeliveryFigure(), SocketMemoryFigure(), WebhookSendFigure(),
        WebhookQueueFigure(), HTTP2Figure(), HTTP2MemoryFigure(), LogReaderFigure(),
    ]

    /// Measures and prints.
    ///
    /// - Returns: 0 when everything asked for was measured, whether or not it reached its bar: on a busy machine a
    ///   missed bar says little, and the table says it. 1 when a figure failed, 64 for a call that makes no sense.
    static func main(_ words: [String]) -> Int32 {
        if words.first == "count" { return InstructionCount.main(Array(words.dropFirst())) }
        do {
            let arguments: Arguments
            do throws(BenchmarkError) {
                arguments = try Arguments(words)
            } catch {
                complain(error.description)
                return 64
            }
            let place = try Workplace(arguments)
            defer { place.remove() }
            return try measure(arguments, in: place)
        } catch {
            complain("\(error)")
            return 1
        }
    }

    private static func measure(_ arguments: Arguments, in place: Workplace) throws -> Int32 {
        try Interruption.watch(place.folder)
        var rows: [Row] = []
        let start = Clock.nanoseconds()
        for figure in figures where arguments.only?.contains(figure.number) ?? true {
            complain("\(figure.number). \(figure.title) …")
            do {
                rows += try figure.measure(in: place)
            } catch {
                rows.append(Row("\(figure.number). \(figure.title)", absent: "\(error)", isFailure: true))
            }
        }
        let seconds = Int(Clock.seconds(since: start))
        let table = Table(rows: rows)
        print("\(MachineFacts.text(place.folder)); \(seconds) s\(arguments.isQuick ? "; quick" : "")")
        print("median (lowest–highest round); the ratio is the median of the rounds' ratios\n")
        print(table.text)
        if !table.remarks.isEmpty { print("\n" + table.remarks.joined(separator: "\n")) }
        return rows.contains { if case .absent(_, true) = $0.verdict { true } else { false } } ? 1 : 0
    }

    /// Writes a line to standard error, so that standard output holds the table alone.
    static func complain(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
