// parley help: the overview, or one command with all its flags; made from the table of commands.

import Server

enum HelpCommand {
    static let command = Command(
        name: "help",
        operands: ["[COMMAND]"],
        summary: "Explain a command with its flags."
    ) { invocation in
        guard !invocation.operands.isEmpty else {
            Terminal.say(Help.overview)
            return 0
        }
        let name = invocation.operands.joined(separator: " ")
        guard let text = Help.text(about: name) else {
            throw UsageError("There is no command \"\(name.prefix(64))\"; parley help lists them.")
        }
        Terminal.say(text)
        return 0
    }
}

/// Help texts.
enum Help {
    /// Words that ask for help wherever they stand.
    static let flags: Set<String> = ["--help", "-h"]

    /// All commands with one sentence each.
    static var overview: String {
        """
        Parley runs the users of a chat service for a business backend.

        \(Terminal.table(Command.all.map { ["  " + usage(of: $0), $0.summary] }))

        parley help COMMAND lists a command's flags. Every command takes --data FOLDER (default ./parley-data).
        Exit codes: 0 done, 1 failed, 64 called wrongly; standard error has one sentence.
        """
    }

    /// One command, or all that begin with the word; nil when there is none.
    static func text(about name: String) -> String? {
        if let command = Command.all.first(where: { $0.name == name }) { return text(of: command) }
        let group = Command.all.filter { $0.name.hasPrefix(name + " ") }
        guard !group.isEmpty else { return nil }
        return group.map(text).joined(separator: "\n\n")
    }

    static func text(of command: Command) -> String {
        var lines = ["parley \(usage(of: command))", "    \(command.summary)"]
        if !command.flags.isEmpty {
            let rows = command.flags.map { flag in
                [
                    "    --" + flag.name + (flag.placeholder.map { " " + $0 } ?? ""), flag.summary,
                    flag.details,
                ]
            }
            lines += ["", Terminal.table(rows.map { $0.filter { !$0.isEmpty } })]
        }
        if !command.notes.isEmpty { lines += [""] + command.notes.map { "    " + $0 } }
        return lines.joined(separator: "\n")
    }

    static func usage(of command: Command) -> String {
        ([command.name] + command.operands).joined(separator: " ")
    }
}
