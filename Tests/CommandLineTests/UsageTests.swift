// Wrong calls: exit code 64, one sentence on standard error, nothing on standard output.

import TestKit
import Testing

struct UsageTests {
    @Test(
        arguments: [
            (["frobnicate"], "There is no command \"frobnicate\"; parley help lists them."),
            (["app", "make", "o/a"], "There is no command \"app make\"; parley help lists them."),
            (["serve", "--prot", "80"], "There is no flag --prot; parley help serve lists them."),
            (["serve", "-p"], "There is no flag -p; parley help serve lists them."),
            (["serve", "--port"], "--port needs a value: --port PORT."),
            (["serve", "--port", "--demo"], "--port needs a value: --port PORT."),
            (["serve", "--port", "abc"], "--port must be a whole number from 0 to 65535, not \"abc\"."),
            (["serve", "--port=65536"], "--port must be a whole number from 0 to 65535, not \"65536\"."),
            (["serve", "--port", "-1"], "--port must be a whole number from 0 to 65535, not \"-1\"."),
            (["serve", "--loops", "0"], "--loops must be a whole number from 1 to 256, not \"0\"."),
            (
                ["serve", "--password-cost", "12"],
                "--password-cost must be a whole number from 1 to 11, not \"12\"."
            ),
            (
                ["serve", "--log-level", "verbose"],
                "--log-level must be error, warning, info or debug, not \"verbose\"."
            ),
            (["serve", "--access-log=maybe"], "--access-log must be on or off, not \"maybe\"."),
            (
                ["serve", "--host", "example.org"],
                "--host must be an IP address or localhost, not \"example.org\"."
            ),
            (
                ["serve", "--cors-origin", "example.org"],
                "--cors-origin must be * or an origin such as https://example.org, not \"example.org\"."
            ),
            (["serve", "now"], "parley serve doesn't take \"now\"."),
            (["app", "create"], "parley app create needs ORG/APP."),
            (["app", "create", "noslash"], "An application is named ORG/APP, not \"noslash\"."),
            (["app", "create", "o/a", "b/c"], "parley app create doesn't take \"b/c\"."),
            (
                ["app", "create", "o/a", "--max-contacts", "0"],
                "--max-contacts must be a whole number from 1 to 100000, not \"0\"."
            ),
            (["app", "revoke", "o/a"], "parley app revoke needs CLIENT_ID."),
            (["app", "delete", "o/a"], "This deletes o/a with all its users; say --yes to do it."),
            (
                ["app", "set", "o/a"],
                "parley app set needs a setting to change; parley help app set lists them."
            ),
            (["org", "create", "o"], "parley org create needs --admin NAME."),
            (["maintenance", "maybe"], "parley maintenance takes on or off, not \"maybe\"."),
            (["help", "frobnicate"], "There is no command \"frobnicate\"; parley help lists them."),
        ]
    )
    func `A wrong call gets one sentence and exit code 64`(words: [String], sentence: String) async throws {
        let run = try await onOwnThread { try CommandLineRun.runBlocking(words) }
        #expect(run.status == .exited(code: 64))
        #expect(run.errors == "parley: \(sentence)\n")
        #expect(run.output == "")
    }

    @Test
    func `A wrong variable of the environment is named as such`() async throws {
        let run = try await CommandLineRun.run("serve", environment: ["PARLEY_LOOPS": "many"])
        #expect(run.status == .exited(code: 64))
        #expect(run.errors == "parley: PARLEY_LOOPS must be a whole number from 1 to 256, not \"many\".\n")
    }

    @Test
    func `Every command in the overview explains itself`() async throws {
        let overview = try await CommandLineRun.run("help")
        #expect(overview.succeeded)
        let commands = overview.output.split(separator: "\n").filter { $0.hasPrefix("  ") }.map { line in
            line.split(separator: " ").prefix { $0.allSatisfy(\.isLowercase) }.map(String.init)
        }
        #expect(commands.count >= 15)
        for command in commands {
            for words in [["help"] + command, command + ["--help"]] {
                let run = try await onOwnThread { try CommandLineRun.runBlocking(words) }
                #expect(run.succeeded, "parley \(words.joined(separator: " "))")
                #expect(run.output.hasPrefix("parley \(command.joined(separator: " "))"))
            }
        }
    }

    @Test
    func `The version is one line`() async throws {
        let run = try await CommandLineRun.run("version")
        #expect(run.succeeded)
        #expect(run.output.wholeMatch(of: #/parley \d+\.\d+\.\d+\n/#) != nil)
    }

    @Test
    func `The table of routes has a line for each`() async throws {
        let table = try await CommandLineRun.run("routes")
        let json = try await CommandLineRun.run("routes", "--json")
        let routes = try #require(try json.json().array)
        #expect(table.output.split(separator: "\n").count == routes.count + 1)
        #expect(routes.allSatisfy { $0.keys == ["method", "path", "name", "access", "auth", "scope"] })
        #expect(routes.contains { $0["name"] == "registerUsers" && $0["access"] == "hash+write" })
        #expect(routes.contains { $0["name"] == "ourChatVerify" && $0["access"] == "write+errand" })
    }
}
