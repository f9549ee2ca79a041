// The writer: batches, savepoints, answers after the commit and in order.

import Domain
import DomainKit
import Glibc
import Testing
import Threads

@testable import Storage

@Suite struct GroupCommitTests {
    private func insert(
        _ name: String,
        _ store: TemporaryDatabase,
        _ app: ApplicationID,
        completion: @escaping @Sendable (Result<User, Failure>) -> Void
    ) -> Bool {
        store.database.write(
            app,
            by: .test,
            { (writer) throws(Failure) in try writer.insert(.sample(name), at: start) },
            completion: completion
        )
    }

    private func names(_ store: TemporaryDatabase, _ app: ApplicationID) throws -> [String] {
        try store.read(app) { (reader) throws(Failure) in
            try reader.users(after: nil, limit: 1000).map(\.username.text)
        }
    }

    @Test func `All that waits is one batch and one commit`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let gate = Gate(store.database, app)
        let before = store.database.statistics
        let answers = (0..<100).map { _ in Answer<User>() }
        for (index, answer) in answers.enumerated() {
            let isTaken = insert("user\(index)", store, app) { answer.give($0) }
            #expect(isTaken)
        }
        #expect(store.database.statistics.queueDepth == 100)
        gate.open()
        for answer in answers { _ = answer.wait() }
        let after = store.database.statistics
        #expect(after.batches == before.batches + 2)  // The gate's own, and ours.
        #expect(after.largestBatch == 100)
        #expect(try names(store, app) == (0..<100).map { "user\($0)" })
    }

    @Test func `A patient transaction shares the commit of one that comes in time`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let before = store.database.statistics
        let (patient, hasty) = (Answer<User>(), Answer<User>())
        let isTaken = store.database.write(
            app,
            by: .test,
            patience: .seconds(3600),
            { (writer) throws(Failure) in try writer.insert(.sample("patient"), at: start) },
            completion: { patient.give($0) }
        )
        #expect(isTaken)
        // The writer has it, and waits.
        while store.database.statistics.queueDepth > 0 { sched_yield() }
        #expect(insert("hasty", store, app) { hasty.give($0) })
        _ = (patient.wait(), hasty.wait())
        let after = store.database.statistics
        #expect(after.batches == before.batches + 1)
        #expect(after.transactions == before.transactions + 2)
    }

    @Test func `A patient transaction that stays alone is committed when its patience ends, or at the close`()
        throws
    {
        for patience in [Duration.microseconds(100), .seconds(3600)] {
            let store = try TemporaryDatabase()
            let app = try store.makeApplication().id
            let answer = Answer<User>()
            let isTaken = store.database.write(
                app,
                by: .test,
                patience: patience,
                { (writer) throws(Failure) in try writer.insert(.sample("patient"), at: start) },
                completion: { answer.give($0) }
            )
            #expect(isTaken)
            if patience > .seconds(1) { store.close() }
            #expect(try answer.wait().get().username.text == "patient")
        }
    }

    @Test func `A batch has a maximum`() throws {
        let store = try TemporaryDatabase { $0.batchMaximum = 30 }
        let app = try store.makeApplication().id
        let gate = Gate(store.database, app)
        let before = store.database.statistics.batches
        let answers = (0..<100).map { _ in Answer<User>() }
        for (index, answer) in answers.enumerated() {
            let isTaken = insert("user\(index)", store, app) { answer.give($0) }
            #expect(isTaken)
        }
        gate.open()
        for answer in answers { _ = answer.wait() }
        #expect(store.database.statistics.batches == before + 5)
        #expect(store.database.statistics.largestBatch == 30)
    }

    @Test func `A job that throws is undone alone, whatever its place in the batch`() throws {
        for failing in 0..<3 {
            let store = try TemporaryDatabase()
            let app = try store.makeApplication().id
            let gate = Gate(store.database, app)
            let answers = (0..<3).map { _ in Answer<User>() }
            for (index, answer) in answers.enumerated() {
                _ = store.database.write(
                    app,
                    by: .test,
                    { (writer) throws(Failure) in
                        let user = try writer.insert(.sample("user\(index)"), at: start)
                        writer.announce(.userSignedOut(user.id))
                        if index == failing { throw .noSuchRoute }
                        return user
                    },
                    completion: { answer.give($0) }
                )
            }
            gate.open()
            let results = answers.map { $0.wait() }
            let kept = (0..<3).filter { $0 != failing }
            #expect(try names(store, app) == kept.map { "user\($0)" })
            for (index, result) in results.enumerated() {
                if index == failing {
                    #expect(result == .failure(.noSuchRoute))
                } else {
                    #expect(throws: Never.self) { try result.get() }
                }
            }
            let signedOut = try kept.map { Event.userSignedOut(try results[$0].get().id) }
            let events = store.told.events.withLock { $0.map(\.event) }
            #expect(events.filter { $0 != .directoryChanged } == signedOut)
        }
    }

    /// Runs jobs as one batch: each inserts a user, or fails before or after it has.
    private enum Step { case succeeds, failsBefore, failsAfter }

    private func run(_ steps: [Step], _ store: TemporaryDatabase, _ app: ApplicationID) -> [Bool] {
        let gate = Gate(store.database, app)
        let answers = steps.map { _ in Answer<Void>() }
        for (index, answer) in answers.enumerated() {
            let step = steps[index]
            _ = store.database.write(
                app,
                by: .test,
                { (writer) throws(Failure) in
                    if step == .failsBefore { throw .noSuchRoute }
                    _ = try writer.insert(.sample("user\(index)"), at: start)
                    if step == .failsAfter { throw .noSuchRoute }
                },
                completion: { answer.give($0) }
            )
        }
        gate.open()
        return answers.map { (try? $0.wait().get()) != nil }
    }

    @Test func `A failure before the first change leaves the batch to run once`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let steps = (0..<256).map { $0 % 3 == 0 ? Step.failsBefore : .succeeds }
        #expect(run(steps, store, app) == steps.map { $0 == .succeeds })
        #expect(store.database.statistics.repeatedBatches == 0)
    }

    @Test func `The last of 256 fails after a change: the batch runs twice and keeps the rows of all others`()
        throws
    {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let steps = Array(repeating: Step.succeeds, count: 255) + [.failsAfter]
        #expect(run(steps, store, app) == steps.map { $0 == .succeeds })
        #expect(store.database.statistics.repeatedBatches == 1)
        #expect(try names(store, app) == (0..<255).map { "user\($0)" })
    }

    @Test func `A lone job that fails after a change is undone without a second run`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        #expect(run([.failsAfter], store, app) == [false])
        #expect(store.database.statistics.repeatedBatches == 0)
        #expect(try names(store, app) == [])
        #expect(run([.succeeds], store, app) == [true])
    }

    @Test func `A job sees what the jobs before it in the batch wrote`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let gate = Gate(store.database, app)
        let answers = (0..<2).map { _ in Answer<User>() }
        for answer in answers { _ = insert("ann", store, app) { answer.give($0) } }
        gate.open()
        #expect(throws: Never.self) { try answers[0].wait().get() }
        #expect(answers[1].wait() == .failure(.conflict(.user, id: "ann")))
    }

    @Test func `When an answer comes, another connection sees the row`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let gate = Gate(store.database, app)
        let database = store.database
        let answers = (0..<5).map { _ in Answer<Bool>() }
        for (index, answer) in answers.enumerated() {
            _ = insert("user\(index)", store, app) { result in
                // On the writer thread, in the completion itself.
                answer.give(
                    result.flatMap { user in
                        guard let reader = try? database.makeReader() else { return .success(false) }
                        return Result { () throws(Failure) in
                            try reader.read(app) { (reader) throws(Failure) in
                                try reader.user(user.id) == user
                            }
                        }
                    }
                )
            }
        }
        gate.open()
        for answer in answers { #expect(answer.wait() == .success(true)) }
    }

    @Test func `Inside a job, no other connection sees the row`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let database = store.database
        let isSeen = try store.write(app) { (writer) throws(Failure) in
            let user = try writer.insert(.sample("ann"), at: start)
            guard let reader = try? database.makeReader() else { return true }
            return try reader.read(app) { (reader) throws(Failure) in try reader.user(user.id) != nil }
        }
        #expect(!isSeen)
    }

    @Test func `Answers come in the order of submission, failures in their place`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let gate = Gate(store.database, app)
        let order = Order()
        let last = Answer<Int>()
        for index in 0..<50 {
            _ = store.database.write(
                app,
                by: .test,
                { (_) throws(Failure) in
                    if index % 3 == 0 { throw .noSuchRoute }
                    return index
                },
                completion: { result in
                    order.append("answer \(index)")
                    if index == 49 { last.give(result) }
                }
            )
        }
        gate.open()
        _ = last.wait()
        #expect(order.all == (0..<50).map { "answer \($0)" })
    }

    @Test func `Events are told once a commit, before its answers`() throws {
        let order = Order()
        let store = try TemporaryDatabase { options in
            options.committed = { events in order.append("events \(events.count)") }
        }
        let app = try store.makeApplication().id
        let gate = Gate(store.database, app)
        let last = Answer<Void>()
        for index in 0..<3 {
            _ = store.database.write(
                app,
                by: .test,
                { writer in writer.announce(.userSignedOut(UserID(rawValue: Int64(index)))) },
                completion: { result in
                    order.append("answer \(index)")
                    if index == 2 { last.give(result) }
                }
            )
        }
        gate.open()
        _ = last.wait()
        #expect(order.all == ["events 2", "events 3", "answer 0", "answer 1", "answer 2"])
    }

    @Test func `A full queue refuses, and takes again when there is room`() throws {
        let store = try TemporaryDatabase { $0.queueCapacity = 3 }
        let app = try store.makeApplication().id
        let gate = Gate(store.database, app)
        let answers = (0..<3).map { _ in Answer<User>() }
        for (index, answer) in answers.enumerated() {
            let isTaken = insert("user\(index)", store, app) { answer.give($0) }
            #expect(isTaken)
        }
        let isTaken = insert("late", store, app) { _ in Issue.record("A refused job must not be answered.") }
        #expect(!isTaken)
        gate.open()
        for answer in answers { _ = answer.wait() }
        try store.register("late", in: app)
        #expect(try names(store, app) == ["user0", "user1", "user2", "late"])
    }

    @Test func `A job whose statement fails is undone even when it goes on as if nothing had been`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let ann = try store.register("ann", in: app)
        // The UUID is taken: no conflict that the repository speaks of, so a failure of storage.
        let twin = NewUser(
            username: Username(stored: "bob", key: "bob"),
            passwordHash: "h",
            nickname: nil,
            uuid: ann.uuid
        )
        let result = Result { () throws(Failure) in
            try store.write(app) { (writer) throws(Failure) -> String in
                try writer.setPasswordHash(of: ann.id, to: "changed")
                _ = try? writer.insert(twin, at: start)
                return "all well"
            }
        }
        let incidents = store.told.incidents.withLock { $0 }
        #expect(incidents.count == 1)
        #expect(result == .failure(.storage(reference: incidents[0].reference)))
        #expect(incidents[0].extendedCode == 2067)
        #expect(incidents[0].sql.contains("INSERT INTO users"))
        let hash = try store.read(app) { (reader) throws(Failure) in try reader.passwordHash(of: ann.id) }
        #expect(hash == "hash of ann")
        try store.register("bob", in: app)
    }

    @Test func `A thousand writers from many threads are all answered and all there`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        let database = store.database
        let answers = (0..<1000).map { _ in Answer<User>() }
        let threads = try (0..<8).map { thread in
            try NamedThread.start(name: "test") {
                for index in stride(from: thread, to: 1000, by: 8) {
                    let answer = answers[index]
                    let isTaken = database.write(
                        app,
                        by: .test,
                        { (writer) throws(Failure) in try writer.insert(.sample("user\(index)"), at: start) },
                        completion: { answer.give($0) }
                    )
                    if !isTaken { answer.give(.failure(.noSuchRoute)) }
                }
            }
        }
        for thread in threads { thread.join() }
        for answer in answers { #expect(throws: Never.self) { try answer.wait().get() } }
        #expect(try names(store, app).count == 1000)
        #expect(database.check() == [])
    }

    @Test func `The probe writes`() throws {
        let store = try TemporaryDatabase()
        let before = store.database.statistics.walBytes
        try wait { done in store.database.probe(completion: done) }
        #expect(store.database.statistics.walBytes > before)
    }
}

/// The events, in order.
final class Order: Sendable {
    private let lines = Guarded<[String]>([])

    func append(_ line: String) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock { $0 } }
}
