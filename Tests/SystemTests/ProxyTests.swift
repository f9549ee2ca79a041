// nginx and Caddy in front, with the files of the kit and a certificate of their own.

import Foundation
import TestKit
import Testing

@Suite struct ProxyTests {
    enum Proxy: String, CaseIterable { case nginx, caddy }

    /// A running proxy before a server.
    private final class World: Sendable {
        let server: TestServer
        let folder: TemporaryFolder
        let port: Int
        let process: ChildProcess

        init(_ proxy: Proxy, _ server: TestServer, flags: [String]) throws {
            self.server = server
            folder = try TemporaryFolder()
            port = try FreePort.find()
            let path = folder.path
            let made = try KitTests.run([
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost", "-keyout", path + "/key.pem", "-out",
                path + "/cert.pem",
            ])
            try #require(made.code == 0, "\(made.text)")
            let printed = try CommandLineRun.runBlocking(
                [
                    "kit", proxy.rawValue, "--port", "\(try server.port)", "--public-url",
                    "https://localhost:\(port)",
                ] + flags
            )
            try #require(printed.succeeded, "\(printed.errors)")
            let site = printed.output.replacingOccurrences(
                of: "/etc/ssl/certs/parley.pem",
                with: path + "/cert.pem"
            )
            .replacingOccurrences(of: "/etc/ssl/private/parley.key", with: path + "/key.pem")
            let words = try Self.words(proxy, site, path, port)
            process = try ChildProcess(
                path: "/usr/bin/env",
                arguments: words,
                environment: [
                    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": path, "XDG_DATA_HOME": path,
                    "XDG_CONFIG_HOME": path,
                ],
                errorPath: path + "/stderr"
            )
            let deadline = Deadline()
            while try curl(["/healthz"]).status != 200 {
                guard !deadline.hasPassed, process.exitStatus == nil else {
                    throw DeadlinePassed(
                        description: String(
                            decoding: FileManager.default.contents(atPath: path + "/stderr") ?? Data(),
                            as: UTF8.self
                        )
                    )
                }
            }
        }

        deinit { process.kill(SIGKILL) }

        private static func words(_ proxy: Proxy, _ site: String, _ path: String, _ port: Int) throws
            -> [String]
        {
            switch proxy {
            case .nginx:
                let here = site.replacingOccurrences(
                    of: "listen 443 ssl http2;",
                    with: "listen 0.0.0.0:\(port) ssl http2;"
                )
                .replacingOccurrences(of: "    listen [::]:443 ssl http2;\n", with: "")
                try Data(here.utf8).write(to: URL(fileURLWithPath: path + "/site.conf"))
                let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                    .map { "\($0)_temp_path \(path)/\($0);" }.joined(separator: " ")
                let whole = """
                    \(getuid() == 0 ? "user root;" : "")
                    daemon off; pid \(path)/pid; error_log \(path)/stderr;
                    events {}
                    http { access_log off; \(temporary) include \(path)/site.conf; }
                    """
                try Data(whole.utf8).write(to: URL(fileURLWithPath: path + "/nginx.conf"))
                return ["nginx", "-p", path, "-e", path + "/stderr", "-c", path + "/nginx.conf"]
            case .caddy:
                let here =
                    "{\n\tadmin off\n\tauto_https off\n}\n"
                    + site.replacingOccurrences(of: "# tls ", with: "tls ")
                try Data(here.utf8).write(to: URL(fileURLWithPath: path + "/Caddyfile"))
                return ["caddy", "run", "--config", path + "/Caddyfile", "--adapter", "caddyfile"]
            }
        }

        /// One request; the first word is the target.
        func curl(_ words: [String], body: String? = nil) throws -> (status: Int, text: String) {
            try curl(words, bodyOf: body.map { Array($0.utf8) })
        }

        func curl(_ words: [String], bodyOf body: [UInt8]?) throws -> (status: Int, text: String) {
            var all = ["curl", "-sk", "--max-time", "60", "-w", "\n%{http_code}"]
            if let body {
                try Data(body).write(to: URL(fileURLWithPath: folder.path + "/body"))
                all += ["--data-binary", "@" + folder.path + "/body"]
            }
            let run = try KitTests.run(all + words.dropFirst() + ["https://localhost:\(port)\(words[0])"])
            let lines = run.text.split(separator: "\n", omittingEmptySubsequences: false)
            return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
        }
    }

    @Test(arguments: Proxy.allCases)
    func `requests, bodies, ranges, sockets and addresses go through`(proxy: Proxy) async throws {
        let server = try await TestServer.start(flags: [
            "--trust-proxy", "127.0.0.1", "--file-bytes", "200000",
        ])
        let app = try await server.makeApp()
        let token = try await app.freshToken()
        try await app.register("a")
        let user = try await app.userToken("a", password: "123")
        try await onOwnThread {
            let world = try World(proxy, server, flags: ["--file-bytes", "200000"])
            let mine = ["-H", "Authorization: Bearer \(token)"]
            // The client's address, whatever it claims.
            let forged = [
                "-H", "X-Forwarded-For: 6.6.6.6", "-H", "Forwarded: for=6.6.6.6", "--interface", "127.0.0.2",
            ]
            #expect(
                try world.curl([app.prefix + "/users/a", "-H", "X-Request-Id: forged-1"] + mine + forged)
                    .status == 200
            )
            // A body without a length.
            let chunked = try world.curl(
                [
                    app.prefix + "/users", "-H", "Transfer-Encoding: chunked", "-H",
                    "Content-Type: application/json",
                ] + mine,
                body: #"{"username":"chunked","password":"123"}"#
            )
            #expect(chunked.status == 200, "\(chunked.text)")
            // A file, and a part of it.
            try Data((0..<100_000).map { UInt8(0x30 + $0 % 10) }).write(
                to: URL(fileURLWithPath: world.folder.path + "/file")
            )
            let sent = try world.curl(
                [app.prefix + "/chatfiles", "-F", "file=@\(world.folder.path)/file"] + mine
            )
            #expect(sent.status == 200, "\(sent.text)")
            let answer = try TestJSON(parsing: sent.text)
            #expect(answer["uri"]?.string?.hasPrefix("https://localhost:") == true, "\(sent.text)")
            let uuid = try #require(answer["entities"]?[0]?["uuid"]?.string)
            let part = try world.curl([app.prefix + "/chatfiles/\(uuid)", "-r", "10-14"] + mine)
            #expect(part.status == 206 && part.text == "01234")
            // What is too large for the server is too large here.
            try Data(repeating: 0x30, count: 3_000_000).write(
                to: URL(fileURLWithPath: world.folder.path + "/file")
            )
            #expect(
                try world.curl([app.prefix + "/chatfiles", "-F", "file=@\(world.folder.path)/file"] + mine)
                    .status == 413
            )
            // Metrics are nobody's business.
            #expect(try world.curl(["/metrics"]).status == 404)
            // A socket is opened, and stays open for as long as the client waits.
            let upgrade = [
                "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Authorization: Bearer \(user)",
            ]
            let socket = try world.curl(
                [app.prefix + "/gateway", "--http1.1", "--max-time", "2"] + upgrade.flatMap { ["-H", $0] }
            )
            #expect(socket.status == 101, "\(socket.text)")
        }
        try await server.stop()
        let line = server.logEntries().first { $0["request"]?.string == "forged-1" }
        #expect(line?["peer"]?.string == "127.0.0.2")
        #expect(!server.log().contains("6.6.6.6"))
    }

    @Test(arguments: Proxy.allCases)
    func `calls of gRPC go through, with their streams, their trailers and the client's address`(proxy: Proxy)
        async throws
    {
        let server = try await TestServer.start(flags: ["--trust-proxy", "127.0.0.1"])
        let app = try await server.makeApp()
        try await onOwnThread {
            let world = try World(proxy, server, flags: [])
            let trailers = world.folder.path + "/trailers"
            func call(_ method: String, _ fields: [String] = []) throws -> (text: String, trailers: String) {
                let all = [
                    "Content-Type: application/grpc", "TE: trailers", "X-Request-Id: grpc-\(method)",
                    "X-Forwarded-For: 6.6.6.6",
                ]
                let reply = try world.curl(
                    [
                        app.path(ofMethod: method, in: "grpc.health.v1.Health"), "--http2", "-D", trailers,
                        "--interface", "127.0.0.2",
                    ] + (all + fields).flatMap { ["-H", $0] },
                    bodyOf: [0, 0, 0, 0, 0]
                )
                #expect(reply.status == 200)
                return (reply.text, try String(contentsOfFile: trailers, encoding: .utf8).lowercased())
            }
            let check = try call("Check")
            #expect(check.text == "\0\0\0\0\u{2}\u{8}\u{1}" && check.trailers.contains("grpc-status: 0"))
            // The message came before the deadline, and the outcome behind it.
            let watch = try call("Watch", ["grpc-timeout: 300m"])
            #expect(watch.text == check.text && watch.trailers.contains("grpc-status: 4"))
        }
        try await server.stop()
        for method in ["Check", "Watch"] {
            let line = server.logEntries().first { $0["request"]?.string == "grpc-\(method)" }
            #expect(line?["peer"]?.string == "127.0.0.2" && line?["protocol"]?.string == "h2", "\(method)")
        }
    }

    @Test(arguments: Proxy.allCases)
    func `no request meets a connection that the server is closing`(proxy: Proxy) async throws {
        let server = try await TestServer.start(flags: [
            "--trust-proxy", "127.0.0.1", "--keep-alive-seconds", "3",
        ])
        try await onOwnThread {
            let world = try World(proxy, server, flags: ["--keep-alive-seconds", "3"])
            for number in 0..<20 {
                #expect(try world.curl(["/healthz"]).status == 200, "request \(number)")
                // Other processes take so long that one of the two may let the connection go meanwhile.
                for _ in 0..<number % 5 * 4 { _ = try CommandLineRun.runBlocking(["version"]) }
            }
        }
    }
}
