// The client's address behind a proxy: read only where the operator says that the proxy is to be trusted.

import CLinux
import Glibc
import HTTP
import Reactor

extension PeerAddress {
    /// The address that the nearest proxy saw: the last one of `X-Forwarded-For`, which it wrote itself.
    ///
    /// - Returns: nil where there is none, or not a numeric one.
    init?(forwardedFor head: RequestHead) {
        guard let last = head.values("x-forwarded-for").last?.split(separator: ",").last else { return nil }
        let text = String(last.drop { $0 == " " }.prefix { $0 != " " })
        var bytes = in6_addr()
        if inet_pton(AF_INET6, text, &bytes) == 1 {
            let halves = withUnsafeBytes(of: bytes) { raw in
                (
                    raw.loadUnaligned(as: UInt64.self).bigEndian,
                    raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self).bigEndian
                )
            }
            self.init(family: .ipv6, high: halves.0, low: halves.1)
            return
        }
        var address = in_addr()
        guard inet_pton(AF_INET, text, &address) == 1 else { return nil }
        self.init(family: .ipv4, high: 0, low: UInt64(UInt32(bigEndian: address.s_addr)))
    }
}
