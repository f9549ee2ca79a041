// How many descriptors the process may open: each connection is one.

import Glibc

/// The process's limit of open descriptors.
enum DescriptorLimit {
    /// Raises it as far as so many connections need, and the system allows.
    ///
    /// Most systems start programs with 1024, far below what is served here; a program has to ask for more itself.
    ///
    /// - Returns: how many may be opened; nil where they are enough, or that isn't known.
    @discardableResult
    static func raise(forConnections connections: Int) -> Int? {
        // Beside the connections: three an event loop, the database's files, sockets that linger after a refusal.
        let wanted = rlim_t(connections + 2048)
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < wanted else { return nil }
        limit.rlim_cur = min(wanted, limit.rlim_max)
        // Where that fails, fewer connections are taken: accepting waits while there is no descriptor.
        _ = setrlimit(resource, &limit)
        return limit.rlim_cur < rlim_t(connections) ? Int(limit.rlim_cur) : nil
    }
}
