// How the lines of imports and exports are read and written: a dialect's, since a message has its form.

/// Reads and writes the lines of files: a dialect's, since a message has its form.
public protocol TransferForm: Sendable {
    /// Reads a line of JSON.
    ///
    /// - Throws: what is wrong with it, as a sentence without its full stop.
    func record(of line: [UInt8]) throws(TransferProblem) -> TransferRecord
    /// Makes the reader of a CSV file from its first line.
    func columns(of line: [UInt8]) throws(TransferProblem) -> any TransferColumns
    /// Writes a line with its end; several for messages that history shows as one list.
    func lines(of records: [TransferRecord]) -> [UInt8]
}

/// The columns of a CSV file.
public protocol TransferColumns: Sendable {
    /// Reads a line.
    func record(of line: [UInt8]) throws(TransferProblem) -> TransferRecord
}

/// The fault of a line.
public struct TransferProblem: Error, Equatable, Sendable {
    /// A sentence without its full stop.
    public let reason: String

    /// Wraps the sentence.
    public init(_ reason: String) { self.reason = reason }
}
