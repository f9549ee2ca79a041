// The yardstick of reads: nginx with a constant answer.

import CLinux
import Glibc
import Reactor

/// nginx (Debian's package), one process, that answers every request with the same bytes.
final class NginxYardstick {
    let port: UInt16
    private let child: ChildProcess

    /// Its one process, which does all the work.
    var processID: pid_t { child.processID }

    /// Starts nginx and returns when it answers.
    ///
    /// - Parameter logs: whether it writes a line for each request, as gathered as ours.
    /// - Returns: nil where nginx isn't installed.
    init?(body: [UInt8], logs: Bool = false, in place: Workplace) throws {
        guard let program = Program.find("nginx") else { return nil }
        let folder = try place.freshFolder(logs ? "nginx-logging" : "nginx")
        port = try Self.freePort()
        try Program.write(
            Self.configuration(body: body, logs: logs, port: port, folder: folder),
            to: folder + "/nginx.conf"
        )
        child = try ChildProcess(
            program,
            ["-p", folder, "-c", folder + "/nginx.conf", "-e", folder + "/error.log"],
            errorPath: folder + "/stderr"
        )
        try check(body, folder)
    }

    /// Asks until it answers, and holds the answer to the body.
    private func check(_ body: [UInt8], _ folder: String) throws {
        let start = Clock.nanoseconds()
        while true {
            do {
                var connection = try HTTPConnection(port: port)
                let reply = try connection.exchangeOK(Array("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8))
                guard reply.body == body else {
                    throw BenchmarkError("nginx answers another body than it was given")
                }
                return
            } catch {
                guard Clock.seconds(since: start) < 5 else {
                    throw BenchmarkError("nginx doesn't answer (\(error)); see \(folder)/error.log")
                }
                usleep(10_000)
            }
        }
    }

    private static func configuration(body: [UInt8], logs: Bool, port: UInt16, folder: String) -> String {
        """
        daemon off;
        master_process off;
        worker_processes 1;
        pid \(folder)/nginx.pid;
        error_log \(folder)/error.log;
        events { worker_connections 1024; }
        http {
          access_log \(logs ? "\(folder)/access.log combined buffer=32k flush=1s" : "off");
          default_type application/json;
          keepalive_requests 1000000000;
          keepalive_timeout 75s;
          client_body_temp_path \(folder)/body;
          proxy_temp_path \(folder)/proxy;
          fastcgi_temp_path \(folder)/fastcgi;
          uwsgi_temp_path \(folder)/uwsgi;
          scgi_temp_path \(folder)/scgi;
          server {
            listen 127.0.0.1:\(port);
            location / { return 200 '\(String(decoding: body, as: UTF8.self))'; }
          }
        }

        """
    }

    /// A port that was free a moment ago: nginx can't be asked for one.
    private static func freePort() throws -> UInt16 {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard number >= 0 else { throw BenchmarkError.last("socket") }
        let descriptor = Descriptor(owning: number)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor.number, $0, length) == 0 ? getsockname(descriptor.number, $0, &length) : -1
            }
        }
        guard code == 0 else { throw BenchmarkError.last("bind") }
        return UInt16(bigEndian: address.sin_port)
    }
}
