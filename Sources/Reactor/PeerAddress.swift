// The peer's address, as text and as a key.
import CLinux
import Glibc

/// The address of a peer without its port: cheap to copy, compare and hash; text only when asked for.
public struct PeerAddress: Hashable, Sendable, CustomStringConvertible {
    /// The kind of socket between us and the peer.
    public enum Family: UInt8, Sendable {
        /// IPv4, also when it arrived through an IPv6 socket (`::ffff:a.b.c.d`).
        case ipv4
        /// IPv6.
        case ipv6
        /// A Unix socket: no address, all peers are equal.
        case unix
    }

    /// The kind of address.
    public let family: Family
    /// The first 64 bits of the address in network order read as a number; 0 for IPv4 and Unix.
    public let high: UInt64
    /// The last 64 bits; for IPv4 its 32 bits; 0 for Unix.
    public let low: UInt64

    /// An address from its bits.
    public init(family: Family, high: UInt64, low: UInt64) {
        self.family = family
        self.high = high
        self.low = low
    }

    /// The peer of a Unix socket.
    public static let unix = PeerAddress(family: .unix, high: 0, low: 0)

    /// The system's user at the other end of a Unix socket, as it was when that connected; nil for other sockets.
    public static func user(of descriptor: borrowing Descriptor) -> UInt32? {
        var user: uid_t = 0
        return clinux_peer_user(descriptor.number, &user) == 0 ? user : nil
    }

    /// Reads a numeric address as people write it, `::ffff:192.0.2.1` as the IPv4 address that it is; nil for all else.
    public init?(numeric text: some StringProtocol) {
        let text = String(text)
        var v4 = in_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(family: .ipv4, high: 0, low: UInt64(UInt32(bigEndian: v4.s_addr)))
            return
        }
        var v6 = in6_addr()
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        let (high, low) = withUnsafeBytes(of: v6) { raw in
            (
                UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        self.init(ipv6: high, low)
    }

    /// An IPv6 address; an IPv4 peer of a dual-stack socket is an IPv4 peer (RFC 4291 section 2.5.5.2).
    private init(ipv6 high: UInt64, _ low: UInt64) {
        let isMapped = high == 0 && low >> 32 == 0xffff
        self.init(family: isMapped ? .ipv4 : .ipv6, high: high, low: isMapped ? low & 0xffff_ffff : low)
    }

    /// Reads what `accept4` filled in; anything but IPv4 and IPv6 is `unix`.
    init(_ storage: UnsafeRawBufferPointer) {
        let family = storage.load(as: sa_family_t.self)
        switch Int32(family) {
        case AF_INET:
            let address = storage.load(as: sockaddr_in.self).sin_addr.s_addr
            self.init(family: .ipv4, high: 0, low: UInt64(UInt32(bigEndian: address)))
        case AF_INET6:
            let offset = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8
            let high = UInt64(bigEndian: storage.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let low = UInt64(bigEndian: storage.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
            self.init(ipv6: high, low)
        default:
            self = .unix
        }
    }

    /// The key to count one peer by: an IPv4 address, or the /64 of an IPv6 one, since that is what one subscriber
    /// is given whole.
    public var subscriber: PeerAddress {
        family == .ipv6 ? PeerAddress(family: .ipv6, high: high, low: 0) : self
    }

    /// The usual text: `192.0.2.1`, `2001:db8::1` (RFC 5952) or `unix`.
    public var description: String {
        switch family {
        case .unix:
            return "unix"
        case .ipv4:
            return dottedDecimal
        case .ipv6:
            var bits = (high.bigEndian, low.bigEndian)
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            guard inet_ntop(AF_INET6, &bits, &text, socklen_t(text.count)) != nil else { return "?" }
            return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "?" }
        }
    }

    /// Written digit by digit: each line of an access log holds one, and interpolation takes ten times as long.
    private var dottedDecimal: String {
        String(unsafeUninitializedCapacity: 15) { text in
            var count = 0
            for shift: UInt64 in [24, 16, 8, 0] {
                let octet = UInt8(truncatingIfNeeded: low >> shift)
                if shift < 24 {
                    text[count] = UInt8(ascii: ".")
                    count += 1
                }
                if octet >= 100 {
                    text[count] = 0x30 + octet / 100
                    count += 1
                }
                if octet >= 10 {
                    text[count] = 0x30 + octet / 10 % 10
                    count += 1
                }
                text[count] = 0x30 + octet % 10
                count += 1
            }
            return count
        }
    }
}
