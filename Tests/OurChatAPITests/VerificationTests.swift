// E-mail verification: a mail by the configured command, a link that is good once, and what is refused until then.

import Foundation
import TestKit
import Testing

@Suite struct VerificationTests {
    /// A server with a mail command that keeps what it is given, and an application that insists on proofs.
    private struct World {
        let server: TestServer
        let app: TestApp
        let folder: TemporaryFolder

        /// - Parameter script: what the command does with `$1`, a folder, and its standard input.
        static func make(_ script: String = #"cat > "$1/mail""#, flags: [String] = []) async throws -> World {
            let folder = try TemporaryFolder()
            let program = folder.path + "/send"
            try "#!/bin/sh\n\(script)\n".write(toFile: program, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
            let mail = [
                "--mail-command", "\(program) \(folder.path)", "--public-url", "https://chat.example.org",
            ]
            let server = try await TestServer.start(flags: mail + flags)
            let app = try await server.makeApp(openRegistration: true)
            let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
            #expect(try await server.command("app", "set", name, "--require-email-verification").succeeded)
            return World(server: server, app: app, folder: folder)
        }

        /// The last mail; nil where there is none.
        var mail: String? {
            (try? Data(wholeFile: folder.path + "/mail")).map { String(decoding: $0, as: UTF8.self) }
        }

        /// The path of the mail's link.
        func link() throws -> String {
            let mail = try #require(mail)
            let line = try #require(mail.split(separator: "\n").first { $0.hasPrefix("https://") })
            return String(line.dropFirst("https://chat.example.org".count))
        }

        /// Registers an account; returns its ocid.
        func register(_ email: String) async throws -> String {
            let reply = try await call(
                "auth.v1.AuthService/Register",
                ["email": .string(email), "password": "StrongP@ssw0rd", "name": "Ann"]
            )
            #expect(reply.status == 200 && reply.text.contains("token"), "\(reply.text)")
            return try #require(try reply.json()["ocid"]?.string)
        }

        func call(_ method: String, _ body: TestJSON) async throws -> HTTPReply {
            try await server.client().post("\(app.prefix)/service.\(method)", body)
        }

        func logIn(_ email: String, _ password: String = "StrongP@ssw0rd") async throws -> HTTPReply {
            try await call(
                "auth.v1.AuthService/Auth",
                ["email": .string(email), "password": .string(password)]
            )
        }

        /// The frames that come for one that is sent.
        func exchange(_ frame: TestJSON, count: Int = 1) async throws -> [TestJSON] {
            let app = app
            return try await onOwnThread {
                var socket = try app.socket()
                try socket.send(frame)
                return try (0..<count).map { _ in try socket.message() }
            }
        }
    }

    private static let ask: TestJSON = ["code": 14, "email": "ann@example.org"]

    @Test func `an account is closed until the link in its mail was opened, and open from then on`()
        async throws
    {
        let world = try await World.make()
        let ocid = try await world.register("ann@example.org")
        let refused = try await world.logIn("ann@example.org")
        #expect(refused.status == 401)
        #expect(try refused.json() == ["code": "unauthenticated", "message": "Email Not Verified"])
        let login: TestJSON = [
            "code": 6, "login_type": 0, "account": "ann@example.org", "password": "StrongP@ssw0rd",
        ]
        #expect(try await world.exchange(login) == [["code": 7, "status": 1, "status_code": 10]])
        let token: TestJSON = [
            "grant_type": "password", "username": .string(ocid), "password": "StrongP@ssw0rd",
        ]
        let client = try world.server.client()
        let platform = try await client.post("\(world.app.prefix)/token", token)
        #expect(platform.status == 400 && platform.text.contains("email address not verified"))

        let (app, folder) = (world.app, world.folder)
        let confirmed = try await onOwnThread { () throws -> TestJSON in
            var socket = try app.socket()
            try socket.send(Self.ask)
            let deadline = Deadline(afterSeconds: 10)
            while !FileManager.default.fileExists(atPath: folder.path + "/mail"), !deadline.hasPassed {}
            // A later request is answered before it: nothing is said until the link was opened.
            try socket.send(["code": 12])
            #expect(try socket.message()["code"] == 12)
            let reply = try app.server.client().sendBlocking(HTTPRequest("GET", try world.link()))
            #expect(reply.status == 200)
            return try socket.message()
        }
        #expect(confirmed == ["code": 15, "status": 0, "status_code": 0])
        let mail = try #require(world.mail)
        #expect(mail.hasPrefix("To: ann@example.org\nSubject: "))
        #expect(try await client.get(try world.link()).status == 400, "the link was good twice")
        #expect(try await world.logIn("ann@example.org").status == 200)
        #expect(try await client.post("\(world.app.prefix)/token", token).status == 200)
        // There is nothing to prove any more.
        #expect(try await world.exchange(Self.ask) == [["code": 15, "status": 0, "status_code": 0]])
    }

    @Test func `whoever asks for a proof before registering is let in once the link was opened`() async throws
    {
        let world = try await World.make()
        let registration: TestJSON = ["code": 4, "email": "ann@example.org", "password": "x"]
        let login: TestJSON = ["code": 6, "login_type": 0, "account": "ann@example.org", "password": "x"]
        let (app, folder) = (world.app, world.folder)
        try await onOwnThread {
            var socket = try app.socket()
            try socket.send(["code": 14])
            #expect(try socket.message() == ["code": 15, "status": 0, "status_code": 0])
            try socket.send(registration)
            let refused = try socket.message()
            #expect(refused.keys == ["code", "details", "status", "status_code"])
            #expect(refused["code"] == 5 && refused["status"] == 1 && refused["status_code"] == 10)
            let deadline = Deadline(afterSeconds: 10)
            while !FileManager.default.fileExists(atPath: folder.path + "/mail"), !deadline.hasPassed {}
            // Nobody has logged in.
            try socket.send(["code": 1, "session_id": "1", "request_values": []])
            #expect(
                try socket.message() == [
                    "code": 18, "details": "Not login or register code", "status_code": 5,
                ]
            )
            try socket.send(login)
            #expect(try socket.message() == ["code": 7, "status": 1, "status_code": 10])
            #expect(try app.server.client().sendBlocking(HTTPRequest("GET", try world.link())).status == 200)
            #expect(try socket.message() == ["code": 15, "status": 0, "status_code": 0])
            try socket.send(registration)
            #expect(try socket.message() == ["code": 5, "status": 2, "status_code": 4])
            try socket.send(login)
            #expect(try socket.message()["status"] == 0)
        }
    }

    @Test func `whoever registers by a frame is told to verify`() async throws {
        let world = try await World.make()
        let registration: TestJSON = ["code": 4, "email": "ann@example.org", "password": "x", "name": "Ann"]
        let frames = try await world.exchange(registration, count: 2)
        #expect(frames[0].keys == ["code", "status", "status_code", "ocid"] && frames[0]["status"] == 0)
        #expect(frames[1] == ["code": 13])
    }

    @Test(
        arguments: [
            ("exit 0", nil), ("cat > /dev/null; exit 1", (1, 1)), ("exit 67", (1, 3)), ("kill -9 $$", (1, 1)),
        ] as [(String, (Int64, Int64)?)]
    )
    func `what the mail command answers is told`(script: String, expected: (Int64, Int64)?) async throws {
        let world = try await World.make(script)
        _ = try await world.register("ann@example.org")
        // A command that takes the mail leaves the answer to the link: the server's status comes instead.
        let app = world.app
        let answer = try await onOwnThread { () throws -> TestJSON in
            var socket = try app.socket()
            try socket.send(Self.ask)
            try socket.send(["code": 12])
            return try socket.message()
        }
        guard let expected else {
            #expect(answer["code"] == 12)
            return
        }
        #expect(answer == ["code": 15, "status": .integer(expected.0), "status_code": .integer(expected.1)])
    }

    /// Asks by RPC; what the last envelope says, which is all of the answer but an empty message.
    private static func ask(_ world: World) async throws -> EnvelopeStream {
        let path = "\(world.app.prefix)/service.auth.v1.AuthService/Verify"
        let reply = try await world.server.client().send(
            .stream(path, [["email": "ann@example.org"]], token: nil)
        )
        #expect(reply.status == 200)
        return try reply.stream()
    }

    @Test func `RPC sends a mail whose link is good once`() async throws {
        let world = try await World.make()
        _ = try await world.register("ann@example.org")
        let answer = try await Self.ask(world)
        #expect(try answer.json == [[:]] && answer.end == [:])
        // The answer comes behind the mail.
        let link = try world.link()
        let client = try world.server.client()
        #expect(try await client.get(link).status == 200)
        #expect(try await client.get(link).status == 400)
        #expect(try await world.logIn("ann@example.org").status == 200)
        // There is nothing to prove any more, and no mail to send.
        try FileManager.default.removeItem(atPath: world.folder.path + "/mail")
        #expect(try await Self.ask(world).json == [[:]])
        #expect(world.mail == nil)
    }

    @Test func `a mail that couldn't be sent is told, and may be asked for again at once`() async throws {
        let world = try await World.make(#"test -e "$1/works" || exit 75; cat > "$1/mail""#)
        _ = try await world.register("ann@example.org")
        for _ in 0..<2 {
            let refused = try await Self.ask(world)
            #expect(refused.messages == [] && refused.code == "deadline_exceeded", "\(refused)")
            #expect(refused.message == "Verification Failed")
        }
        try "".write(toFile: world.folder.path + "/works", atomically: true, encoding: .utf8)
        #expect(try await Self.ask(world).end == [:])
        #expect(try await world.server.client().get(try world.link()).status == 200)
        let told = world.server.logEntries().filter { $0["event"] == "mail" }
        #expect(told.count == 2 && told.allSatisfy { $0["failure"] == "exit code 75" }, "\(told)")
        #expect(!world.server.log().contains("ann@example.org"))
    }

    @Test(arguments: [
        ("/nowhere/sendmail -t", "/nowhere/sendmail", "No such file or directory"),
        ("/tmp", "/tmp", "not a program"),
        ("/etc/passwd", "/etc/passwd", "Permission denied"),
    ])
    func `a command that can't be run is told at the start`(
        _ command: String,
        _ program: String,
        _ failure: String
    ) async throws {
        let server = try await TestServer.start(flags: [
            "--mail-command", command, "--public-url", "https://chat.example.org",
        ])
        let told = server.logEntries().filter { $0["event"] == "mail" }
        #expect(told.count == 1 && told.first?["command"]?.string == program, "\(told)")
        #expect(told.first?["failure"]?.string == failure, "\(told)")
    }

    @Test func `no mail leaves whose link isn't on disk`() async throws {
        let world = try await World.make(
            #"mkdir "$1/called"; cat > "$1/mail""#,
            flags: ["--token-failures", "1000"]
        )
        _ = try await world.register("ann@example.org")
        // The command makes a folder first: that it may do on a full disk, too.
        try await world.server.limitFileSize(to: "0")
        let refused = try await Self.ask(world)
        #expect(refused.messages == [] && refused.code == "internal", "\(refused)")
        try await world.server.limitFileSize(to: "unlimited")
        #expect(!FileManager.default.fileExists(atPath: world.folder.path + "/called"))
        // The writer recovers first.
        let deadline = Deadline()
        var answer = refused
        while answer.end != [:], !deadline.hasPassed { answer = try await Self.ask(world) }
        #expect(try await world.server.client().get(try world.link()).status == 200)
    }

    @Test func `a command that hangs is ended, and the server stops in time all the same`() async throws {
        let world = try await World.make("sleep 1000 & wait")
        _ = try await world.register("ann@example.org")
        #expect(try await world.exchange(Self.ask) == [["code": 15, "status": 1, "status_code": 1]])
        try await world.server.stop()
    }

    @Test func `nothing in an address or a request reaches a shell or another mail`() async throws {
        let world = try await World.make(#"echo "$#" > "$1/count"; cat > "$1/mail""#)
        for address in ["$HOME`id`|&@example.org", "-oQ/tmp@example.org"] {
            _ = try await world.register(address)
            let app = world.app
            try await onOwnThread {
                var socket = try app.socket()
                try socket.send(["code": 14, "email": .string(address)])
                let deadline = Deadline()
                while world.mail?.hasPrefix("To: \(address)\nSubject:") != true, !deadline.hasPassed {}
                #expect(!deadline.hasPassed, "\(address)")
                try socket.send(["code": 12])
                #expect(try socket.message()["code"] == 12)
            }
            let count = try String(contentsOfFile: world.folder.path + "/count", encoding: .utf8)
            #expect(count == "1\n")
        }
        for address in ["a@b.org\nBcc: c@d.org", "a@b.org,c@d.org", "a b@c.org", "<a@b.org>"] {
            let reply = try await world.exchange(["code": 14, "email": .string(address)])
            #expect(reply == [["code": 15, "status": 1, "status_code": 5]], "\(address)")
        }
    }

    @Test func `mails are few: one a minute for an account, and a number for an address`() async throws {
        let codes = try await Minute.whole {
            let world = try await World.make(flags: ["--token-failures", "4"])
            for number in 0..<5 { _ = try await world.register("ann\(number)@example.org") }
            let app = world.app
            return try await onOwnThread { () throws -> [Int64] in
                var socket = try app.socket()
                return try (0..<6).map { number in
                    // The first twice.
                    try socket.send(["code": 14, "email": .string("ann\(max(0, number - 1))@example.org")])
                    try socket.send(["code": 12])
                    let frame = try socket.message()
                    guard frame["code"] == 15 else { return 0 }
                    _ = try socket.message()
                    return frame["status_code"]?.integer ?? -1
                }
            }
        }
        #expect(codes == [0, 6, 0, 0, 6, 6])
    }

    @Test func `what isn't a good link is refused`() async throws {
        let world = try await World.make()
        _ = try await world.register("ann@example.org")
        let client = try world.server.client()
        let path = "\(world.app.prefix)/v1/verify/confirm"
        for query in [
            "", "?token=", "?token=1", "?token=1-", "?token=1-x", "?token=99999999999999999999-x", "?token=-",
        ] {
            #expect(try await client.get(path + query).status == 400, "\(query)")
        }
        #expect(try await world.logIn("ann@example.org").status == 401)
    }

    @Test func `without a mail command there is nothing to wait for, and an unknown address is told`()
        async throws
    {
        let app = try await TestServer.shared().makeApp(openRegistration: true)
        let name = "\(app.credentials.organization)/\(app.credentials.applicationName)"
        #expect(try await app.server.command("app", "set", name, "--require-email-verification").succeeded)
        let frames = try await onOwnThread { () throws -> [TestJSON] in
            var socket = try app.socket()
            return try [
                ["code": 14], Self.ask,
                ["code": 4, "email": "ann@example.org", "password": "x", "name": "Ann"], ["code": 14],
                ["code": 14, "email": "bob@example.org"],
                ["code": 16],
            ].flatMap { (frame: TestJSON) throws -> [TestJSON] in
                try socket.send(frame)
                return try (0..<(frame["code"] == 4 ? 2 : 1)).map { _ in try socket.message() }
            }
        }
        #expect(frames[0] == ["code": 15, "status": 0, "status_code": 11])
        #expect(frames[1] == ["code": 15, "status": 1, "status_code": 3])
        #expect(frames[3] == ["code": 13])
        #expect(frames[4] == ["code": 15, "status": 0, "status_code": 11])
        // Another address than one's own.
        #expect(frames[5] == ["code": 15, "status": 1, "status_code": 9])
        #expect(frames[6] == ["code": 17, "status": 1, "status_code": 10])
    }
}
