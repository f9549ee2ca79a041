// Documents for people and documents made by machines say the same.

import TestKit
import Testing

@Suite struct DocumentTests {
    @Test func `openapi.yaml is what the table of routes says, byte for byte`() async throws {
        let run = try await CommandLineRun.run("openapi", "--fixtures", Project.fixtures)
        #expect(run.succeeded)
        let isSame = try SourceTree.read("openapi.yaml") == run.output
        #expect(isSame, "openapi.yaml is out of date; make openapi writes it anew")
    }

    @Test func `every reference in openapi.yaml leads to a component of it`() throws {
        let document = try SourceTree.read("openapi.yaml")
        var (section, kind) = ("", "")
        var components: Set<String> = []
        for line in document.split(separator: "\n") {
            guard let member = line.firstMatch(of: #/^( *)'?([^ '].*?)'?:( |$)/#) else { continue }
            switch member.1.count {
            case 0: section = String(member.2)
            case 2 where section == "components": kind = String(member.2)
            case 4 where section == "components": components.insert("#/components/\(kind)/\(member.2)")
            default: break
            }
        }
        let references = Set(document.matches(of: #/\$ref: '?([^'\s]+)'?/#).map { String($0.1) })
        #expect(references.count > 500 && components.count > 500)
        #expect(references.subtracting(components).sorted() == [])
    }

    @Test func `README tells of every target of make, and of no other`() throws {
        let targets = try SourceTree.read("Makefile").split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^([a-z]+):.*##/#).map { String($0.1) }
        }
        let readme = try SourceTree.read("README.md")
        let told = readme.matches(of: #/make ([a-z]+)/#).map { String($0.1) }
        #expect(targets.count > 10)
        for target in targets {
            #expect(told.contains(target), "README doesn't tell of make \(target)")
        }
        for word in told where !["two", "them", "one", "room", "sure", "it"].contains(word) {
            #expect(targets.contains(word), "README tells of make \(word), which isn't there")
        }
    }

    @Test func `every target of make stands among the phony ones`() throws {
        let makefile = try SourceTree.read("Makefile")
        let phony = try #require(makefile.split(separator: "\n").first { $0.hasPrefix(".PHONY:") })
        for match in makefile.matches(of: #/(?m)^([a-z]+):/#) {
            #expect(phony.split(separator: " ").contains(match.1), "\(match.1)")
        }
    }

    @Test func `README names every module`() throws {
        let readme = try SourceTree.read("README.md")
        for module in Set(SourceTree.sources.map(\.module)) {
            #expect(readme.contains("\(module)/"), "\(module)")
        }
    }
}
