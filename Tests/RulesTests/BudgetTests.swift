// Budgets: a file of the program has at most 300 lines, a function at most 40, but for those on a list that only shrinks.

import Foundation
import Testing

/// Run by `make test`, not by `swift test`: what is being written need not be short yet.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["PARLEY_BUDGETS"] != nil))
struct BudgetTests {
    private static let fileLines = 300, functionLines = 40
    private static let list = "Fixtures/budgets.txt"

    /// The lines that the list allows, by file or by file and function.
    private static func allowed() throws -> [String: Int] {
        let lines = try SourceTree.read(list).split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Dictionary(
            lines.compactMap { line in
                guard let space = line.lastIndex(of: " "), let count = Int(line[line.index(after: space)...])
                else { return nil }
                return (String(line[..<space]), count)
            },
            uniquingKeysWith: max
        )
    }

    /// All that is longer than its budget.
    private static func found() -> [String: Int] {
        var found: [String: Int] = [:]
        for file in SourceTree.sources {
            let lines = file.lines.count - 1
            if lines > fileLines { found[file.path] = lines }
            for function in Function.all(in: file.lines) where function.lines > functionLines {
                let name = "\(file.path) \(function.name)"
                found[name] = max(found[name] ?? 0, function.lines)
            }
        }
        return found
    }

    @Test func `files and functions keep to their budgets`() throws {
        let allowed = try Self.allowed()
        for (name, lines) in Self.found().sorted(by: { $0.key < $1.key }) {
            #expect(
                lines <= allowed[name] ?? 0,
                "\(name) has \(lines) lines: divide it; \(Self.list) only shrinks"
            )
        }
    }

    @Test func `the list of the long ones holds nothing that is short by now`() throws {
        let found = Self.found()
        for (name, lines) in try Self.allowed() {
            #expect(found[name] == lines, "\(Self.list): \(name) has \(found[name] ?? 0) lines by now")
        }
    }

    /// A function, from its first line to its closing brace.
    private struct Function {
        let name: String
        let lines: Int

        /// Those of a file, as the formatter leaves them: a brace at the depth of the first line ends one.
        static func all(in lines: [Substring]) -> [Function] {
            let start =
                #/^( *)(?:@[A-Za-z]+(?:\([^)]*\))? |[a-z]+(?:\([a-z]+\))? )*(?:func ([^ (<]+)|(init|deinit|subscript))[ (<?]/#
            return lines.indices.compactMap { index in
                guard let match = lines[index].prefixMatch(of: start) else { return nil }
                let (depth, name) = (match.1, match.2 ?? match.3 ?? "")
                for (end, line) in lines[(index + 1)...].enumerated() {
                    if line == depth + "}" { return Function(name: String(name), lines: end + 2) }
                    let rest = line.hasPrefix(depth) ? line.dropFirst(depth.count) : ""
                    // Another declaration, or the end of what is around: this one has no body.
                    if let first = rest.first, !" )}".contains(first) { return nil }
                    if !line.hasPrefix(depth), line.contains(where: { $0 != " " }) { return nil }
                }
                return nil
            }
        }
    }
}
