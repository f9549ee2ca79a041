// What an operator meets: a log that nobody reads, signals, long paths, mistyped variables, busy ports.

import Foundation
import TestKit
import Testing

@Suite struct OperationTests {
    /// A server whose standard error is a pipe that this end holds.
    private final class PipedServer: Sendable {
        let process: ChildProcess
        let port: Int
        let folder: TemporaryFolder
        private let reading: Int32

        init(flags: [String] = []) throws {
            folder = try TemporaryFolder()
            let path = folder.path + "/stderr"
            try #require(mkfifo(path, 0o600) == 0)
            reading = open(path, O_RDWR | O_NONBLOCK)
            try #require(reading >= 0)
            process = try ChildProcess(
                path: try Project.binaryPath(),
                arguments: ["serve", "--port", "0", "--data", folder.path + "/data"]
                    + TestServer.standardFlags + flags,
                errorPath: path
            )
            let found = process.output.wait(until: Deadline()) { text in
                text.split(separator: "\n").first { $0.hasPrefix("listening on ") && text.contains("\n") }
                    .flatMap { Int($0.split(separator: ":").last ?? "") }
            }
            port = try #require(found)
        }

        deinit {
            process.kill(SIGKILL)
            close(reading)
        }

        /// What can be read now.
        func read() -> String {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            while case let count = Foundation.read(reading, &chunk, chunk.count), count > 0 {
                bytes += chunk[..<count]
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test func `a log that nobody reads holds up neither requests nor the end`() async throws {
        let server = try await onOwnThread { try PipedServer() }
        try await onOwnThread {
            let client = HTTPClient(port: server.port)
            // Some 250 bytes of log each: many times what a pipe and the buffer take.
            for _ in 0..<8000 {
                #expect(try client.sendBlocking(HTTPRequest("GET", "/healthz")).status == 200)
            }
            // The reader is back.
            let deadline = Deadline()
            var told = ""
            while !told.contains("log lines lost"), !deadline.hasPassed {
                told = String((told + server.read()).suffix(4000))
                _ = try client.sendBlocking(HTTPRequest("GET", "/healthz"))
            }
            #expect(told.contains("\"event\":\"log lines lost\",\"lines\":"))
            for _ in 0..<8000 { _ = try client.sendBlocking(HTTPRequest("GET", "/healthz")) }
            server.process.kill(SIGTERM)
            #expect(try server.process.waitForExit(withinSeconds: 10) == .exited(code: 0))
        }
    }

    @Test func `the log says what started, how it ended, and who called`() async throws {
        let server = try await TestServer.start(
            flags: ["--trust-proxy", "127.0.0.1"],
            environment: ["PARLEY_PROT": "9000", "PARLEY_LOOPS": "1"]
        )
        let app = try await server.makeApp()
        let token = try await app.freshToken()
        try await app.register("ann")
        let user = try await app.userToken("ann", password: "123")
        _ = try await app.call("GET", "/users/ann", token: token)
        _ = try await app.call("GET", "/users/ann", token: user)
        let id = try server.processID
        try await server.stop()
        let entries = server.logEntries()
        let start = try #require(entries.first { $0["event"]?.string == "start" })
        #expect(start["version"]?.string?.isEmpty == false)
        #expect(start["pid"]?.integer == Int64(id))
        #expect(start["folder"]?.string?.hasSuffix("/data") == true)
        #expect(start["flags"]?["trust-proxy"]?.string == "127.0.0.1")
        #expect(start["flags"]?["loops"]?.string == "1")
        #expect(start["flags"]?["keep-alive-seconds"]?.string == "130")
        let unknown = try #require(entries.first { $0["event"]?.string == "unknown setting" })
        #expect(unknown["variable"]?.string == "PARLEY_PROT")
        #expect(unknown["note"]?.string?.contains("PARLEY_PORT") == true)
        let callers = entries.filter {
            $0["path"]?.string == "\(app.prefix)/users/ann" && $0["method"]?.string == "GET"
        }
        #expect(
            callers.map { $0["caller"]?.string } == ["client:\(app.credentials.clientID)", "user:ann"]
        )
        #expect(callers.allSatisfy { "/" + ($0["application"]?.string ?? "") == app.prefix })
        #expect(entries.contains { $0["caller"]?.string == "operator:\(getuid())" })
        #expect(entries.contains { $0["event"]?.string == "draining" && $0["reason"]?.string == "SIGTERM" })
        #expect(entries.last?["event"]?.string == "stop")
    }

    @Test func `SIGHUP opens the log file anew, also under load, and SIGUSR1 does nothing`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/log"
        let server = try await TestServer.start(flags: ["--log-file", path])
        let client = try server.client()
        func text(_ path: String) -> String {
            String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        }
        let watcher = try server.client()
        let load = Task {
            for _ in 0..<500 {
                let status = try await client.get("/healthz").status
                #expect(status == 200)
            }
        }
        for number in 0..<5 {
            try? FileManager.default.moveItem(atPath: path, toPath: path + ".\(number)")
            try server.signal(SIGHUP)
            try server.signal(SIGUSR1)
            let deadline = Deadline()
            while !text(path).contains("reload"), !deadline.hasPassed {
                _ = try await watcher.get("/readyz")
            }
        }
        _ = try await load.value
        #expect(try await server.stop() == .exited(code: 0))
        let all = ([path] + (0..<5).map { path + ".\($0)" }).map(text).joined()
        let lines = all.split(separator: "\n").compactMap { try? TestJSON(parsing: String($0)) }
        let asked = lines.filter { $0["path"]?.string == "/healthz" }
        #expect(asked.count == 500)
        let reloads = lines.filter { $0["event"]?.string == "reload" }
        #expect(reloads.count == 5)
        #expect(reloads.allSatisfy { $0["problem"] == nil })
        #expect(!server.log().contains("healthz"))
    }

    @Test func `a data folder at a path of 200 bytes works`() async throws {
        let folder = try TemporaryFolder()
        let path =
            folder.path + "/" + String(repeating: "d", count: 100) + "/" + String(repeating: "e", count: 100)
        let made = try await onOwnThread {
            try CommandLineRun.runBlocking(["app", "create", "a/b", "--data", path])
        }
        #expect(made.succeeded, "\(made.errors)")
        let process = try await onOwnThread {
            let process = try ChildProcess(
                path: try Project.binaryPath(),
                arguments: ["serve", "--port", "0", "--data", path],
                errorPath: folder.path + "/stderr"
            )
            _ = process.output.wait(until: Deadline()) { $0.contains("listening on") ? true : nil }
            let listed = try CommandLineRun.runBlocking(["app", "list", "--data", path])
            #expect(listed.succeeded && listed.output.contains("a/b"), "\(listed.errors)")
            return process
        }
        process.kill(SIGTERM)
        #expect(try await onOwnThread { try process.waitForExit(withinSeconds: 20) } == .exited(code: 0))
    }

    @Test func `a start that can't be says why in one sentence`() async throws {
        let server = try await TestServer.start()
        let port = try server.port
        let (busy, list, both) = try await onOwnThread {
            let folder = try TemporaryFolder()
            func serve(_ flags: [String]) throws -> CommandLineRun {
                try CommandLineRun.runBlocking(["serve"] + flags)
            }
            return (
                try serve(["--port", "\(port)", "--data", folder.path + "/d"]),
                try serve(["--trust-proxy", "127.0.0.1,nonsense/9", "--data", folder.path + "/d"]),
                try serve(["--port", "0", "--data", server.dataPath])
            )
        }
        #expect(busy.status == .exited(code: 1))
        #expect(busy.errors.contains("127.0.0.1 port \(port): Address already in use"))
        #expect(list.status == .exited(code: 64))
        #expect(list.errors.contains("not \"nonsense/9\""))
        #expect(both.status == .exited(code: 1))
        #expect(both.errors.contains("in use by process"))
    }

    @Test func `a library that moves the environment takes no arguments away`() async throws {
        let folder = try TemporaryFolder()
        try Data(
            """
            #include <stdlib.h>
            __attribute__((constructor)) static void change(void) { setenv("A_NEW_VARIABLE", "1", 1); }
            """.utf8
        ).write(to: URL(fileURLWithPath: folder.path + "/set.c"))
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = [
            "clang", "-shared", "-fPIC", "-o", folder.path + "/set.so", folder.path + "/set.c",
        ]
        try compiler.run()
        compiler.waitUntilExit()
        let run = try await onOwnThread {
            try CommandLineRun.runBlocking(["version"], environment: ["LD_PRELOAD": folder.path + "/set.so"])
        }
        #expect(run.succeeded && !run.output.isEmpty, "\(run.errors)")
    }

    @Test(.enabled(if: getuid() == 0))
    func `what root makes in a folder of somebody else's is that one's`() async throws {
        let folder = try TemporaryFolder()
        try #require(chown(folder.path, 1234, 1234) == 0)
        let run = try await onOwnThread {
            try CommandLineRun.runBlocking(["app", "create", "a/b", "--data", folder.path])
        }
        #expect(run.succeeded, "\(run.errors)")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            var status = stat()
            #expect(lstat(folder.path + "/" + name, &status) == 0)
            #expect(status.st_uid == 1234 && status.st_gid == 1234, "\(name)")
        }
    }

    @Test func `sockets through a trusted proxy are bounded by their clients' addresses`() async throws {
        let server = try await TestServer.start(
            flags: ["--trust-proxy", "127.0.0.1", "--connections-per-address", "3"]
        )
        let app = try await server.makeApp()
        let port = try server.port
        try await onOwnThread {
            /// A socket that lives as long as its box.
            final class Held {
                var socket: RawSocket
                var status = 0
                init(_ socket: consuming RawSocket) { self.socket = socket }
            }
            func open(_ client: String) throws -> Held {
                let held = Held(try RawSocket(port: port))
                try held.socket.send(
                    "GET \(app.prefix)/gateway HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "X-Forwarded-For: \(client)\r\n\r\n"
                )
                held.status = try held.socket.readResponse().status
                return held
            }
            var held: [Held] = []
            for client in ["192.0.2.1", "192.0.2.2"] {
                let statuses = try (0..<4).map { _ in
                    held.append(try open(client))
                    return held[held.count - 1].status
                }
                #expect(statuses == [101, 101, 101, 503])
            }
        }
        let metrics = try await server.client().get("/metrics").text
        #expect(metrics.contains("parley_refusals_total{reason=\"address\"} 2"))
        try await server.stop()
        let told = server.logEntries().filter {
            $0["event"]?.string == "refused" && $0["reason"]?.string == "address"
        }
        // The first one at once, further ones once a minute and at the stop.
        #expect(told.compactMap { $0["count"]?.integer } == [1, 1])
    }
}
