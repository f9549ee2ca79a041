// axe-core, which `.ci/deps` fetches from PyPI to a place outside the repository; it is never part of the program.

import Foundation
import TestKit

/// The rules of the Web Content Accessibility Guidelines, as axe-core tries them.
enum Axe {
    private static let path =
        (ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache")
        + "/parley/axe.min.js"

    static let isThere = FileManager.default.fileExists(atPath: path)

    /// One line for each element that breaks a rule.
    static func violations(in browser: Browser) async throws -> [String] {
        let source = try String(contentsOfFile: path, encoding: .utf8)
        // Through the browser's own protocol: the page's policy lets no text become a script.
        try await browser.devTools(
            "Runtime.evaluate",
            ["expression": .string("window.axe || (\(source), 0), 0")]
        )
        let found = try await browser.until(
            """
            if (!window.axe) return null;
            window.axing ??= axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
              .then((result) => { window.axed = result.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`)); });
            return window.axed;
            """
        )
        try await browser.run("delete window.axing; delete window.axed")
        return (found.array ?? []).compactMap(\.string)
    }
}
