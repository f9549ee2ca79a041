// `Benchmark count`: the instructions of six requests, counted by callgrind and held to those that are committed.

import Glibc

/// Counts instructions a request: unlike times, they hardly differ from run to run, so a file of them can be held to.
///
/// One client asks a server of one loop, one request after the other. Each request is counted by two runs, of which one has
/// some more of it: the difference is theirs alone.
struct InstructionCount {
    static let usage = "usage: Benchmark count FILE [--write]\n"

    /// Requests of the shorter run, and how many more the longer one has.
    private static let warmUp = 200, counted = 1000
    /// A request may take so much more than the file says.
    private static let tolerance = 1.02

    private let place: Workplace
    private let seed: Seed

    /// Counts, prints and compares; with `--write`, writes the file.
    ///
    /// - Returns: 0 when no request takes more than it may, 1 when one does or can't be counted, 64 for a call that makes no
    ///   sense.
    static func main(_ words: [String]) -> Int32 {
        guard let path = words.first, words.dropFirst().allSatisfy({ $0 == "--write" }) else {
            Run.complain(usage)
            return 64
        }
        do {
            let place = try Workplace(try Arguments([]))
            defer { place.remove() }
            try Interruption.watch(place.folder)
            let counts = try InstructionCount(place).counts()
            if words.contains("--write") {
                try InstructionFile(counts).write(to: path)
                return 0
            }
            return try compare(counts, with: InstructionFile(path))
        } catch {
            Run.complain("\(error)")
            return 1
        }
    }

    private static func compare(_ counts: [(name: String, count: Int)], with file: InstructionFile) -> Int32 {
        var code: Int32 = 0
        for (name, count) in counts {
            guard let known = file[name] else {
                print("\(name): \(count), and the file has none")
                code = 1
                continue
            }
            let change = (Double(count) / Double(known) - 1) * 100
            let tenths = Int((change * 10).rounded())
            let sign = tenths < 0 ? "-" : "+"
            let isOver = Double(count) > Double(known) * tolerance
            print(
                "\(name): \(count) instructions, \(sign)\(abs(tenths) / 10).\(abs(tenths) % 10) %"
                    + (isOver ? ", more than the 2 % that are allowed" : "")
            )
            if isOver { code = 1 }
        }
        return code
    }

    private init(_ place: Workplace) throws {
        self.place = place
        seed = try place.seed(users: 4000)
    }

    /// The instructions of each request.
    private func counts() throws -> [(name: String, count: Int)] {
        try CountedRequest.allCases.map { request in
            Run.complain("\(request.rawValue) …")
            let short = try total(of: request, Self.warmUp)
            let long = try total(of: request, Self.warmUp + Self.counted)
            return (request.rawValue, (long - short) / Self.counted)
        }
    }

    /// All instructions of a server's life in which a request is sent so often.
    private func total(of request: CountedRequest, _ times: Int) throws -> Int {
        let data = try place.copy(of: seed)
        try request.prepare(data, seed)
        let report = data + ".callgrind"
        let server = try ServerProcess(
            "valgrind",
            before: [
                "--quiet", "--tool=callgrind", "--callgrind-out-file=\(report)", place.executable,
            ],
            data: data,
            flags: ["--loops", "1", "--compute-threads", "1", "--frames-per-second", "100000"]
        )
        try request.send(times, to: server, of: seed)
        try server.stop()
        return try Self.summary(of: report)
    }

    /// The number behind `summary:` in callgrind's report.
    private static func summary(of path: String) throws -> Int {
        for line in try TextFile.lines(of: path) where line.hasPrefix("summary:") {
            if let number = line.split(separator: " ").last.flatMap({ Int($0) }) { return number }
        }
        throw BenchmarkError("\(path) has no summary")
    }
}

/// The committed counts: a line for each request, its name and its instructions with a tab between them.
struct InstructionFile {
    private let counts: [(name: String, count: Int)]

    init(_ counts: [(name: String, count: Int)]) { self.counts = counts }

    init(_ path: String) throws {
        counts = try TextFile.lines(of: path).compactMap { line in
            let parts = line.split(separator: "\t")
            guard parts.count == 2, let count = Int(parts[1]) else { return nil }
            return (String(parts[0]), count)
        }
    }

    subscript(name: String) -> Int? { counts.first { $0.name == name }?.count }

    func write(to path: String) throws {
        let head =
            "# Instructions a request, as `make count ARGS=--write` counted them; `make count` holds to them.\n"
        let text = head + counts.map { "\($0.name)\t\($0.count)\n" }.joined()
        try TextFile.write(text, to: path)
    }
}
