// The console and a network that isn't what it should be.

import TestKit
import Testing

extension ConsoleTests {
    @Suite struct Faults {
        /// Puts an answer in the place of the server's, for as long as `window.fault` gives one.
        private static let interposed = """
            if (!window.realFetch) {
              window.realFetch = window.fetch; window.asked = 0;
              window.fetch = (address, options) => { window.asked += 1; const fault = window.fault?.(address, options); return fault ? Promise.resolve(fault) : window.realFetch(address, options); };
            }
            """

        @Test func `a reading that is refused for its rate is repeated when it may be`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.signIn()
            try await browser.run(
                Self.interposed
                    + "let times = 0; window.fault = (address, options) => options.method === 'GET' && times++ === 0 ? new Response('{}', { status: 429, headers: { 'Retry-After': '1' } }) : null;"
            )
            try await browser.run("location.hash = arguments[0]", [.string(world.base + "/groups")])
            try await browser.until(
                "return [...document.querySelectorAll('[role=status]')].some((node) => node.textContent.includes('wait'))"
            )
            try await world.settle(world.base + "/groups")
            try await browser.find("row", "周末")
        }

        @Test func `a proxy's error page is an alert with a way to try again, and nobody is signed out`()
            async throws
        {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.signIn()
            for fault in [
                "new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } })",
                "Promise.reject(new TypeError('gone'))",
            ] {
                try await browser.run(Self.interposed + "window.fault = () => \(fault)")
                try await world.open(world.base + "/rooms")
                try await browser.until("return document.querySelector('main [role=alert]')")
                try await browser.run("window.fault = null")
                try await browser.press("button", "Try again")
                try await browser.find("row", "Lobby")
                try await world.open("#/applications")
            }
        }

        @Test func `an ended session leads to the sign-in and back to where one was`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.signIn()
            try await browser.run(
                Self.interposed + "window.fault = () => new Response('{}', { status: 401 })"
            )
            try await browser.run("location.hash = arguments[0]", [.string(world.base + "/rooms")])
            try await browser.find("button", "Sign in")
            try await browser.run("window.fault = null")
            try await browser.type(ConsoleWorld.administrator, into: "User name")
            try await browser.type(ConsoleWorld.password, into: "Password")
            try await browser.press("button", "Sign in")
            try await world.settle(world.base + "/rooms")
            try await browser.find("row", "Lobby")
        }

        @Test func `a reply for a view that was left changes nothing`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.signIn()
            try await browser.run(
                Self.interposed
                    + "window.fault = (address, options) => String(address).includes('/chatrooms') ? new Promise((go) => { window.release = () => go(new Response('{\"data\":[{\"id\":\"1\",\"name\":\"too late\",\"owner\":\"x\"}]}')); }) : null;"
            )
            try await browser.run("location.hash = arguments[0]", [.string(world.base + "/rooms")])
            try await browser.until("return window.release")
            try await world.open(world.base + "/groups")
            try await browser.run("window.release()")
            try await browser.find("row", "周末")
            #expect(
                try await browser.run("return document.body.textContent.includes('too late')") == .bool(false)
            )
            _ = try await browser.complaints()
        }
    }
}
