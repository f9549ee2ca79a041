// The address of a Unix socket at a path of any length.
import CLinux
import Glibc

/// A path as the kernel takes it for a Unix socket: 107 bytes at most, so a longer one goes through its folder's descriptor.
public struct UnixAddress: ~Copyable {
    private var socketAddress = sockaddr_un()
    /// The folder that a long path goes through; -1 where none is needed.
    private let folder: Int32

    /// Makes the address of a path that isn't empty and has no NUL.
    ///
    /// - Throws: `ENAMETOOLONG` where the name alone is too long; what opening the folder throws.
    public init(path: String) throws(SystemError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw SystemError(code: EINVAL, call: "bind") }
        socketAddress.sun_family = sa_family_t(AF_UNIX)
        if Self.copy(path, into: &socketAddress) {
            folder = -1
            return
        }
        let slash = path.lastIndex(of: "/")
        let parent = slash.map { String(path[..<$0]) } ?? "."
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        let opened = clinux_open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        guard opened >= 0 else { throw SystemError.last("open") }
        guard Self.copy("/proc/self/fd/\(opened)/\(name)", into: &socketAddress) else {
            close(opened)
            throw SystemError(code: ENAMETOOLONG, call: "bind")
        }
        folder = opened
    }

    /// Gives a socket this address; its listener is there when this returns.
    func bind(_ descriptor: Int32) throws(SystemError) {
        let code = withPointer { Glibc.bind(descriptor, $0, $1) }
        guard code == 0 else { throw SystemError.last("bind") }
    }

    /// Connects a socket to whoever listens there.
    public func connect(_ descriptor: Int32) throws(SystemError) {
        let code = withPointer { Glibc.connect(descriptor, $0, $1) }
        guard code == 0 else { throw SystemError.last("connect") }
    }

    private func withPointer(_ body: (UnsafePointer<sockaddr>?, socklen_t) -> Int32) -> Int32 {
        withUnsafeBytes(of: socketAddress) {
            body($0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
    }

    deinit { if folder >= 0 { close(folder) } }

    private static func copy(_ path: String, into address: inout sockaddr_un) -> Bool {
        let bytes = Array(path.utf8)
        return withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard bytes.count < room.count else { return false }
            room.copyBytes(from: bytes)
            return true
        }
    }
}
