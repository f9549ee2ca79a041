// Finds the executable under test and the fixture folder.

import Foundation

/// Where things are.
public enum Project {
    /// Why something can't be found.
    public struct Missing: Error, CustomStringConvertible {
        /// The missing file, and the places searched.
        public let description: String
    }

    /// The `parley` executable: `PARLEY_BINARY`, else the one beside the running test bundle.
    public static func binaryPath() throws -> String {
        if let path = ProcessInfo.processInfo.environment["PARLEY_BINARY"], !path.isEmpty { return path }
        let candidates = buildFolders().map { $0 + "/parley" }
        if let found = candidates.first(where: { access($0, X_OK) == 0 }) { return found }
        throw Missing(
            description: "no parley executable; looked for \(candidates); build it or set PARLEY_BINARY"
        )
    }

    /// Folders that may hold the products of this build, the likeliest first.
    private static func buildFolders() -> [String] {
        // Depending on the tools' version the bundle is the program itself, an argument of a runner, or a library.
        let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
        let mapped = maps.split(separator: "\n").compactMap { line in
            line.firstIndex(of: "/").map { String(line[$0...]) }
        }
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundles = ([own] + CommandLine.arguments + mapped).filter { $0.contains(".xctest") }
        var folders: [String] = []
        for bundle in bundles {
            let folder = (bundle as NSString).deletingLastPathComponent
            if !folders.contains(folder) { folders.append(folder) }
        }
        return folders
    }

    /// The repository's folder.
    public static let folder: String = {
        // This file is Tests/TestKit/Project.swift; links are resolved because a build may see it through one.
        let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        return file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    }()

    /// The `Fixtures` folder: `PARLEY_FIXTURES`, else the repository's.
    public static let fixtures: String =
        ProcessInfo.processInfo.environment["PARLEY_FIXTURES"] ?? folder + "/Fixtures"
}
