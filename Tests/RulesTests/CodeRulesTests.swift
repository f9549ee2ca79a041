// Rules of this repository that the compiler doesn't hold.

import Testing

@Suite struct CodeRulesTests {
    /// Modules with threads of their own, where the compiler can't see what keeps a value to one of them, and one whose
    /// pointers belong to a library that allows their use on every thread.
    private static let modulesWithThreads: Set<String> = ["Benchmark", "CurlLibrary", "Reactor", "Threads"]

    @Test func `every promise to the compiler about threads has its reason beside it`() {
        var count = 0
        for file in SourceTree.sources {
            for (number, line) in file.code where Self.isPromise(line) {
                count += 1
                #expect(Self.modulesWithThreads.contains(file.module), "\(file):\(number)")
                let first = max(0, number - 6)
                let around = file.lines[first..<min(number + 3, file.lines.count)]
                let isArgued = around.contains { $0.contains("//") && $0.contains(Self.word(of: line)) }
                #expect(isArgued, "\(file):\(number) has no comment that says why")
            }
        }
        #expect(count > 0)
    }

    private static func isPromise(_ line: Substring) -> Bool {
        line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)")
    }

    private static func word(of line: Substring) -> String {
        line.contains("@unchecked Sendable") ? "@unchecked Sendable" : "nonisolated(unsafe)"
    }

    @Test(arguments: ["try!", "as!", "fatalError(", "assertionFailure(", "@preconcurrency import"])
    func `the program never says`(word: String) {
        for file in SourceTree.sources {
            for (number, line) in file.code { #expect(!line.contains(word), "\(file):\(number)") }
        }
    }

    @Test func `the program never unwraps by force`() {
        for file in SourceTree.sources {
            for (number, line) in file.code where line.contains("!") {
                let code = line.replacing(#/"([^"\\]|\\.)*"/#, with: "\"\"")
                // A name, a call or a subscript with a mark behind it that is no comparison.
                #expect(!code.contains(#/[A-Za-z0-9_)\]]!([^=]|$)/#), "\(file):\(number)")
            }
        }
    }

    @Test func `no test waits for a time`() {
        // A test that waits for an event looks at it again until a deadline; one token in the kit has to grow old.
        let allowed = ["Tests/TestKit/Eventually.swift", "Tests/TestKit/TestApp.swift"]
        for file in SourceTree.tests
        where !allowed.contains(file.path) && !file.path.hasPrefix("Tests/RulesTests/") {
            for (number, line) in file.code {
                #expect(
                    !line.contains(#/\b(Thread\.sleep|Task\.sleep|usleep|nanosleep|sleep)\(/#),
                    "\(file):\(number)"
                )
            }
        }
    }

    @Test func `a statement of SQL has nothing in it that isn't written there`() {
        let keyword = #/\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|VACUUM|SAVEPOINT|BEGIN|WHERE)\b/#
        for file in SourceTree.sources where file.module == "Storage" {
            var isText = false
            for (number, line) in file.code {
                if line.split(separator: "\"\"\"", omittingEmptySubsequences: false).count == 2 {
                    isText.toggle()
                }
                let isSQL = (isText || line.contains("\"")) && line.contains(keyword)
                #expect(!isSQL || !line.contains("\\("), "\(file):\(number)")
            }
        }
    }

    @Test func `no module but Storage says anything in SQL`() {
        let statement = #/"(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA|CREATE TABLE) /#
        for file in SourceTree.sources where file.module != "Storage" && file.module != "Benchmark" {
            for (number, line) in file.code { #expect(!line.contains(statement), "\(file):\(number)") }
        }
    }

    @Test func `a file begins with one sentence on what it is for`() {
        for file in SourceTree.sources + SourceTree.tests {
            #expect(file.text.hasPrefix("// "), "\(file)")
        }
    }

    @Test func `no file is named for everything`() {
        let words = ["Utils", "Util", "Helpers", "Helper", "Manager", "Common", "Base", "Misc"]
        for file in SourceTree.sources + SourceTree.tests {
            let name = file.path.split(separator: "/").last.map { String($0.dropLast(6)) } ?? ""
            #expect(!words.contains { name.hasSuffix($0) }, "\(file)")
        }
    }
}
