// A file descriptor with exactly one owner, closed exactly once.
import CLinux
import Glibc

/// The one owner of an open file descriptor: it is closed when the value ends.
public struct Descriptor: ~Copyable, Sendable {
    /// The descriptor's number, lent: valid as long as this value lives.
    public let number: Int32

    /// Takes over an open descriptor.
    ///
    /// The caller must not close it any more.
    public init(owning number: Int32) {
        precondition(number >= 0, "A descriptor number is never negative.")
        self.number = number
    }

    deinit {
        // Never repeated on EINTR: Linux has released the number by then, and a second close could hit a
        // descriptor that another thread has just opened.
        _ = close(number)
    }

    /// Gives the number away without closing it; the receiver now has to close it.
    public consuming func take() -> Int32 {
        let number = number
        discard self
        return number
    }
}
