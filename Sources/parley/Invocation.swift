// The words behind a command, sorted into operands and flags by what the command declares.

import CLinux
import Server

struct Invocation: Sendable {
    let command: Command
    /// The arguments that aren't flags, in order; as many as the command takes.
    private(set) var operands: [String] = []
    /// Flags in order, with their values; a switch alone has none.
    private(set) var flags: [(name: String, value: String?)] = []

    /// Reads the words.
    ///
    /// `--name value` and `--name=value` are the same; a switch takes a value only when `on` or `off` follows; behind
    /// `--` nothing is a flag.
    init(_ words: [String], of command: Command) throws(UsageError) {
        self.command = command
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            guard word.hasPrefix("--") else {
                guard !word.hasPrefix("-") || word == "-" else {
                    throw UsageError("There is no flag \(word); parley help \(command.name) lists them.")
                }
                operands.append(word)
                continue
            }
            try flags.append(Self.flag(word, &rest, command))
        }
        try checkOperands()
    }

    private static func flag(
        _ word: String,
        _ rest: inout ArraySlice<String>,
        _ command: Command
    ) throws(UsageError) -> (name: String, value: String?) {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        guard let flag = command.flags.first(where: { $0.name == name }) else {
            throw UsageError("There is no flag --\(name); parley help \(command.name) lists them.")
        }
        if parts.count == 2 { return (name, String(parts[1])) }
        if flag.placeholder == nil {
            let isValue = rest.first == "on" || rest.first == "off"
            return (name, isValue ? rest.popFirst() : nil)
        }
        guard let value = rest.first, !value.hasPrefix("--") else {
            throw UsageError("--\(name) needs a value: --\(name) \(flag.placeholder ?? "").")
        }
        rest = rest.dropFirst()
        return (name, value)
    }

    private func checkOperands() throws(UsageError) {
        let required = command.operands.filter { !$0.hasPrefix("[") }
        if operands.count < required.count {
            throw UsageError("parley \(command.name) needs \(required[operands.count]).")
        }
        guard operands.count > required.count, required.count == command.operands.count else { return }
        throw UsageError("parley \(command.name) doesn't take \"\(operands[required.count].prefix(64))\".")
    }

    // MARK: Reading it

    /// Whether a switch is on.
    func isOn(_ name: String) throws(UsageError) -> Bool { try truth(name) ?? false }

    /// A switch, where it was given; the last one wins.
    func truth(_ name: String) throws(UsageError) -> Bool? {
        guard let flag = flags.last(where: { $0.name == name }) else { return nil }
        guard let value = flag.value else { return true }
        guard let truth = Bool(switch: value) else {
            throw UsageError("--\(name) must be on or off, not \"\(value.prefix(64))\".")
        }
        return truth
    }

    /// A flag's value, where it was given; the last one wins.
    func value(_ name: String) -> String? { flags.last { $0.name == name }?.value }

    /// A server's settings: the environment, and then the flags that are settings.
    func configuration() throws(UsageError) -> Configuration {
        var configuration = Configuration()
        var environment = Self.environment()
        environment[ServeCommand.demoVariable] = nil
        try configuration.read(environment: environment)
        configuration.version = Program.version
        for (name, value) in flags {
            guard let option = Configuration.options.first(where: { $0.name == name }) else { continue }
            try configuration.set(option, to: value ?? "on", calledAs: "--\(name)")
        }
        return configuration
    }

    /// The settings of the flags alone, whatever the environment says.
    func flagsAlone() throws(UsageError) -> Configuration {
        var configuration = Configuration()
        for (name, value) in flags {
            guard let option = Configuration.options.first(where: { $0.name == name }) else { continue }
            try configuration.set(option, to: value ?? "on", calledAs: "--\(name)")
        }
        return configuration
    }

    /// The variables of the process that are meant for this program.
    static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var next = clinux_environment()
        while let entry = next?.pointee {
            let parts = String(cString: entry).split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            if parts.count == 2, parts[0].hasPrefix("PARLEY_") {
                variables[String(parts[0])] = String(parts[1])
            }
            next = next?.successor()
        }
        return variables
    }
}
