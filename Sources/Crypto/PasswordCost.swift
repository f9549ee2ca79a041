// How much work one password hash is.

/// A yescrypt cost, 1...11; each step doubles time and memory.
///
/// Measured on one 2020s server core: 1 is 1 ms and 1 MiB, 3 is 4 ms and 4 MiB, 5 is 17 ms and 16 MiB, 6 is
/// 35 ms and 32 MiB, 8 is 149 ms and 128 MiB, 10 is 620 ms and 512 MiB.
public struct PasswordCost: Sendable, Hashable {
    /// The costs there are.
    public static let range = 1...11

    /// For tests: a hash takes 1 ms.
    public static let fastest = PasswordCost(unchecked: 1)

    /// The first cost above the minimum that OWASP gives for argon2id: 32 MiB.
    public static let recommended = PasswordCost(unchecked: 6)

    /// The memory of one hash, in bytes.
    public var memoryBytes: Int { 1 << (19 + value) }

    /// The number, as configured.
    public let value: Int

    /// Nil outside 1...11.
    public init?(_ value: Int) {
        guard Self.range.contains(value) else { return nil }
        self.value = value
    }

    private init(unchecked value: Int) {
        self.value = value
    }

    /// The first characters of a hash of this cost, for instance `$y$jAT$`.
    ///
    /// After the flavour `j` come the logarithm of the number of blocks and the block size, both less one and
    /// in crypt's base 64 (`./0-9A-Za-z`): sizes 8 (`5`) and 32 (`T`).
    public var prefix: String { "$y$j\(Self.parameters[value - 1])$" }

    private static let parameters = ["75", "85", "7T", "8T", "9T", "AT", "BT", "CT", "DT", "ET", "FT"]
}
