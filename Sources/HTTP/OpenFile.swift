// A file that is open for reading, as the body of a response.

import Glibc

/// An open file, closed with its last reference: what a response that waits to be sent holds on to, so that the bytes
/// are there even when the file has been removed since.
public final class OpenFile: Sendable {
    /// The descriptor's number, lent.
    public let number: Int32

    /// Takes over an open descriptor.
    public init(owning number: Int32) { self.number = number }

    deinit { close(number) }
}
