// The console in a real browser. One browser serves all tests, so they run one after the other.

import Foundation
import TestKit
import Testing

/// Everything that is tried in the browser.
@Suite(.serialized) enum ConsoleTests {
    /// The keys of the keyboard, as WebDriver names them.
    enum Key {
        static let enter = "\u{E007}"
        static let escape = "\u{E00C}"
        static let tab = "\u{E004}"
    }
}

extension ConsoleTests {
    @Suite struct Views {
        /// Every view by its name, below the application's address where it begins with `/`.
        private static let views = [
            "applications", "/overview", "/users", "/users/ann", "/users/ann?conversation=ann%3Abob",
            "/groups", "/groups/GROUP",
            "/rooms", "/rooms/ROOM", "/messages", "/messages?q=lake", "/webhooks", "/webhooks/HOOK",
            "/clients", "/audit", "/settings",
            "server", "nowhere",
        ]

        private static func address(_ view: String, _ world: ConsoleWorld) -> String {
            let known = view.replacingOccurrences(of: "GROUP", with: world.group)
                .replacingOccurrences(of: "ROOM", with: world.room)
                .replacingOccurrences(of: "HOOK", with: world.webhook)
            return known.hasPrefix("/") ? world.base + known : "#/" + known
        }

        private static func file(_ view: String, _ language: String) -> String {
            let words = view.split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
            return "\(ConsoleWorld.pictures)/\(words)-\(language).png"
        }

        @Test(arguments: ["en", "zh-CN"])
        func `each view stands without a complaint, with a heading and a title of its own`(language: String)
            async throws
        {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.signIn()
            try await browser.run(
                "const node = document.getElementById('language'); node.value = arguments[0]; node.dispatchEvent(new Event('change'))",
                [.string(language)]
            )
            try await browser.until(
                "return document.documentElement.lang === arguments[0]",
                [.string(language)]
            )
            try await browser.prefer(dark: language != "en")
            var titles: Set<String> = []
            for view in Self.views {
                try await world.open(Self.address(view, world))
                let facts = try await browser.run(
                    """
                    const texts = [...document.querySelectorAll('time')];
                    return [document.title, document.querySelectorAll('h1').length, document.querySelector('h1').textContent,
                      texts.every((node) => node.dateTime && / UTC$/.test(node.title) && /\\d/.test(node.textContent))];
                    """
                )
                let title = facts[0]?.string ?? ""
                #expect(facts[1] == 1 && facts[3] == .bool(true), "\(view)")
                #expect(title.contains(facts[2]?.string ?? "-"), "\(title)")
                titles.insert(title)
                try await Self.look(at: view, language, browser)
            }
            // The talk of a user and a search are the same views with more behind the question mark.
            #expect(titles.count >= Self.views.count - 3)
            #expect(try await browser.run("return window.ran ?? null") == .null)
            try await browser.prefer(dark: false)
        }

        /// A picture of the view, its width on the smallest and the largest screen, and what its console says.
        private static func look(at view: String, _ language: String, _ browser: Browser) async throws {
            for width in [320, 2560, 1280] {
                try await browser.resize(width, 900)
                let overflow = try await browser.run(
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                #expect(overflow == 0, "\(view) at \(width)")
                if width == 320 { try await browser.picture(to: file(view + " narrow", language)) }
            }
            try await browser.picture(to: file(view, language))
            let complaints = try await browser.complaints().filter { line in
                !(line.contains(" 404 ") && ServedRoutes.missing.contains { line.contains($0) })
            }
            #expect(complaints.isEmpty, "\(view): \(complaints)")
        }

        @Test(
            .enabled(if: Axe.isThere, "axe-core comes with .ci/deps from PyPI, which can't be reached here.")
        )
        func `axe finds nothing against WCAG 2,2 AA in any view, nor in a question`() async throws {
            let world = try await ConsoleWorld.shared()
            try await world.begin()
            #expect(try await Axe.violations(in: world.browser) == [], "sign-in")
            try await world.signIn()
            for view in Self.views {
                try await world.open(Self.address(view, world))
                #expect(try await Axe.violations(in: world.browser) == [], "\(view)")
            }
            try await world.open(world.base + "/users/ann")
            try await world.browser.press("button", "Erase")
            #expect(try await Axe.violations(in: world.browser) == [], "dialog")
            try await world.browser.press("button", "Cancel")
        }

        @Test
        func
            `hostile texts are shown as texts, pictures come from this server, and nothing is fetched from elsewhere`()
            async throws
        {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.beSignedIn()
            try await world.open(world.base + "/messages?conversation=ann%3Abob&order=asc")
            let shown = try await browser.run(
                "return [...document.querySelectorAll('article .text')].map((node) => node.textContent)"
            )
            for text in ConsoleWorld.hostile {
                #expect(shown.array?.contains(.string(text)) == true, "\(text)")
            }
            try await world.open(world.base + "/users/ann?conversation=ann%3Abob")
            try await browser.run("document.querySelector('.picture').scrollIntoView()")
            let picture = try await browser.until(
                "const node = document.querySelector('article img'); return node?.naturalWidth && [node.alt, node.src]"
            )
            #expect(picture[0] == "dot.png" && picture[1]?.string?.hasPrefix("blob:") == true)
            #expect(try await browser.run("return document.querySelectorAll('img').length") == 1)
            #expect(
                try await browser.run(
                    "return document.body.textContent.includes('https://evil.example/spy.png')"
                ) == .bool(true)
            )
            try await world.open(world.base + "/users/carol")
            try await world.open(world.base + "/groups/\(world.group)")
            #expect(
                try await browser.run("return document.querySelector('h1').textContent").string?.contains(
                    "<svg onload"
                ) == true
            )
            let foreign = try await browser.run(
                "return performance.getEntriesByType('resource').map((one) => one.name).filter((name) => !name.startsWith(location.origin) && !name.startsWith('blob:' + location.origin))"
            )
            #expect(foreign == .array([]))
            #expect(try await browser.run("return window.ran ?? null") == .null)
            #expect(try await browser.complaints().filter { !$0.contains(" 404 ") } == [])
        }

        @Test func `the first view is less than 60 KB, cold`() async throws {
            let world = try await ConsoleWorld.shared()
            try await world.begin()
            try await world.browser.devTools("Network.clearBrowserCache", [:])
            try await world.browser.load("\(world.origin)/healthz")
            try await world.signIn()
            let bytes = try await world.browser.run(
                "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter((one) => one.name.includes('/console/')).reduce((sum, one) => sum + one.encodedBodySize, 0)"
            )
            #expect((bytes.integer ?? .max) <= 60_000 && (bytes.integer ?? 0) > 10_000, "\(bytes)")
        }

        @Test func `reload, back and shared links lead to what they led to`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.signIn(staying: true)
            try await world.open(world.base + "/users")
            try await world.open(world.base + "/messages?q=lake")
            try await browser.reload()
            try await world.settle(world.base + "/messages?q=lake")
            #expect(try await browser.run("return document.getElementById('search-q').value") == "lake")
            #expect(
                try await browser.run("return document.querySelectorAll('article').length").integer ?? 0 >= 1
            )
            try await browser.back()
            try await world.settle(world.base + "/users")
        }
    }
}
