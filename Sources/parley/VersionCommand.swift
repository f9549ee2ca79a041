// parley version

enum VersionCommand {
    static let command = Command(name: "version", summary: "Print the version.") { _ in
        Terminal.say("parley \(Program.version)")
        return 0
    }
}
