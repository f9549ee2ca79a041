// A file that is open for reading, as the body of a response.

/// An open file: what a response that waits to be sent holds on to, so that the bytes are there even when the file has
/// been removed since.
public struct OpenFile: Sendable {
    /// The descriptor's number, lent.
    public let number: Int32
    /// Keeps the descriptor open as long as it lives.
    private let owner: any AnyObject & Sendable

    /// A descriptor that `owner` keeps open.
    public init(_ number: Int32, keptOpenBy owner: any AnyObject & Sendable) {
        self.number = number
        self.owner = owner
    }
}
