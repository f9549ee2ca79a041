// The severity of a line of the log.

/// The severity of a line of the log, and the least that is written.
public enum LogLevel: String, CaseIterable, Comparable, Sendable {
    /// Work failed that an operator has to look at.
    case error
    /// A setting or a client is likely wrong.
    case warning
    /// Lines of requests, and what a server does by itself: its start, its stop.
    case info
    /// Slow statements.
    case debug

    /// Whether the left one is the more severe.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .info: 2
        case .debug: 3
        }
    }
}
