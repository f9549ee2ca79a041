// Load from wrk: the same script and the same header for ours and for the yardstick.

import CLinux
import Glibc

/// wrk (Debian's package) with one thread and 32 keep-alive connections, asking for all users of a seed in turn.
struct WrkLoad {
    private let program: String
    private let script: String
    private let token: String
    private let seconds: Int
    private let errorPath: String

    /// Writes the script.
    ///
    /// - Returns: nil where wrk isn't installed.
    init?(_ seed: Seed, token: String, seconds: Int, in place: Workplace) throws {
        guard let program = Program.find("wrk") else { return nil }
        self.program = program
        self.token = token
        self.seconds = seconds
        let folder = try place.freshFolder("wrk")
        script = folder + "/users.lua"
        errorPath = folder + "/stderr"
        try Program.write(Self.text(users: seed.users), to: script)
    }

    /// One run.
    ///
    /// - Throws: when a connection failed or a reply wasn't 2xx or 3xx.
    func run(port: UInt16) throws -> (requests: Int, seconds: Double) {
        let lines = try ChildProcess.output(
            of: program,
            [
                "-t1", "-c32", "-d\(seconds)s", "-s", script, "-H", "Authorization: Bearer \(token)",
                "http://127.0.0.1:\(port)",
            ],
            errorPath: errorPath
        )
        let words = lines.last { $0.hasPrefix("measured ") }?.split(separator: " ").dropFirst().compactMap {
            Int($0)
        }
        guard let words, words.count == 3 else { throw BenchmarkError("wrk printed no result") }
        guard words[2] == 0 else { throw BenchmarkError("\(words[2]) requests failed under load") }
        guard words[0] > 0, words[1] > 0 else { throw BenchmarkError("no request was answered under load") }
        return (words[0], Double(words[1]) / 1e6)
    }

    /// Makes each request once and walks over them in steps, so that neighbours in the file don't follow each other.
    private static func text(users: Int) -> String {
        """
        local requests, position = {}, 0

        function init(arguments)
          for number = 1, \(users) do
            requests[number] = wrk.format("GET", string.format("/\(Seed.organization)/\(Seed.application)/users/user%07d", number))
          end
        end

        function request()
          position = (position + 7919) % \(users)
          return requests[position + 1]
        end

        function done(summary, latency, requests)
          local errors = summary.errors
          local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
          io.write(string.format("measured %d %d %d\\n", summary.requests, summary.duration, failed))
        end

        """
    }
}

/// Programs of the system.
enum Program {
    /// The path of an executable in the folders where Debian puts them; nil when it isn't installed.
    static func find(_ name: String) -> String? {
        ["/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"].map { $0 + name }
            .first { access($0, X_OK) == 0 }
    }

    /// Writes a fresh small file.
    static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    /// The same of bytes.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = clinux_open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchmarkError.last("open \(path)") }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw BenchmarkError.last("write \(path)")
        }
    }
}
