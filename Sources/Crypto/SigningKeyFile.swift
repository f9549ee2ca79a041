// The text form of the signing keys; reading and writing the file is another module's.

/// A signing key as it is kept: the secret itself, not yet prepared.
public struct SigningKeyRecord: Sendable, Equatable {
    /// The number that tokens name the key by.
    public let id: UInt32
    /// The secret: 32...64 bytes.
    public let secret: [UInt8]
    /// When the key was made, in seconds since 1970.
    public let createdSeconds: Int64

    /// A record of a secret of 32...64 bytes, made at a time that is not negative.
    public init(id: UInt32, secret: [UInt8], createdSeconds: Int64) {
        precondition(SigningKeyFile.secretBytes.contains(secret.count), "A signing key has 32 to 64 bytes.")
        precondition(createdSeconds >= 0, "A signing key is made after 1970.")
        self.id = id
        self.secret = secret
        self.createdSeconds = createdSeconds
    }

    /// A new key of 32 random bytes.
    public static func generate(
        id: UInt32,
        createdSeconds: Int64,
        random: RandomSource = .system
    ) -> SigningKeyRecord {
        SigningKeyRecord(id: id, secret: random.bytes(count: 32), createdSeconds: createdSeconds)
    }

    /// The key, prepared.
    public var key: SigningKey { SigningKey(id: id, hmac: HMACKey(secret)) }
}

extension SigningKeyRecord: CustomStringConvertible, CustomReflectable {
    /// The id and the time only: a secret never reaches a log by being printed.
    public var description: String { "SigningKeyRecord(id: \(id), createdSeconds: \(createdSeconds))" }

    /// The id and the time only.
    public var customMirror: Mirror {
        Mirror(self, children: ["id": id, "createdSeconds": createdSeconds])
    }
}

/// Why a text is not a list of signing keys; never carries any part of a secret.
public enum SigningKeyFileProblem: Error, Equatable, Sendable {
    /// The line, counted from 1, is not `id hexkey createdSeconds`.
    case malformed(line: Int)
    /// The line's id was on an earlier line already.
    case duplicateID(line: Int)
    /// There is no key at all.
    case empty
}

/// Signing keys as text: one line a key, `id hexkey createdSeconds`, the one that signs last.
///
/// Single spaces, decimal numbers without leading zeros, hexadecimal secrets of 32...64 bytes. Empty lines
/// and lines that start with `#` say nothing.
public enum SigningKeyFile {
    static let secretBytes = 32...64

    /// The records in the order of their lines; at least one, with different ids.
    public static func parse(_ text: String) throws(SigningKeyFileProblem) -> [SigningKeyRecord] {
        var records: [SigningKeyRecord] = []
        var number = 0
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            guard let record = record(Substring(line)) else { throw .malformed(line: number) }
            guard !records.contains(where: { $0.id == record.id }) else { throw .duplicateID(line: number) }
            records.append(record)
        }
        guard !records.isEmpty else { throw .empty }
        return records
    }

    /// The text that `parse` reads these records from.
    public static func serialise(_ records: [SigningKeyRecord]) -> String {
        var text =
            "# Parley signing keys, one a line: id, secret, created (seconds). The last one signs.\n"
        for record in records {
            text += "\(record.id) \(Hex.encode(record.secret)) \(record.createdSeconds)\n"
        }
        return text
    }

    private static func record(_ line: Substring) -> SigningKeyRecord? {
        let fields = line.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 3, let id = number(fields[0], as: UInt32.self),
            let secret = Hex.decode(fields[1]), secretBytes.contains(secret.count),
            let created = number(fields[2], as: Int64.self)
        else { return nil }
        return SigningKeyRecord(id: id, secret: secret, createdSeconds: created)
    }

    private static func number<Value: FixedWidthInteger>(_ text: Substring, as: Value.Type) -> Value? {
        guard let value = Value(text), value >= 0, String(value) == text else { return nil }
        return value
    }
}

extension TokenKeys {
    /// The keys of a list, of which the last one signs; nil for an empty list.
    public init?(_ records: [SigningKeyRecord]) {
        guard let last = records.last else { return nil }
        self.init(current: last.key, previous: records.dropLast().map(\.key))
    }
}
