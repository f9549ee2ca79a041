// The files that the rules are about.

import Foundation
import TestKit

/// One Swift file of the repository.
struct SourceFile: Sendable, CustomStringConvertible {
    /// Its path from the repository's folder.
    let path: String
    let text: String

    var description: String { path }
    /// The folder below `Sources` or `Tests` that it lies in.
    var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The lines that aren't comments, nor files of pages as literals, by their number from 1.
    var code: [(number: Int, line: Substring)] {
        var isPage = false
        return lines.enumerated().compactMap { index, line in
            let isEnd = line == "\"\"\"##"
            defer { isPage = isEnd ? false : isPage || line.hasSuffix("##\"\"\"") }
            return isPage || line.drop { $0 == " " }.hasPrefix("//") ? nil : (index + 1, line)
        }
    }

    /// The modules that it imports.
    var imports: [String] {
        code.compactMap { _, line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                words[..<place].allSatisfy({
                    ["public", "package", "internal"].contains($0) || $0.hasPrefix("@")
                })
            else { return nil }
            // `import struct Module.Name` names the module last.
            return words[words.count - 1].split(separator: ".").first.map(String.init)
        }
    }
}

/// The Swift files of the repository.
enum SourceTree {
    static let sources = files(below: "Sources")
    static let tests = files(below: "Tests")

    private static func files(below folder: String) -> [SourceFile] {
        let root = Project.folder + "/" + folder
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let text = try? String(contentsOfFile: root + "/" + path, encoding: .utf8) else {
                return nil
            }
            return SourceFile(path: folder + "/" + path, text: text)
        }
    }

    /// The text of any file of the repository.
    static func read(_ path: String) throws -> String {
        try String(contentsOfFile: Project.folder + "/" + path, encoding: .utf8)
    }
}
