// Password hashing with yescrypt, and verification of any modular-crypt hash, through crypt_rn(3).

import CLinux
import Glibc

/// One worker's password hashing: the 32 KiB of memory that crypt(3) works in, erased after every use.
///
/// Each call takes as long as its cost says (35 ms at the recommended one) and, for yescrypt, as much memory
/// again from the C library for its duration. Not `Sendable`: a worker thread has its own, and an event loop
/// none.
public final class PasswordHasher {
    // The layout is public: output, setting and passphrase fields come first (crypt.h).
    private static let dataBytes = 32_768
    private static let settingOffset = Int(CRYPT_OUTPUT_SIZE)
    private static let passphraseOffset = 2 * Int(CRYPT_OUTPUT_SIZE)
    private static let saltBytes = 16

    private let random: RandomSource
    private let computing: () -> Void
    private let data: UnsafeMutableRawBufferPointer

    /// Allocates the work memory; salts come from `random`.
    ///
    /// - Parameter computing: called at the beginning of each computation of a hash, the only slow thing here.
    public init(random: RandomSource = .system, computing: @escaping () -> Void = {}) {
        self.random = random
        self.computing = computing
        data = .allocate(byteCount: Self.dataBytes, alignment: 16)
        clinux_erase(data.baseAddress, data.count)
    }

    deinit {
        data.deallocate()
    }

    /// The yescrypt hash of a password with a fresh salt: 73 characters of ASCII, its cost readable in front.
    ///
    /// Throws `empty`, `containsNUL` or `tooLong` before any work, `hashingFailed` when the C library can't.
    public func hash(_ password: UnsafeRawBufferPointer, cost: PasswordCost) throws(PasswordProblem) -> String
    {
        try PasswordHash.check(password)
        return try crypt(password, setting: try setting(cost))
    }

    /// The yescrypt hash of a password's bytes.
    public func hash(_ password: [UInt8], cost: PasswordCost) throws(PasswordProblem) -> String {
        try Self.lend(password) { (bytes) throws(PasswordProblem) in try hash(bytes, cost: cost) }
    }

    /// The yescrypt hash of a password's UTF-8 bytes, taken as they are.
    public func hash(_ password: String, cost: PasswordCost) throws(PasswordProblem) -> String {
        try hash(Array(password.utf8), cost: cost)
    }

    /// Whether `stored` is a hash of the password; the hashes are compared in constant time.
    ///
    /// Takes any scheme of crypt(5) that writes `$scheme$…`, so that users can be imported with the hashes
    /// they have. Throws `empty`, `containsNUL` or `tooLong` for the password and `unusableHash` for the hash
    /// before any work, `hashingFailed` when the C library can't.
    public func verify(
        _ password: UnsafeRawBufferPointer,
        against stored: String
    ) throws(PasswordProblem) -> Bool {
        try PasswordHash.check(password)
        guard let known = ModularCryptHash(stored) else { throw .unusableHash }
        return constantTimeEquals(try crypt(password, setting: known.text), stored)
    }

    /// Whether `stored` is a hash of the password's bytes.
    public func verify(_ password: [UInt8], against stored: String) throws(PasswordProblem) -> Bool {
        try Self.lend(password) { (bytes) throws(PasswordProblem) in try verify(bytes, against: stored) }
    }

    /// Whether `stored` is a hash of the password's UTF-8 bytes.
    public func verify(_ password: String, against stored: String) throws(PasswordProblem) -> Bool {
        try verify(Array(password.utf8), against: stored)
    }

    /// A yescrypt setting: the cost and a fresh salt.
    private func setting(_ cost: PasswordCost) throws(PasswordProblem) -> String {
        let salt = random.bytes(count: Self.saltBytes).map { CChar(bitPattern: $0) }
        return try withUnsafeTemporaryAllocation(
            of: CChar.self,
            capacity: Int(CRYPT_GENSALT_OUTPUT_SIZE)
        ) { (target) throws(PasswordProblem) in
            let made = crypt_gensalt_rn(
                "$y$",
                UInt(cost.value),
                salt,
                Int32(salt.count),
                target.baseAddress,
                Int32(target.count)
            )
            guard let made else { throw .hashingFailed(errno: errno) }
            return String(cString: made)
        }
    }

    /// crypt_rn(3) on copies of its operands in the work memory, which is erased before this returns.
    private func crypt(
        _ password: UnsafeRawBufferPointer,
        setting: String
    ) throws(PasswordProblem) -> String {
        computing()
        // The memory is all zeros here, so whatever is copied into it ends with a NUL.
        defer { clinux_erase(data.baseAddress, data.count) }
        let passphrase = UnsafeMutableRawBufferPointer(rebasing: data[Self.passphraseOffset...])
        let settingCopy = UnsafeMutableRawBufferPointer(rebasing: data[Self.settingOffset...])
        passphrase.copyMemory(from: password)
        settingCopy.copyBytes(from: setting.utf8)
        let result = crypt_rn(
            passphrase.baseAddress?.assumingMemoryBound(to: CChar.self),
            settingCopy.baseAddress?.assumingMemoryBound(to: CChar.self),
            data.baseAddress,
            Int32(data.count)
        )
        guard let result else { throw .hashingFailed(errno: errno) }
        // crypt_rn answers NULL, but the functions beside it answer a text with a star; neither is a hash.
        guard result.pointee != CChar(UInt8(ascii: "*")) else { throw .hashingFailed(errno: EINVAL) }
        return String(cString: result)
    }

    private static func lend<Result>(
        _ bytes: [UInt8],
        _ body: (UnsafeRawBufferPointer) throws(PasswordProblem) -> Result
    ) throws(PasswordProblem) -> Result {
        try bytes.withUnsafeBufferPointer { (bytes) throws(PasswordProblem) in
            try body(UnsafeRawBufferPointer(bytes))
        }
    }
}
