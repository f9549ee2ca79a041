// The values of several rounds, what is told of them, and how rounds are taken in turns.

/// One quantity measured in several rounds.
struct Series {
    /// In the order of the rounds; at least one.
    private(set) var values: [Double] = []

    init(values: [Double] = []) { self.values = values }

    mutating func append(_ value: Double) { values.append(value) }

    /// The middle value; of an even number the mean of the two in the middle; 0 without values.
    var median: Double {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    var minimum: Double { values.min() ?? 0 }
    var maximum: Double { values.max() ?? 0 }

    /// The ratio of each round to the same round of another series: what disturbs the machine for longer than a
    /// round disturbs both sides of it.
    func ratio(to other: Series) -> Series {
        Series(values: zip(values, other.values).map { $0 / $1 })
    }
}

extension Series {
    /// Runs the measurements in turns, `A B A B …`, so that a slow minute of the machine meets all of them.
    ///
    /// - Returns: one series for each measurement, in their order.
    static func interleaved(rounds: Int, _ measurements: [() throws -> Double]) throws -> [Series] {
        var series = measurements.map { _ in Series() }
        for _ in 0..<rounds {
            for (index, measure) in measurements.enumerated() { series[index].append(try measure()) }
        }
        return series
    }
}

/// How a number is written.
enum Unit {
    case perSecond
    case milliseconds
    case microseconds
    case megabytes
    case kilobytes
    case ratio

    /// The median with the lowest and the highest round.
    func text(_ series: Series) -> String {
        guard series.values.count > 1 else { return text(series.median) }
        return "\(text(series.median)) (\(digits(series.minimum))–\(digits(series.maximum)))"
    }

    /// One value with its unit.
    func text(_ value: Double) -> String {
        switch self {
        case .perSecond: "\(digits(value))/s"
        case .milliseconds: "\(digits(value)) ms"
        case .microseconds: "\(digits(value)) µs"
        case .megabytes: "\(digits(value)) MB"
        case .kilobytes: "\(digits(value)) KB"
        case .ratio: digits(value)
        }
    }

    private func digits(_ value: Double) -> String {
        switch self {
        case .perSecond, .milliseconds, .microseconds: value.text(decimals: value < 10 ? 1 : 0)
        case .megabytes, .kilobytes: value.text(decimals: 1)
        case .ratio: value.text(decimals: 2)
        }
    }
}

extension Double {
    /// The number with so many digits after the point, rounded to nearest.
    fileprivate func text(decimals: Int) -> String {
        guard isFinite, magnitude < 1e15 else { return "\(self)" }
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int((magnitude * Double(scale)).rounded())
        let whole = (self < 0 ? "-" : "") + String(scaled / scale)
        guard decimals > 0 else { return whole }
        let fraction = String(scaled % scale)
        return whole + "." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
}
