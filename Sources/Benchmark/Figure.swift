// A figure, and the rows that it adds to the table.

/// One thing that is measured.
protocol Figure: Sendable {
    /// Its name for `--only`.
    var number: Int { get }
    /// The text of the progress line.
    var title: String { get }

    /// Measures, at most for about a minute.
    ///
    /// - Throws: whatever kept it from being measured; one refused request is enough.
    func measure(in place: Workplace) throws -> [Row]
}

/// One line of the table.
struct Row {
    /// The worth of a row's numbers.
    enum Verdict: Equatable {
        /// The bar is reached.
        case met
        /// The bar is not reached.
        case missed
        /// There is no bar: the row is for comparison.
        case unjudged
        /// It could not be measured on this machine, or the measurement failed.
        case absent(reason: String, isFailure: Bool)
    }

    let figure: String
    var ours = "–"
    var yardstick = "–"
    var ratio = "–"
    var bar = "–"
    let verdict: Verdict

    /// A rate beside another rate of the same rounds; the ratio is the median of the rounds' ratios.
    init(_ figure: String, ours: Series, yardstick: Series, unit: Unit, bar: Bar?) {
        let ratio = ours.ratio(to: yardstick)
        self.figure = figure
        self.ours = unit.text(ours)
        self.yardstick = unit.text(yardstick)
        self.ratio = Unit.ratio.text(ratio)
        self.bar = bar?.text(in: .ratio) ?? "–"
        verdict = bar.map { $0.isMet(by: ratio.median) ? .met : .missed } ?? .unjudged
    }

    /// A quantity that stands by itself.
    init(_ figure: String, ours: Series, unit: Unit, bar: Bar?) {
        self.figure = figure
        self.ours = unit.text(ours)
        self.bar = bar?.text(in: unit) ?? "–"
        verdict = bar.map { $0.isMet(by: ours.median) ? .met : .missed } ?? .unjudged
    }

    /// A row without numbers.
    init(_ figure: String, absent reason: String, isFailure: Bool) {
        self.figure = figure
        verdict = .absent(reason: reason, isFailure: isFailure)
    }
}

/// The bar that a number is held to.
enum Bar {
    case atLeast(Double)
    case atMost(Double)

    func isMet(by value: Double) -> Bool {
        switch self {
        case .atLeast(let bound): value >= bound
        case .atMost(let bound): value <= bound
        }
    }

    func text(in unit: Unit) -> String {
        switch self {
        case .atLeast(let bound): "≥ \(unit.text(bound))"
        case .atMost(let bound): "≤ \(unit.text(bound))"
        }
    }
}
