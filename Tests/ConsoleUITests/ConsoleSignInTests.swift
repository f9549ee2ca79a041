// Signing in to the console, staying, leaving, and what isn't granted.

import TestKit
import Testing

extension ConsoleTests {
    @Suite struct SignIn {
        @Test func `the names that aids announce are those of the page's fields and buttons`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.begin()
            for (role, names) in [
                ("radio", ["Administrator", "Client"]), ("textbox", ["User name", "Password"]),
                ("button", ["Sign in"]),
                ("checkbox", ["Stay signed in in this tab"]), ("combobox", ["Language"]),
            ] {
                for name in names {
                    let element = try await browser.find(role, name)
                    #expect(try await browser.accessibleName(of: element) == name)
                    #expect(try await browser.role(of: element) == role)
                }
            }
            try await browser.press("radio", "Client")
            for name in ["Application", "Client ID", "Client secret"] {
                #expect(try await browser.accessibleName(of: browser.find("textbox", name)) == name)
            }
        }

        @Test func `a wrong password is refused, a right one leads to the applications, by keyboard alone`()
            async throws
        {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.begin()
            try await browser.type(ConsoleWorld.administrator, into: "User name")
            try await browser.type("wrong", into: "Password")
            try await browser.key(Key.enter)
            try await browser.until("return document.querySelector('[role=alert] .problem')")
            try await browser.type(ConsoleWorld.password, into: "Password")
            try await browser.key(Key.enter)
            try await world.settle("#/applications")
            try await browser.find("link", world.app.credentials.applicationName)
        }

        @Test func `a client sees its own application and no other`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            let key = world.app.credentials
            try await world.begin()
            try await browser.press("radio", "Client")
            try await browser.type("\(key.organization)/\(key.applicationName)", into: "Application")
            try await browser.type(key.clientID, into: "Client ID")
            try await browser.type(key.clientSecret, into: "Client secret")
            try await browser.press("button", "Sign in")
            try await world.settle(world.base + "/overview")
            try await world.open("#/acme/other/users")
            try await browser.until("return document.querySelector('main .nothing')")
            try await world.open("#/server")
            try await browser.until("return document.querySelector('main .nothing')")
        }

        @Test func `without staying a reload asks again and leads back; signing out ends it`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            try await world.signIn()
            try await world.open(world.base + "/users/ann")
            #expect(try await browser.run("return [sessionStorage.length, document.cookie]") == [0, ""])
            try await browser.reload()
            try await browser.type(ConsoleWorld.administrator, into: "User name")
            try await browser.type(ConsoleWorld.password, into: "Password")
            try await browser.press("button", "Sign in")
            try await world.settle(world.base + "/users/ann")
            try await browser.press("button", "Sign out")
            try await world.settle("#/sign-in")
            try await world.browser.run("location.hash = arguments[0]", [.string(world.base + "/users")])
            try await browser.find("button", "Sign in")
        }

        @Test func `a code signs in once, leaves the address, and stands in no log`() async throws {
            let world = try await ConsoleWorld.shared()
            let browser = world.browser
            let made = try await world.server.administrationClient().post(
                "/admin/organizations/acme/administrators/\(ConsoleWorld.administrator)/codes",
                [:]
            )
            let code = try #require(try made.json()["code"]?.string)
            try await world.begin()
            try await browser.load("\(world.origin)/healthz")
            try await browser.load("\(world.origin)/console/#/sign-in?code=\(code)")
            try await world.settle("#/applications")
            try await browser.back()
            #expect(try await !browser.address().contains(code))
            try await browser.load("\(world.origin)/healthz")
            try await browser.load("\(world.origin)/console/#/sign-in?code=\(code)")
            try await browser.until("return document.querySelector('[role=alert] .problem')")
            #expect(try await !browser.address().contains(code))
            #expect(!world.server.log().contains(code))
            _ = try await browser.complaints()
        }
    }
}
