// Reading settings from flags and from the environment, both by the table; flags win.

/// A mistake in how the program was called, in one sentence for whoever called it.
public struct UsageError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// Wraps the sentence.
    public init(_ description: String) { self.description = description }
}

extension Configuration {
    /// Takes over the variables of the environment that name settings; an empty one counts as absent.
    ///
    /// - Throws: for the first value, in the order of the table, that isn't accepted.
    public mutating func read(environment: [String: String]) throws(UsageError) {
        for option in Self.options {
            guard let value = environment[option.variable], !value.isEmpty else { continue }
            try set(option, to: value, calledAs: option.variable)
        }
    }

    /// Takes over one setting.
    ///
    /// - Parameter name: how it was called, for the sentence about a mistake: `--port` or `PARLEY_PORT`.
    public mutating func set(_ option: Option, to value: String, calledAs name: String) throws(UsageError) {
        guard option.set(&self, value) else {
            throw UsageError("\(name) must be \(option.accepted), not \"\(value.prefix(64))\".")
        }
    }
}

extension Bool {
    /// Reads `on` and `off`, and what people type instead.
    public init?(switch text: String) {
        switch text {
        case "on", "true", "yes", "1": self = true
        case "off", "false", "no", "0": self = false
        default: return nil
        }
    }
}
