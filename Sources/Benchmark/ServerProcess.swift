// The real executable, serving a data folder on a free port.

import Glibc

/// One running server; it ends with the value.
final class ServerProcess {
    /// The port it announced.
    let port: UInt16
    private let child: ChildProcess

    /// Starts a server and returns when it says that it listens.
    ///
    /// - Parameter words: what stands before `serve`, where another program runs the executable.
    init(_ executable: String, before words: [String] = [], data: String, flags: [String] = []) throws {
        let log = data + ".log"
        child = try ChildProcess(
            executable,
            words + ["serve", "--host", "127.0.0.1", "--port", "0", "--data", data] + flags,
            errorPath: log
        )
        while let line = child.readLine() {
            guard line.hasPrefix("listening on http://") else { continue }
            guard let digits = line.split(separator: ":").last, let port = UInt16(digits) else { break }
            self.port = port
            return
        }
        throw BenchmarkError("parley serve did not say where it listens; its log is \(log)")
    }

    /// Its process id.
    var processID: pid_t { child.processID }

    /// Ends it as an operator does.
    func stop() throws {
        let status = child.end(SIGTERM)
        guard status == 0 else { throw BenchmarkError("parley serve ended with wait status \(status)") }
    }

    /// A connection to it.
    func connect() throws -> HTTPConnection { try HTTPConnection(port: port) }
}
