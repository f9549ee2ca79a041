// A server with data to look at, and the one browser that all tests of the console share.

import Foundation
import Synchronization
import TestKit

/// The server, its application and administrator, and the browser.
final class ConsoleWorld: Sendable {
    static let administrator = "boss"
    static let password = "boss-password"
    /// Texts that would run, or turn a line round, if anything took them for markup.
    static let hostile = [
        "<img src=x onerror=\"window.ran=1\">", "<script>window.ran=1</script>",
        "\"><svg onload=window.ran=1>",
        "javascript:window.ran=1", "\u{202E}reversed\u{202C} شكرا abc", "👩‍👩‍👧‍👦 🇩🇪 e\u{301}",
        "{{constructor.constructor('window.ran=1')()}}",
    ]

    let server: TestServer
    let app: TestApp
    let group: String
    let room: String
    let receiver: WebhookReceiver
    let webhook: String
    let browser: Browser

    private static let start = Task { try await ConsoleWorld() }
    /// The one of this process.
    static func shared() async throws -> ConsoleWorld { try await start.value }

    /// Where pictures of the views are kept, beside what is built.
    static let pictures: String = {
        let path = Project.folder + "/.build/console"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }()

    /// `#/ORG/APP`.
    var base: String { "#\(app.prefix)" }
    var origin: String { get throws { "http://127.0.0.1:\(try server.port)" } }

    private init() async throws {
        server = try await TestServer.start()
        app = try await server.makeApp(organization: "acme")
        let made = try await server.administrationClient().post(
            "/admin/organizations",
            [
                "organization": "acme", "administrator": .string(Self.administrator),
                "password": .string(Self.password), "operator": true,
            ]
        )
        guard made.status == 200 else { throw TestApp.SetupFailure(description: made.text) }
        receiver = try WebhookReceiver { hook, _ in .status(hook.path == "/broken" ? 500 : 200, "busy today")
        }
        for name in ["ann", "bob", "carol", "mute-me", "erase-me"] {
            try await app.register(name, nickname: name == "carol" ? Self.hostile[0] : name.capitalized)
        }
        group = try await Self.makeGroup(app)
        let made2 = try await app.perform(
            "POST",
            "/chatrooms",
            ["name": "Lobby", "description": .string(Self.hostile[1]), "owner": "bob", "members": ["ann"]]
        )
        room = try made2.json()["data"]?["id"]?.string ?? ""
        let hook = try await app.perform(
            "POST",
            "/webhooks",
            [
                "name": "Backend", "url": .string(receiver.url("/broken")), "events": ["user.*"],
            ]
        )
        webhook = try hook.json()["data"]?["id"]?.string ?? ""
        try await Self.talk(app, group)
        browser = try await Browser.start()
    }

    private static func makeGroup(_ app: TestApp) async throws -> String {
        let made = try await app.perform(
            "POST",
            "/chatgroups",
            [
                "groupname": .string("周末 " + hostile[2]), "desc": .string(hostile[4]), "public": true,
                "owner": "ann", "members": ["bob", "carol"],
            ]
        )
        return try made.json()["data"]?["groupid"]?.string ?? ""
    }

    private static func talk(_ app: TestApp, _ group: String) async throws {
        func send(_ kind: String, _ to: String, _ from: String, _ type: String, _ body: TestJSON) async throws
        {
            try await app.perform(
                "POST",
                "/messages/\(kind)",
                ["to": [.string(to)], "from": .string(from), "type": .string(type), "body": body]
            )
        }
        for text in hostile + corpus + [
            "你好，周六湖边见", String(repeating: "long ", count: 250), "recall me please",
        ] {
            try await send("users", "bob", "ann", "txt", ["msg": .string(text)])
        }
        try await send("chatgroups", group, "bob", "txt", ["msg": "See you at the lake"])
        let file = try await upload(app)
        // The host is another's: the file is asked of this server, by its id.
        try await send(
            "users",
            "bob",
            "ann",
            "img",
            [
                "url": .string("https://elsewhere.example/x/chatfiles/\(file.uuid)"), "filename": "dot.png",
                "secret": .string(file.secret),
            ]
        )
        try await send(
            "users",
            "bob",
            "ann",
            "img",
            ["url": "https://evil.example/spy.png", "filename": "spy.png"]
        )
    }

    /// Some of the strings that break programs, where they are there.
    private static let corpus: [String] = {
        guard
            let data = FileManager.default.contents(atPath: Project.folder + "/../shared/corpora/blns.json"),
            let strings = try? JSONSerialization.jsonObject(with: data) as? [String]
        else { return [] }
        return strings.filter { $0.contains("<") || $0.contains("javascript") }.filter {
            $0.utf8.count < 900 && !$0.isEmpty
        }
        .prefix(15).map { $0 }
    }()

    /// A picture of one dot, readable with its secret only.
    private static func upload(_ app: TestApp) async throws -> (uuid: String, secret: String) {
        let dot =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
        let boundary = "console-boundary"
        var body = Array(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"dot.png\"\r\nContent-Type: image/png\r\n\r\n"
                .utf8
        )
        body += Array(Data(base64Encoded: dot) ?? Data())
        body += Array("\r\n--\(boundary)--\r\n".utf8)
        let request = HTTPRequest(
            "POST",
            app.prefix + "/chatfiles",
            headers: [
                "Content-Type": "multipart/form-data; boundary=\(boundary)", "restrict-access": "true",
            ],
            body: .bytes(body)
        )
        let reply = try await app.server.client().send(request.authorized(try await app.token()))
        let file = try reply.json()["entities"]?[0]
        return (file?["uuid"]?.string ?? "", file?["share-secret"]?.string ?? "")
    }

    // MARK: Ways through the page

    /// Loads the page without a sign-in, in English.
    func begin() async throws {
        try await browser.load("\(origin)/console/")
        try await browser.run("sessionStorage.clear(); localStorage.setItem('parley.language', 'en')")
        try await browser.load("\(origin)/openapi.yaml?dialect=operations")
        try await browser.load("\(origin)/console/#/sign-in")
        try await settle("#/sign-in")
        _ = try await browser.complaints()
    }

    /// Signs in as the administrator and waits for the first view.
    func signIn(staying: Bool = false) async throws {
        try await begin()
        try await browser.type(Self.administrator, into: "User name")
        try await browser.type(Self.password, into: "Password")
        if staying { try await browser.press("checkbox", "Stay signed in in this tab") }
        try await browser.press("button", "Sign in")
        try await settle("#/applications")
    }

    /// Signs in where the page isn't signed in yet.
    func beSignedIn() async throws {
        let isIn = try await browser.run(
            "return location.pathname === '/console/' && !!document.querySelector('main') && document.documentElement.lang === 'en' && [...document.querySelectorAll('header button')].some((node) => node.textContent === 'Sign out')"
        )
        if isIn != .bool(true) { try await signIn() }
    }

    /// Goes to a view and waits until all of it stands.
    func open(_ address: String) async throws {
        try await browser.run("location.hash = arguments[0]", [.string(address)])
        try await settle(address)
    }

    /// Waits until the view of this address stands, and nothing that can be seen is loading.
    func settle(_ address: String) async throws {
        try await browser.until(
            """
            const main = document.querySelector('main');
            return main && main.dataset.shown === arguments[0] && !main.hasAttribute('aria-busy') && main.querySelector('h1')
              && ![...main.querySelectorAll('.body[aria-busy=true], .loading')].some((node) => node.checkVisibility());
            """,
            [.string(address)]
        )
    }
}
