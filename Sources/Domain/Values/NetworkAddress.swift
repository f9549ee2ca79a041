// Addresses of the internet protocol and ranges of them: what a webhook may reach.

/// An address of version 4 or 6; one of version 4 inside of version 6 counts as version 4.
public struct NetworkAddress: Equatable, Sendable {
    /// The 16 bytes; those of version 4 stand in the last four.
    public let bytes: [UInt8]
    /// Whether it is of version 4.
    public let isVersion4: Bool

    /// Four bytes of version 4, or sixteen of version 6; nil for another count.
    public init?(bytes: some Collection<UInt8>) {
        switch bytes.count {
        case 4:
            self.bytes = Array(repeating: 0, count: 12) + bytes
            isVersion4 = true
        case 16:
            let all = Array(bytes)
            // ::ffff:0:0/96, as a socket of version 6 shows a peer of version 4.
            isVersion4 = all.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
            self.bytes = isVersion4 ? Array(repeating: 0, count: 12) + all.suffix(4) : all
        default: return nil
        }
    }

    /// Reads an address as resolvers do: version 4 also with fewer parts, in octal and in hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8.contains(UInt8(ascii: ":")) ? Self.version6(text) : Self.version4(text)
        guard let bytes else { return nil }
        self.init(bytes: bytes)
    }

    private static func version4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { number(String($0)) }
        guard (1...4).contains(parts.count), let last = parts.last, let last else { return nil }
        var bytes: [UInt8] = []
        for part in parts.dropLast() {
            guard let part, part < 256 else { return nil }
            bytes.append(UInt8(part))
        }
        let rest = 4 - bytes.count
        guard last < 1 << UInt64(8 * rest) else { return nil }
        for place in (0..<rest).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: last >> UInt64(8 * place)))
        }
        return bytes
    }

    /// A part of an address of version 4: `0x` begins hexadecimal digits, `0` octal ones.
    private static func number(_ part: String) -> UInt64? {
        guard part.utf8.count <= 12, part.utf8.first != UInt8(ascii: "+") else { return nil }
        if part.hasPrefix("0x") || part.hasPrefix("0X") { return UInt64(part.dropFirst(2), radix: 16) }
        return UInt64(part, radix: part.hasPrefix("0") ? 8 : 10)
    }

    private static func version6(_ text: some StringProtocol) -> [UInt8]? {
        // A zone says by which interface, not where.
        let address = text.prefix { $0 != "%" }
        guard let gap = address.firstRange(of: "::") else {
            let bytes = groups(address)
            return bytes?.count == 16 ? bytes : nil
        }
        let (head, tail) = (address[..<gap.lowerBound], address[gap.upperBound...])
        guard let first = head.isEmpty ? [] : groups(head), let last = tail.isEmpty ? [] : groups(tail),
            first.count + last.count <= 14
        else { return nil }
        return first + Array(repeating: 0, count: 16 - first.count - last.count) + last
    }

    private static func groups(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
                guard let end = version4(part) else { return nil }
                return bytes + end
            }
            guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16) else { return nil }
            bytes += [UInt8(group >> 8), UInt8(truncatingIfNeeded: group)]
        }
        return bytes
    }
}

/// A range of addresses in CIDR notation, `10.0.0.0/8`.
public struct NetworkRange: Equatable, Sendable {
    private let address: NetworkAddress
    private let bits: Int

    /// Reads a range, or an address that stands for itself.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = NetworkAddress(first) else { return nil }
        let width = address.isVersion4 ? 32 : 128
        guard let bits = parts.count == 2 ? Int(parts[1]) : width, (0...width).contains(bits) else {
            return nil
        }
        self.address = address
        self.bits = bits
    }

    /// Whether an address is in it.
    public func contains(_ other: NetworkAddress) -> Bool {
        guard other.isVersion4 == address.isVersion4 else { return false }
        let start = address.isVersion4 ? 96 : 0
        for bit in start..<start + bits {
            let mask: UInt8 = 0x80 >> UInt8(bit % 8)
            if (address.bytes[bit / 8] ^ other.bytes[bit / 8]) & mask != 0 { return false }
        }
        return true
    }
}

/// The addresses that webhooks may be sent to: public ones, and what the operator allows beside them.
public struct WebhookNetworks: Equatable, Sendable {
    /// The networks that are allowed though they aren't public.
    public let allowed: [NetworkRange]

    /// Public addresses and these ranges.
    public init(allowed: [NetworkRange] = []) { self.allowed = allowed }

    /// Reads ranges separated by commas.
    public init?(_ text: String) {
        var ranges: [NetworkRange] = []
        for part in text.split(separator: ",") {
            guard let range = NetworkRange(part.trimmingSpaces) else { return nil }
            ranges.append(range)
        }
        self.init(allowed: ranges)
    }

    /// The same and this machine's own addresses.
    public var withLoopback: WebhookNetworks {
        WebhookNetworks(allowed: allowed + [Self.range("127.0.0.0/8"), Self.range("::1/128")])
    }

    /// Whether an address may be connected to.
    public func permits(_ address: NetworkAddress) -> Bool {
        if allowed.contains(where: { $0.contains(address) }) { return true }
        if !address.isVersion4, !Self.global.contains(address) { return false }
        return !Self.special.contains { $0.contains(address) }
    }

    /// The addresses of version 6 that are given out (RFC 4291 §2.4, IANA).
    private static let global = range("2000::/3")

    /// Addresses with a meaning of their own (RFC 6890): this host, private, shared, link-local, documentation,
    /// benchmarks, relays with an address of version 4 inside, multicast, reserved.
    private static let special = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16",
        "3fff::/20",
    ].map(range)

    private static func range(_ text: String) -> NetworkRange {
        guard let range = NetworkRange(text) else { preconditionFailure("\(text) is no range.") }
        return range
    }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: SubSequence {
        let start = firstIndex { $0 != " " } ?? endIndex
        let end = lastIndex { $0 != " " }.map { index(after: $0) } ?? start
        return self[start..<end]
    }
}
