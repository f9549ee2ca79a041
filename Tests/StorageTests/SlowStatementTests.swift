// Statements that take long: reported by a clock of the test's own.

import Domain
import DomainKit
import Testing
import Threads

@testable import Storage

@Suite struct SlowStatementTests {
    @Test(arguments: [(milliseconds: UInt64(60), isSlow: true), (milliseconds: 50, isSlow: false)])
    func `a statement over 50 ms is reported with its text and none of its values`(
        milliseconds: UInt64,
        isSlow: Bool
    ) throws {
        let time = Guarded(UInt64(0))
        let reported = Guarded<[SlowStatement]>([])
        let store = try TemporaryDatabase {
            $0.slowStatement = { statement in reported.withLock { $0.append(statement) } }
            // Each look at the clock finds it so much later.
            $0.statementClock = {
                time.withLock { time in
                    time += milliseconds * 1_000_000
                    return time
                }
            }
        }
        let app = try store.makeApplication().id
        reported.withLock { $0 = [] }
        _ = try store.read(app) { (reader) throws(Failure) in
            try reader.user(named: Username(stored: "aletheia", key: "aletheia"))
        }
        let found = reported.withLock { $0 }.filter { $0.sql.contains("FROM users WHERE") }
        #expect(found.map(\.nanoseconds) == (isSlow ? [60_000_000] : []))
        #expect(found.allSatisfy { $0.sql.contains("?2") && !$0.sql.contains("aletheia") })
    }
}
