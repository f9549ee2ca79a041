// The files that the rules are about.

import Foundation
import TestKit

/// One file of the repository.
struct SourceFile: Sendable, CustomStringConvertible {
    /// Its path from the repository's folder.
    let path: String
    let text: String

    var description: String { path }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The folder below `Sources` or `Tests` that it lies in.
    var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
}

/// The Swift files of the repository.
enum SourceTree {
    static let sources = files(below: "Sources")
    static let tests = files(below: "Tests")

    private static func files(below folder: String) -> [SourceFile] {
        let root = Project.folder + "/" + folder
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let text = try? String(contentsOfFile: root + "/" + path, encoding: .utf8) else { return nil }
            return SourceFile(path: folder + "/" + path, text: text)
        }
    }

    static func read(_ path: String) throws -> String {
        try String(contentsOfFile: Project.folder + "/" + path, encoding: .utf8)
    }
}
