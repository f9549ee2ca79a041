// The jobs of a support desk and of an integrator, each from its beginning to its end.

import Foundation
import TestKit
import Testing

extension ConsoleTests {
    @Suite struct Jobs {
        @Test func `a user is found and muted`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.beSignedIn()
            try await world.open(world.base + "/users")
            try await browser.type("mute-me", into: "Search users", role: "searchbox")
            try await browser.key(Key.enter)
            try await world.settle(world.base + "/users?ql=mute-me")
            try await browser.press("link", "mute-me")
            try await world.settle(world.base + "/users/mute-me")
            try await browser.press("button", "Mute")
            try await browser.type("Spam <b>", into: "Reason")
            try await browser.press("button", "Mute")
            try await browser.until(
                "return !document.querySelector('dialog') && document.querySelector('main .badge.warn')"
            )
            let left = try await world.app.perform("GET", "/mutes/mute-me").json()["data"]
            for kind in ["chat", "groupchat", "chatroom"] {
                let seconds = left?[kind]?.integer ?? 0
                #expect((3000...3600).contains(seconds), "\(kind) \(seconds)")
            }
        }

        @Test func `a message is found by its words, seen among its neighbours, and recalled`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.beSignedIn()
            try await world.open(world.base + "/messages")
            try await browser.type("recall me", into: "Search messages", role: "searchbox")
            try await browser.key(Key.enter)
            try await browser.until(
                "return location.hash.includes('q=recall') && document.querySelectorAll('article').length === 1"
            )
            try await browser.press("button", "Context")
            try await browser.until(
                "return document.querySelectorAll('.context article').length > 5 && document.querySelector('.context .marked')"
            )
            try await browser.press("button", "Recall")
            try await browser.press("button", "Recall")
            try await browser.until("return !document.querySelector('dialog')")
            let found = try await world.app.perform("GET", "/messages?conversation=ann:bob&limit=100").json()
            #expect(found["data"]?.array?.contains { $0["recalled"] == .bool(true) } == true)
        }

        @Test func `Chinese words find a message, too`() async throws {
            let world = try await ConsoleWorld.shared()
            try await world.beSignedIn()
            try await world.open(world.base + "/messages?q=%E6%B9%96%E8%BE%B9")
            try await world.browser.find("article", "周六湖边见")
        }

        @Test func `the reason why a webhook fails is seen, and its events are replayed`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.beSignedIn()
            try await world.app.register("hooked")
            _ = try await world.receiver.wait(for: 1)
            try await world.open(world.base + "/webhooks")
            try await browser.press("link", "Backend")
            try await world.settle(world.base + "/webhooks/\(world.webhook)")
            try await browser.until(
                "const row = document.querySelector('#deliveries tbody tr'); if (!row?.textContent.includes('500')) document.getElementById('deliveries').reload({ quiet: true }); return row?.textContent.includes('500')"
            )
            try await browser.press("button", "Details", in: "500")
            try await browser.until(
                "const cell = document.querySelector('td.detail'); return cell?.textContent.includes('busy today') && cell.textContent.includes('webhook-signature')"
            )
            try await browser.press("button", "Change")
            try await browser.type(world.receiver.url("/mended"), into: "Address")
            try await browser.press("button", "Save")
            try await browser.until("return !document.querySelector('dialog')")
            try await world.settle(world.base + "/webhooks/\(world.webhook)")
            try await browser.press("button", "Replay")
            try await browser.press("button", "Replay")
            try await browser.until("return !document.querySelector('dialog')")
            _ = try await world.receiver.wait { $0.contains { $0.path == "/mended" } }
        }

        @Test(
            .enabled(
                if: ServedRoutes.has("POST /{org}/{app}/clients/{client_id}/secret"),
                "This build has no clients with scopes yet."
            )
        )
        func `a client's secret is rotated`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.beSignedIn()
            try await world.app.perform("POST", "/clients", ["name": "Rotated", "scopes": ["users:read"]])
            try await world.open(world.base + "/clients")
            try await browser.press("button", "Rotate secret", in: "Rotated")
            try await browser.press("button", "Rotate secret")
            let secret = try await browser.until(
                "const codes = [...document.querySelectorAll('dialog .secret')]; return codes.length === 2 && codes.map((node) => node.textContent)"
            )
            let reply = try await world.server.client().post(
                world.app.prefix + "/token",
                [
                    "grant_type": "client_credentials", "client_id": secret[0] ?? .null,
                    "client_secret": secret[1] ?? .null,
                ]
            )
            #expect(reply.status == 200, "\(reply.text)")
            try await browser.press("button", "Close")
        }

        @Test(.enabled(if: ServedRoutes.has("POST /{org}/{app}/imports"), "This build has no imports yet."))
        func `a thousand users are imported, and the wrong lines are said`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.beSignedIn()
            let folder = try TemporaryFolder()
            var lines = (0..<1000).map {
                #"{"type":"user","username":"imported\#($0)","nickname":"No \#($0)"}"#
            }
            lines.insert(#"{"type":"user","username":"not legal"}"#, at: 500)
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(
                to: URL(fileURLWithPath: folder.path + "/users.ndjson")
            )
            try await world.open(world.base + "/users")
            try await browser.press("button", "Import")
            try await browser.type(folder.path + "/users.ndjson", into: "File", role: "file")
            try await browser.press("button", "Start import")
            try await browser.until(
                "return document.querySelector('dialog table')?.textContent.includes('501')"
            )
            try await browser.press("button", "Close")
            try await world.app.perform("GET", "/users/imported999")
        }

        @Test(
            .enabled(
                if: ServedRoutes.has("POST /{org}/{app}/users/{username}/erase"),
                "This build has no erasures yet."
            )
        )
        func `a user is erased after its name was typed, and the receipt is read`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.beSignedIn()
            try await world.open(world.base + "/users/erase-me")
            try await browser.press("button", "Erase")
            try await browser.type("erase-me", into: "Type erase-me to confirm")
            try await browser.press("button", "Erase")
            try await browser.until(
                "return !document.querySelector('dialog') && document.querySelector('main .facts')?.textContent.includes('Finished')"
            )
            let reply = try await world.server.client().get(
                world.app.prefix + "/users/erase-me",
                token: try await world.app.token()
            )
            #expect(reply.status == 404)
        }

        @Test func `a question is closed by Escape, gives the focus back, and a double press sends once`()
            async throws
        {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.beSignedIn()
            try await world.open(world.base + "/users")
            try await browser.press("button", "Create user")
            try await browser.key(Key.escape)
            try await browser.until(
                "return !document.querySelector('dialog') && document.activeElement.textContent === 'Create user'"
            )
            try await browser.press("button", "Create user")
            try await browser.type("pressed-twice", into: "User name")
            try await browser.type("secret", into: "Password")
            try await browser.run(
                """
                const real = window.fetch; window.sent = 0;
                window.fetch = (address, options) => { if (options?.method === 'POST' && String(address).endsWith('/users')) window.sent += 1; return real(address, options); };
                const press = document.querySelector('dialog [type=submit]'); press.click(); press.click();
                """
            )
            try await browser.until("return !document.querySelector('dialog')")
            #expect(try await browser.run("return window.sent") == 1)
            try await world.app.perform("GET", "/users/pressed-twice")
            try await browser.reload()
        }
    }
}
