// What is reported of ids that run ahead of the clock.

import Domain
import DomainKit
import Testing
import Threads

@testable import Storage

@Suite struct IDWatchTests {
    /// A clock that the test sets.
    private final class Clock: Sendable {
        let now = Guarded<Int64>(1_700_000_000_000)
        let reports = Guarded<[Int64]>([])

        func set(_ milliseconds: Int64) { now.withLock { $0 = milliseconds } }
    }

    private func open(_ folder: TemporaryFolder, _ clock: Clock) throws -> TemporaryDatabase {
        try TemporaryDatabase(in: folder) { options in
            options.now = { Timestamp(milliseconds: clock.now.withLock { $0 }) }
            options.idsAhead = { lead in clock.reports.withLock { $0.append(lead) } }
        }
    }

    private func send(_ store: TemporaryDatabase, _ app: ApplicationID, _ clock: Clock) throws {
        let now = Timestamp(milliseconds: clock.now.withLock { $0 })
        try store.write(app) { (writer) throws(Failure) in
            _ = try MessageRules.broadcast(
                MessageDraft(MessageContent(kind: .text, text: "m")),
                from: .application(Username.backend),
                at: now,
                in: writer
            )
        }
    }

    @Test func `Ids more than a day ahead are reported once, also at the next start, and are measured`()
        throws
    {
        let (clock, folder) = (Clock(), TemporaryFolder())
        let year: Int64 = 31_536_000_000
        let first = try open(folder, clock)
        let app = try first.makeApplication().id
        try send(first, app, clock)
        #expect(first.database.statistics.idLeadMilliseconds == 0)
        clock.set(1_700_000_000_000 + year)
        try send(first, app, clock)
        #expect(clock.reports.withLock { $0 } == [])
        clock.set(1_700_000_000_000)
        for _ in 0..<3 { try send(first, app, clock) }
        #expect(clock.reports.withLock { $0 } == [year])
        #expect(first.database.statistics.idLeadMilliseconds == year)
        first.close()
        let second = try open(folder, clock)
        #expect(clock.reports.withLock { $0 } == [year, year])
        try send(second, app, clock)
        #expect(clock.reports.withLock { $0 } == [year, year])
        // Once the clock has caught up, the next time is a new one.
        clock.set(1_700_000_000_000 + 2 * year)
        try send(second, app, clock)
        #expect(second.database.statistics.idLeadMilliseconds == 0)
        clock.set(1_700_000_000_000)
        try send(second, app, clock)
        #expect(clock.reports.withLock { $0 } == [year, year, 2 * year])
        second.close()
    }

    @Test func `A clock that was set back by less than a day is no news`() throws {
        let (clock, folder) = (Clock(), TemporaryFolder())
        let store = try open(folder, clock)
        let app = try store.makeApplication().id
        try send(store, app, clock)
        clock.set(1_700_000_000_000 - 86_400_000)
        try send(store, app, clock)
        #expect(clock.reports.withLock { $0 } == [])
        #expect(store.database.statistics.idLeadMilliseconds == 86_400_000)
        store.close()
    }
}
