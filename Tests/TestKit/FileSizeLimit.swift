// A full disk, as a process sees it: files that can't grow.

extension TestServer {
    /// Lets the server make no file longer than so many bytes, or `unlimited`: to SQLite that is a disk that is full.
    ///
    /// Its child processes inherit the limit.
    public func limitFileSize(to bytes: String) async throws {
        // Not Foundation's Process, which reads beyond a buffer of its own while it looks for open descriptors.
        let folder = try TemporaryFolder()
        let process = try ChildProcess(
            path: "/usr/bin/prlimit",
            arguments: ["--pid", "\(try processID)", "--fsize=\(bytes):"],
            errorPath: folder.path + "/stderr"
        )
        let status = try await onOwnThread { try process.waitForExit(withinSeconds: Deadline.patience) }
        guard status == .exited(code: 0) else {
            throw TestApp.SetupFailure(description: "prlimit: \(status)")
        }
    }
}
