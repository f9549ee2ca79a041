// The one table that comes out at the end.

/// Rows under a heading, each column as wide as its longest cell.
struct Table {
    private static let heading = ["figure", "ours", "yardstick", "ratio", "bar", "ok"]

    let rows: [Row]

    /// The table as text, a line each row, in Markdown so that it can be pasted.
    var text: String {
        let cells = [Self.heading] + rows.map(Self.cells)
        let widths = Self.heading.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        var lines = cells.map { row in
            "| "
                + zip(row, widths).map { cell, width in
                    cell + String(repeating: " ", count: width - cell.count)
                }.joined(separator: " | ") + " |"
        }
        lines.insert(
            "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|",
            at: 1
        )
        return lines.joined(separator: "\n")
    }

    /// Why rows are empty, one line each.
    var remarks: [String] {
        rows.compactMap { row in
            guard case .absent(let reason, _) = row.verdict else { return nil }
            return "\(row.figure): \(reason)"
        }
    }

    private static func cells(_ row: Row) -> [String] {
        [row.figure, row.ours, row.yardstick, row.ratio, row.bar, verdict(row.verdict)]
    }

    private static func verdict(_ verdict: Row.Verdict) -> String {
        switch verdict {
        case .met: "yes"
        case .missed: "NO"
        case .unjudged: "–"
        case .absent(_, let isFailure): isFailure ? "FAILED" : "skipped"
        }
    }
}
