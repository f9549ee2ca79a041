// Messages to the service manager: the server answers, the server stops (sd_notify(3), without its library).

import CLinux
import Glibc

enum ServiceState {
    /// Sends a state such as `READY=1` to the socket that `NOTIFY_SOCKET` names; nothing without one.
    static func notify(_ state: String) {
        guard let variable = getenv("NOTIFY_SOCKET") else { return }
        let path = Array(String(cString: variable).utf8)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard (1..<room.count).contains(path.count) else { return false }
            room.copyBytes(from: path)
            // A name without a file begins with a NUL, which is written as an at sign.
            if path[0] == UInt8(ascii: "@") { room[0] = 0 }
            return true
        }
        guard fits else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let length = (MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + path.count
        let bytes = Array(state.utf8)
        _ = withUnsafeBytes(of: &address) { address in
            sendto(
                descriptor,
                bytes,
                bytes.count,
                Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
                address.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(length)
            )
        }
    }
}
