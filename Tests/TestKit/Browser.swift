// A real browser for tests: headless Chromium, driven over WebDriver's HTTP (W3C) by its own driver.

import Foundation
import Threads

/// One window of a headless Chromium with a profile of its own.
///
/// Elements are found by role and accessible name, as people and their aids find them.
public final class Browser: Sendable {
    /// Why the driver refused, or didn't start.
    public struct Refusal: Error, CustomStringConvertible {
        /// The driver's words.
        public let description: String
    }

    /// Where Debian's packages put the two programs.
    private static let driverPath = "/usr/bin/chromedriver"
    private static let browserPath = "/usr/bin/chromium"

    private let driver: ChildProcess
    private let client: HTTPClient
    private let folder: TemporaryFolder
    private let session: String

    private init(driver: ChildProcess, client: HTTPClient, folder: TemporaryFolder, session: String) {
        self.driver = driver
        self.client = client
        self.folder = folder
        self.session = session
    }

    deinit { driver.kill(SIGKILL) }

    /// Starts a browser.
    public static func start() async throws -> Browser {
        let folder = try TemporaryFolder()
        let (driver, port) = try await onOwnThread {
            let driver = try ChildProcess(
                path: driverPath,
                arguments: ["--port=0"],
                environment: ChildProcess.cleanEnvironment(adding: ["HOME": folder.path, "TZ": "UTC"]),
                errorPath: folder.path + "/driver.log"
            )
            let port = driver.output.wait(until: Deadline()) { text in
                text.split(separator: "\n").first { $0.contains("successfully on port") }
                    .flatMap { Int($0.filter(\.isNumber)) }
            }
            guard let port else { throw Refusal(description: "\(driverPath) didn't start") }
            return (driver, port)
        }
        let client = HTTPClient(port: port)
        let made = try await client.send(HTTPRequest("POST", "/session", json: capabilities(in: folder)))
        guard let session = try made.json()["value"]?["sessionId"]?.string else {
            throw Refusal(description: made.text)
        }
        return Browser(driver: driver, client: client, folder: folder, session: session)
    }

    private static func capabilities(in folder: TemporaryFolder) -> TestJSON {
        let arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--lang=en-US", "--window-size=1280,900", "--user-data-dir=\(folder.path)/profile",
            // Nothing but the server under test is asked for anything.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking",
        ]
        return [
            "capabilities": [
                "alwaysMatch": [
                    "goog:chromeOptions": [
                        "binary": .string(browserPath), "args": .array(arguments.map(TestJSON.string)),
                    ],
                    "goog:loggingPrefs": ["browser": "ALL"],
                    "timeouts": ["script": 110_000],
                ]
            ]
        ]
    }

    // MARK: Commands

    /// One command of the session; the value of its answer.
    @discardableResult
    private func command(_ method: String, _ path: String, _ body: TestJSON? = nil) async throws -> TestJSON {
        let target = "/session/\(session)/\(path)"
        let request = body.map { HTTPRequest(method, target, json: $0) } ?? HTTPRequest(method, target)
        let reply = try await client.send(request)
        guard reply.status == 200, let value = try reply.json()["value"] else {
            throw Refusal(description: "\(method) \(path): \(reply.text.prefix(600))")
        }
        return value
    }

    /// A command of the browser's own protocol.
    @discardableResult
    public func devTools(_ name: String, _ parameters: TestJSON) async throws -> TestJSON {
        try await command("POST", "goog/cdp/execute", ["cmd": .string(name), "params": parameters])
    }

    /// Loads an address.
    public func load(_ address: String) async throws {
        try await command("POST", "url", ["url": .string(address)])
    }

    /// Loads the address anew.
    public func reload() async throws { try await command("POST", "refresh", [:]) }

    /// Goes back one step.
    public func back() async throws { try await command("POST", "back", [:]) }

    /// The present address.
    public func address() async throws -> String { try await command("GET", "url").string ?? "" }

    /// Runs the body of a function in the page; what it returns.
    @discardableResult
    public func run(_ script: String, _ arguments: [TestJSON] = []) async throws -> TestJSON {
        try await command("POST", "execute/sync", ["script": .string(script), "args": .array(arguments)])
    }

    /// Waits until the body of a function returns something that is true, and returns that.
    ///
    /// - Throws: `Refusal` where it doesn't come to that in time.
    @discardableResult
    public func until(_ script: String, _ arguments: [TestJSON] = []) async throws -> TestJSON {
        let waiting = """
            const done = arguments[arguments.length - 1], given = [...arguments].slice(0, -1);
            const look = () => {
              let found = null;
              try { found = (function () { \(script) }).apply(null, given); } catch { }
              if (found) done(found); else setTimeout(look, 20);
            };
            look();
            """
        do {
            return try await command(
                "POST",
                "execute/async",
                ["script": .string(waiting), "args": .array(arguments)]
            )
        } catch let refusal as Refusal {
            let text = try? await run("return location.href + '\\n' + document.body.innerText.slice(0, 1500)")
                .string
            throw Refusal(description: "never came: \(script) \(arguments)\n\(refusal)\n\(text ?? "")")
        }
    }

    // MARK: What people do

    /// Finds what has this role and name and can be seen, in the open dialog where there is one.
    private static let finder = """
        const kinds = {
          button: 'button', link: 'a[href]', searchbox: 'input[type=search]', checkbox: 'input[type=checkbox]:not([role])',
          radio: 'input[type=radio]', combobox: 'select', switch: '[role=switch]', file: 'input[type=file]', row: 'tbody tr', article: 'article',
          textbox: 'input:not([type=checkbox], [type=radio], [type=search], [type=file]), textarea',
        };
        const [kind, name, within] = arguments;
        const dialogs = document.querySelectorAll('dialog[open]');
        const root = dialogs.length ? dialogs[dialogs.length - 1] : document;
        const named = (node) => (node.getAttribute('aria-label') ?? node.labels?.[0]?.textContent ?? node.textContent).trim();
        const holds = (node) => !within || node.closest('tr, article, section')?.textContent.includes(within);
        return [...root.querySelectorAll(kinds[kind])].find((node) => node.checkVisibility() && !node.disabled && holds(node)
          && (['row', 'article'].includes(kind) ? node.textContent.includes(name) : named(node) === name)) ?? null;
        """

    /// Waits for an element of a role and a name; for rows and articles, one with this text.
    ///
    /// - Parameter row: a text that stands in the element's row, article or section.
    @discardableResult
    public func find(_ role: String, _ name: String, in row: String? = nil) async throws -> String {
        let arguments: [TestJSON] = [.string(role), .string(name), row.map(TestJSON.string) ?? .null]
        let found = try await until(Self.finder, arguments)
        guard case .object(let members) = found, let id = members.first?.value.string else {
            throw Refusal(description: "no element: \(role) \(name)")
        }
        return id
    }

    /// The name that aids announce for an element.
    public func accessibleName(of element: String) async throws -> String {
        try await command("GET", "element/\(element)/computedlabel").string ?? ""
    }

    /// The role that aids announce for an element.
    public func role(of element: String) async throws -> String {
        try await command("GET", "element/\(element)/computedrole").string ?? ""
    }

    /// Presses an element as a mouse does; one that was drawn anew meanwhile is looked for again.
    public func press(_ role: String, _ name: String, in row: String? = nil) async throws {
        for attempt in 1...5 {
            do {
                try await command("POST", "element/\(find(role, name, in: row))/click", [:])
                return
            } catch let refusal as Refusal where attempt < 5 && refusal.description.contains("stale element")
            {
                continue
            }
        }
    }

    /// Types into a field, in place of what is there.
    public func type(_ text: String, into name: String, role: String = "textbox") async throws {
        let element = try await find(role, name)
        if role != "file" { try await command("POST", "element/\(element)/clear", [:]) }
        try await command("POST", "element/\(element)/value", ["text": .string(text)])
    }

    /// Presses a key of the keyboard where the focus is: Enter is U+E007, Escape U+E00C, Tab U+E004.
    public func key(_ character: String) async throws {
        try await command(
            "POST",
            "actions",
            [
                "actions": [
                    [
                        "type": "key", "id": "keyboard",
                        "actions": [
                            ["type": "keyDown", "value": .string(character)],
                            ["type": "keyUp", "value": .string(character)],
                        ],
                    ]
                ]
            ]
        )
    }

    /// The lines of the page's console since this was last asked, but notes for developers.
    public func complaints() async throws -> [String] {
        let lines = try await command("POST", "se/log", ["type": "browser"]).array ?? []
        return lines.filter { $0["level"]?.string != "INFO" && $0["level"]?.string != "DEBUG" }
            .map { "\($0["level"]?.string ?? "") \($0["message"]?.string ?? "")" }
    }

    /// The window's size in pixels.
    public func resize(_ width: Int, _ height: Int) async throws {
        try await devTools(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .integer(Int64(width)), "height": .integer(Int64(height)), "deviceScaleFactor": 1,
                "mobile": false,
            ]
        )
    }

    /// Whether the system wishes for dark pages.
    public func prefer(dark: Bool) async throws {
        try await devTools(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": .string(dark ? "dark" : "light")]]]
        )
    }

    /// A picture of the whole page, as a PNG file.
    public func picture(to path: String) async throws {
        let answer = try await devTools(
            "Page.captureScreenshot",
            ["format": "png", "captureBeyondViewport": true]
        )
        guard let data = answer["data"]?.string.flatMap({ Data(base64Encoded: $0) }) else {
            throw Refusal(description: "no picture")
        }
        try data.write(to: URL(fileURLWithPath: path))
    }
}
