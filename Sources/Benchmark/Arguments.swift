// The command line of the benchmark.

/// The parsed arguments.
struct Arguments {
    static let usage = """
        usage: Benchmark count FILE [--write]
               Benchmark [--only N,…] [--quick] [--parley FILE] [--folder FOLDER]

          --only 1,3        measure these figures only
          --quick           fewer and shorter rounds: to see that it works, not to quote
          --parley FILE     the executable to measure; default: parley beside this one
          --folder FOLDER   where the data folders are made, on the disk to measure; default $TMPDIR or /tmp

        """

    /// Numbers of figures; nil for all.
    var only: Set<Int>?
    /// Whether to save time at the price of precision.
    var isQuick = false
    /// The executable to measure; nil for the one beside this one.
    var executable: String?
    /// Where data folders are made; nil for the system's temporary folder.
    var folder: String?

    init(_ words: [String]) throws(BenchmarkError) {
        var words = words[...]
        while let word = words.popFirst() {
            switch word {
            case "--quick": isQuick = true
            case "--only": only = try Self.numbers(Self.value(of: word, in: &words))
            case "--parley": executable = try Self.value(of: word, in: &words)
            case "--folder": folder = try Self.value(of: word, in: &words)
            default: throw BenchmarkError(Self.usage)
            }
        }
    }

    private static func value(of flag: String, in words: inout ArraySlice<String>) throws(BenchmarkError)
        -> String
    {
        guard let value = words.popFirst() else { throw BenchmarkError("\(flag) needs a value.\n\(usage)") }
        return value
    }

    private static func numbers(_ text: String) throws(BenchmarkError) -> Set<Int> {
        var numbers: Set<Int> = []
        for part in text.split(separator: ",") {
            guard let number = Int(part) else {
                throw BenchmarkError("--only takes numbers, not \"\(part)\".")
            }
            numbers.insert(number)
        }
        return numbers
    }
}
