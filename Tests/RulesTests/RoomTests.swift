// The rooms of a module: its folders, between which nothing runs in a circle.

import Testing

/// The folders of one module, and the types that each takes from another.
///
/// Types are known by their names: those that two folders declare, or that a file declares for itself, say nothing.
private struct Rooms {
    /// For each folder, those whose types its files name, each with an example.
    private(set) var neighbours: [String: [String: String]] = [:]

    init(of module: String) {
        let files = SourceTree.sources.filter { $0.module == module }
        var homes: [String: Set<String>] = [:]
        for file in files {
            for name in file.declaredTypes { homes[name, default: []].insert(file.folder) }
        }
        for file in files {
            let own = file.allDeclaredTypes
            for word in file.words.subtracting(own) {
                guard let home = homes[word], home.count == 1, let other = home.first, other != file.folder
                else { continue }
                neighbours[file.folder, default: [:]][other] = "\(file) names \(word)"
            }
        }
    }

    /// The folders that are in a circle, or between two.
    var circle: Set<String> {
        var rest = Set(neighbours.keys).union(neighbours.values.flatMap(\.keys))
        while let end = rest.first(where: { Set((neighbours[$0] ?? [:]).keys).isDisjoint(with: rest) }) {
            rest.remove(end)
        }
        while let start = rest.first(where: { room in
            !rest.contains { neighbours[$0]?[room] != nil }
        }) {
            rest.remove(start)
        }
        return rest
    }

    /// The ways inside a circle, for the message of a test.
    func ways(in circle: Set<String>) -> String {
        circle.sorted().flatMap { room in
            (neighbours[room] ?? [:]).filter { circle.contains($0.key) }.map {
                "\(room) → \($0.key): \($0.value)"
            }
        }.joined(separator: "\n")
    }
}

extension SourceFile {
    /// The folder that the file lies in, below its module.
    fileprivate var folder: String {
        path.split(separator: "/").dropFirst(2).dropLast().joined(separator: "/")
    }

    /// The code without comments and texts.
    private var bareCode: String {
        code.map { String($0.line) }.joined(separator: "\n").replacing(#/"([^"\\\n]|\\.)*"/#, with: "")
    }

    /// The types that the file declares for others.
    fileprivate var declaredTypes: Set<String> {
        Self.types(
            in: bareCode,
            #/^(?:public |package |final |indirect |@\w+ )*(?:enum|struct|class|protocol|typealias) (\w+)/#
        )
    }

    /// All types that the file declares, nested ones too.
    fileprivate var allDeclaredTypes: Set<String> {
        Self.types(in: bareCode, #/\b(?:enum|struct|class|protocol|typealias|associatedtype) (\w+)/#)
    }

    private static func types(in text: String, _ declaration: Regex<(Substring, Substring)>) -> Set<String> {
        Set(text.matches(of: declaration.anchorsMatchLineEndings()).map { String($0.1) })
    }

    /// The words that may be types.
    fileprivate var words: Set<String> { Set(bareCode.matches(of: #/\b[A-Z]\w+/#).map { String($0.0) }) }
}

@Suite struct RoomTests {
    @Test(arguments: Set(SourceTree.sources.map(\.module)).sorted())
    func `nothing runs in a circle between the folders of`(module: String) {
        let rooms = Rooms(of: module)
        let circle = rooms.circle
        #expect(circle.isEmpty, "\(rooms.ways(in: circle))")
    }

    @Test func `values, entities and stores name no rule`() {
        let floors = ["Sources/Domain/Values/", "Sources/Domain/Entities/", "Sources/Domain/Store/"]
        let files = SourceTree.sources.filter { $0.module == "Domain" }
        let rules = files.filter { $0.path.hasPrefix("Sources/Domain/Rules/") }
        let types = rules.reduce(into: Set<String>()) { $0.formUnion($1.declaredTypes) }
        #expect(types.count > 20)
        for file in files where floors.contains(where: { file.path.hasPrefix($0) }) {
            #expect(file.words.subtracting(file.allDeclaredTypes).isDisjoint(with: types), "\(file)")
        }
    }
}
