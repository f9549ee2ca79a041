// Random bytes from the kernel, and a source of them as a value for code that tests have to repeat.

import CLinux
import Glibc

/// The kernel's cryptographic generator.
public enum Random {
    /// Fills a buffer through getrandom(2): one call up to 256 bytes, which the kernel never cuts short.
    ///
    /// The only expected failure is an interruption, and it is retried. Should the kernel have no generator
    /// at all the process stops, since nothing it could go on with would be unpredictable.
    public static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = getrandom(rest.baseAddress, rest.count, 0)
            if count > 0 {
                filled += count
            } else {
                precondition(count < 0 && errno == EINTR, "The kernel's random generator is not available.")
            }
        }
    }

    /// Unpredictable bytes.
    public static func bytes(count: Int) -> [UInt8] {
        RandomSource.system.bytes(count: count)
    }

    /// The base64url text of `byteCount` unpredictable bytes: 16 of them are 22 characters, 32 are 43.
    public static func identifier(byteCount: Int) -> String {
        RandomSource.system.identifier(byteCount: byteCount)
    }
}

/// Where random bytes come from, passed to code whose tests need to know them.
public struct RandomSource: Sendable {
    /// Fills the whole buffer; callable from any thread.
    public let fill: @Sendable (UnsafeMutableRawBufferPointer) -> Void

    /// A source that calls `fill`.
    public init(fill: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void) {
        self.fill = fill
    }

    /// The kernel's generator.
    public static let system = RandomSource(fill: Random.fill)

    /// Bytes of this source.
    public func bytes(count: Int) -> [UInt8] {
        precondition(count >= 0, "A number of random bytes is not negative.")
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            fill(UnsafeMutableRawBufferPointer(buffer))
            filled = count
        }
    }

    /// The base64url text of `byteCount` bytes of this source.
    public func identifier(byteCount: Int) -> String {
        Base64URL.encode(bytes(count: byteCount))
    }

    /// 64 bits of this source.
    public func integer() -> UInt64 {
        var value: UInt64 = 0
        Swift.withUnsafeMutableBytes(of: &value) { fill($0) }
        return value
    }
}
