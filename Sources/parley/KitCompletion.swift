// The program's manual page and completion, both from the table of commands.

enum ManualPage {
    static func text(_ plan: KitPlan) throws -> String {
        var lines = [
            ".TH PARLEY 1 \"\" \"parley \(Program.version)\" \"User Commands\"", ".SH NAME",
            "parley \\- run the users of a chat service for a business backend", ".SH SYNOPSIS", ".B parley",
            ".I COMMAND", "[\\fIflags\\fR]", ".SH COMMANDS",
        ]
        for command in Command.all {
            lines += [".TP", ".B \(escaped(Help.usage(of: command)))", escaped(command.summary)]
        }
        for command in Command.all where !command.flags.isEmpty {
            lines += [".SH \(escaped("FLAGS OF " + command.name.uppercased()))"]
            for flag in command.flags {
                let value = flag.placeholder.map { " \\fI\(escaped($0))\\fR" } ?? ""
                let details = flag.details.isEmpty ? "" : " (\(flag.details))"
                lines += [
                    ".TP", "\\fB\\-\\-\(escaped(flag.name))\\fR\(value)", escaped(flag.summary + details),
                ]
            }
        }
        lines += [
            ".SH EXIT STATUS", "0 done, 1 failed, 64 called wrongly; standard error has one sentence.",
            ".SH SIGNALS",
            "SIGTERM and SIGINT drain and stop the server; SIGHUP opens the log file anew and reads the signing keys again.",
            ".SH FILES", "\(escaped(plan.folder)): database, files and signing keys of a service.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// No text of ours is taken for a request or an escape.
    private static func escaped(_ text: String) -> String {
        let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }
}

enum Completion {
    static func text(_ plan: KitPlan) throws -> String {
        let flags = Command.all.map { command in
            "        \"\(command.name)\") words=\"\(command.flags.map { "--" + $0.name }.joined(separator: " "))\" ;;"
        }
        let firsts = Set(Command.all.map { String($0.name.prefix { $0 != " " }) }).sorted()
        var groups = firsts.compactMap { first -> String? in
            let seconds = Command.all.filter { $0.name.hasPrefix(first + " ") }.map {
                $0.name.dropFirst(first.count + 1)
            }
            return seconds.isEmpty ? nil : "        \(first)) words=\"\(seconds.joined(separator: " "))\" ;;"
        }
        groups.append("        kit) words=\"\(KitCommand.files.map(\.name).joined(separator: " "))\" ;;")
        return """
            # \(plan.heading("completion")); for /usr/share/bash-completion/completions/parley
            _parley() {
                local current=${COMP_WORDS[COMP_CWORD]} words="" command
                if [ "$COMP_CWORD" -eq 1 ]; then
                    words="\(firsts.joined(separator: " "))"
                elif [ "$COMP_CWORD" -eq 2 ] && [[ "$current" != -* ]]; then
                    case "${COMP_WORDS[1]}" in
            \(groups.joined(separator: "\n"))
                    esac
                else
                    for command in "${COMP_WORDS[1]} ${COMP_WORDS[2]}" "${COMP_WORDS[1]}"; do
                        [ -n "$words" ] || case "$command" in
            \(flags.joined(separator: "\n"))
                        esac
                    done
                fi
                COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -F _parley parley

            """
    }
}
