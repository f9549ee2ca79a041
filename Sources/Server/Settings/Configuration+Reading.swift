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
        unknownVariables = environment.keys.filter { name in
            !Self.options.contains { $0.variable == name }
        }.sorted()
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
            throw UsageError("\(name) must be \(option.accepted), not \"\(option.fault(value).prefix(64))\".")
        }
        given[option.name] = Given(value: value, source: name.hasPrefix("--") ? "flag" : "environment")
    }

    /// A setting as it is in force, and where that comes from: `flag`, `environment` or `default`.
    public struct Flag: Equatable, Sendable {
        /// The setting's name, without dashes.
        public let name: String
        /// The given value, or the default; empty where there is none.
        public let value: String
        /// Where it comes from.
        public let source: String
    }

    /// Every setting in force, in the order of the help text.
    public var flags: [Flag] {
        Self.options.map { option in
            let given = given[option.name]
            return Flag(
                name: option.name,
                value: given?.value ?? option.standard ?? "",
                source: given?.source ?? "default"
            )
        }
    }

    /// The setting whose variable is written most like this one; nil where none is near.
    static func variable(near name: String) -> String? {
        let known = Self.options.map {
            ($0.variable, Self.distance(Array($0.variable.utf8), Array(name.utf8)))
        }
        return known.filter { $0.1 <= 3 }.min { $0.1 < $1.1 }?.0
    }

    /// Bytes to add, drop or change to make one text of another (Levenshtein).
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var row = Array(0...other.count)
        for (index, byte) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (place, letter) in other.enumerated() {
                let best = min(row[place + 1] + 1, row[place] + 1, diagonal + (byte == letter ? 0 : 1))
                diagonal = row[place + 1]
                row[place + 1] = best
            }
        }
        return row[other.count]
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
