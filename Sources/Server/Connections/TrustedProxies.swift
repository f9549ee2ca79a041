// The proxies whose word on a client's address is taken: a list of addresses and ranges.

import Reactor

/// Addresses and ranges of proxies that the operator trusts.
public struct TrustedProxies: Equatable, Sendable {
    /// Addresses that begin with the same bits.
    struct Range: Equatable, Sendable {
        let first: PeerAddress
        /// How many bits are compared, of 32 or 128.
        let bits: Int

        /// Reads `10.0.0.0/8`, `fd00::/8`, or an address alone; nil for all else.
        init?(_ text: some StringProtocol) {
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let address = PeerAddress(numeric: first) else { return nil }
            // A mapped address is written in the form of the other family.
            let isMapped = address.family == .ipv4 && first.contains(":")
            let width = address.family == .ipv4 && !isMapped ? 32 : 128
            var bits = width
            if parts.count == 2 {
                guard let written = Int(digits: String(parts[1])), written <= width else { return nil }
                bits = written
            }
            if isMapped { bits -= 96 }
            guard bits >= 0 else { return nil }
            self.first = address
            self.bits = bits
        }

        func contains(_ address: PeerAddress) -> Bool {
            guard address.family == first.family else { return false }
            if address.family == .ipv4 { return Self.isEqual(address.low << 32, first.low << 32, bits) }
            return Self.isEqual(address.high, first.high, bits)
                && Self.isEqual(address.low, first.low, bits - 64)
        }

        private static func isEqual(_ one: UInt64, _ other: UInt64, _ bits: Int) -> Bool {
            bits <= 0 || (one ^ other) >> UInt64(64 - min(bits, 64)) == 0
        }
    }

    private let ranges: [Range]

    /// Nobody is trusted.
    public static let none = TrustedProxies(ranges: [])

    private init(ranges: [Range]) { self.ranges = ranges }

    /// Reads a list with commas between its items; nil where one of them is neither an address nor a range.
    init?(_ list: String) {
        let items = Self.items(of: list)
        let ranges = items.compactMap { Range($0) }
        guard !items.isEmpty, ranges.count == items.count else { return nil }
        self.ranges = ranges
    }

    /// The first item of a list that is neither an address nor a range.
    static func fault(in list: String) -> String { items(of: list).first { Range($0) == nil } ?? list }

    private static func items(of list: String) -> [String] {
        list.split(separator: ",", omittingEmptySubsequences: false).map { item in
            String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// Whether an address is a trusted proxy's.
    func contains(_ address: PeerAddress) -> Bool { ranges.contains { $0.contains(address) } }
}
