// Every route was asked for by the tests, and answered: the last step of a whole run.

import Foundation
import TestKit
import Testing

/// The file that the other tests wrote, where this is the run behind them.
private let logPath = ProcessInfo.processInfo.environment["PARLEY_ROUTES_HIT"]

@Suite struct RouteCoverageTests {
    /// `make test` runs this one again behind all others.
    @Test(.enabled(if: logPath != nil))
    func `every route answered at least one request of the tests with success`() throws {
        let text = try String(contentsOfFile: #require(logPath), encoding: .utf8)
        var hit: Set<String> = []
        for line in Set(text.split(separator: "\n")) {
            let parts = line.split(separator: " ")
            guard parts.count == 3, parts[2] == "200" else { continue }
            if let route = Conformance.installed.route(String(parts[0]), String(parts[1])) {
                hit.insert(route)
            }
        }
        for route in Conformance.installed.routeNames {
            #expect(hit.contains(route), "no test got an answer from \(route)")
        }
    }
}
