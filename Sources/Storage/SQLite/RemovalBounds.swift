// The bounds of one slice of a removal.

/// How much of a removal one transaction may do.
struct RemovalBounds: Sendable {
    /// After so long no further rows are begun with, in nanoseconds.
    var nanoseconds: UInt64 = 10_000_000
    /// Rows of one statement.
    var rows = 64
}
