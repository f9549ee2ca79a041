// The kernel's answer to a failed system call: the errno value and the name of the call.
import CLinux
import Glibc

/// A failed system call.
///
/// `errno` is read at once, on the thread that made the call, so that nothing in between can overwrite it.
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The errno value, for example `EADDRINUSE`.
    public let code: Int32
    /// The name of the system call, for example `bind`.
    public let call: String

    /// An error with a known code.
    public init(code: Int32, call: String) {
        self.code = code
        self.call = call
    }

    /// The error of the call that just failed on this thread.
    static func last(_ call: String) -> SystemError {
        SystemError(code: errno, call: call)
    }

    /// The call and the C library's sentence for the code, for example `bind: Address already in use`.
    public var description: String {
        // strerror is safe between threads since glibc 2.32 (the unknown-code buffer is thread-local).
        guard let text = strerror(code) else { return "\(call): error \(code)" }
        return "\(call): \(String(cString: text))"
    }

    /// The C library's sentence for the code.
    public var reason: String { strerror(code).map { String(cString: $0) } ?? "error \(code)" }

    /// Whether the other end simply went away: nothing an operator has to know about.
    public var isDisconnect: Bool {
        switch code {
        case ECONNRESET, ECONNABORTED, EPIPE, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH: true
        default: false
        }
    }
}
