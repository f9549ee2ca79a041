// A command: its name, what it takes, and what it does. From the same value come parsing and help.

import Server

struct Command: Sendable {
    /// One or two words: `serve`, `app create`.
    let name: String
    /// The required arguments, as help prints them: `ORG/APP`.
    var operands: [String] = []
    /// One sentence.
    let summary: String
    var flags: [Flag] = []
    /// Further lines of help.
    var notes: [String] = []
    let run: @Sendable (Invocation) throws -> Int32

    /// Runs what the words name.
    static func run(_ words: [String]) throws -> Int32 {
        guard let first = words.first else {
            Terminal.say(Help.overview)
            return Program.usageExitCode
        }
        if Help.flags.contains(first) { return show(Help.overview) }
        if first == "--version" { return try run(["version"]) }
        guard let (command, rest) = find(words) else {
            if let help = Help.text(about: first), words.dropFirst().allSatisfy(Help.flags.contains) {
                // "parley app" alone: the commands that begin so.
                Terminal.say(help)
                return words.count > 1 ? 0 : Program.usageExitCode
            }
            let name = words.prefix { !$0.hasPrefix("-") }.prefix(2).joined(separator: " ")
            throw UsageError("There is no command \"\(name)\"; parley help lists them.")
        }
        if rest.contains(where: Help.flags.contains) { return show(Help.text(of: command)) }
        return try command.run(Invocation(rest, of: command))
    }

    /// The command that the first words name, and the words behind it.
    private static func find(_ words: [String]) -> (Command, rest: [String])? {
        for count in [2, 1] where words.count >= count {
            let name = words.prefix(count).joined(separator: " ")
            if let command = all.first(where: { $0.name == name }) {
                return (command, Array(words.dropFirst(count)))
            }
        }
        return nil
    }

    private static func show(_ text: String) -> Int32 {
        Terminal.say(text)
        return 0
    }
}

/// A flag of a command.
struct Flag: Sendable {
    /// Without the dashes.
    let name: String
    /// The placeholder of its value; nil for a switch.
    let placeholder: String?
    let summary: String
    /// The accepted values and the default, for help.
    var details = ""

    init(_ name: String, _ placeholder: String? = nil, _ summary: String, details: String = "") {
        self.name = name
        self.placeholder = placeholder
        self.summary = summary
        self.details = details
    }

    /// The flag of a server's setting.
    init(_ option: Configuration.Option) {
        self.init(
            option.name,
            option.placeholder,
            option.summary,
            details: "default \(option.standard ?? "none")"
        )
    }

    static let json = Flag("json", nil, "print JSON")
    static let data = Flag("data", "FOLDER", "data folder", details: "default ./parley-data, or PARLEY_DATA")
}
