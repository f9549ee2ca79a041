// HMAC-SHA-256 (RFC 2104) with a key prepared once.

/// A secret key with its inner and outer padding already hashed.
///
/// Preparing takes two compressions; each message then costs one for its outer hash and one for every 64
/// bytes (the last with 9 bytes of padding), so that authenticating up to 55 bytes is two compressions in
/// all.
public struct HMACKey: Sendable {
    private let inner: SHA256State
    private let outer: SHA256State

    /// Prepares a key of any length; more than 64 bytes are hashed first, as RFC 2104 says.
    public init(_ secret: UnsafeRawBufferPointer) {
        var block = InlineArray<64, UInt8>(repeating: 0)
        var inner = SHA256State()
        var outer = SHA256State()
        Swift.withUnsafeMutableBytes(of: &block) { block in
            if secret.count > SHA256State.blockBytes {
                SHA256.hash(secret).copyBytes(to: block)
            } else {
                block.copyMemory(from: secret)
            }
            for i in block.indices { block[i] ^= 0x36 }
            inner.compress(UnsafeRawBufferPointer(block))
            for i in block.indices { block[i] ^= 0x36 ^ 0x5c }
            outer.compress(UnsafeRawBufferPointer(block))
        }
        self.inner = inner
        self.outer = outer
    }

    /// Prepares a key of any length.
    public init(_ secret: [UInt8]) {
        self = secret.withUnsafeBytes { HMACKey($0) }
    }

    /// The tag of a message.
    public func authenticate(_ message: UnsafeRawBufferPointer) -> Digest {
        var computation = SHA256(continuing: inner, afterBytes: 64)
        computation.update(message)
        return finish(computation.finalize())
    }

    /// The tag of a message.
    public func authenticate(_ message: [UInt8]) -> Digest {
        message.withUnsafeBytes { authenticate($0) }
    }

    /// The tag of the UTF-8 bytes of a text.
    public func authenticate(_ message: String) -> Digest {
        var message = message
        return message.withUTF8 { authenticate(UnsafeRawBufferPointer($0)) }
    }

    /// Whether `tag` is the whole 32-byte tag of the message; constant time in the tag's contents.
    public func isValid(tag: UnsafeRawBufferPointer, for message: UnsafeRawBufferPointer) -> Bool {
        authenticate(message).withUnsafeBytes { constantTimeEquals($0, tag) }
    }

    private func finish(_ innerDigest: Digest) -> Digest {
        var computation = SHA256(continuing: outer, afterBytes: 64)
        innerDigest.withUnsafeBytes { computation.update($0) }
        return computation.finalize()
    }
}

extension HMACKey: CustomStringConvertible, CustomReflectable {
    /// Names the type only: a key never reaches a log by being printed.
    public var description: String { "HMACKey" }

    /// Empty, so that `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// One-shot HMAC-SHA-256, for keys that are used once.
public enum HMACSHA256 {
    /// The tag of a message under a key of any length.
    public static func authenticate(_ message: [UInt8], key: [UInt8]) -> Digest {
        HMACKey(key).authenticate(message)
    }
}
