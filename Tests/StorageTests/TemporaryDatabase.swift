// A database in a folder of its own, thrown away with the test, whose asynchronous calls can be waited for.

import Domain
import DomainKit
import Foundation
import Threads

@testable import Storage

/// A folder that is removed when the test ends.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "parley-storage-" + Foundation.UUID().uuidString
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The reports of the database.
final class Told: Sendable {
    let incidents = Guarded<[StorageIncident]>([])
    let events = Guarded<[CommittedEvent]>([])
}

/// A database with a reader of the test's own thread.
final class TemporaryDatabase: Store {
    let folder: TemporaryFolder
    let told = Told()
    let database: Database
    private var reader: ReaderConnection?
    /// The object that lives as long as the database is open.
    private let support: AnyObject?

    init(
        in folder: TemporaryFolder = TemporaryFolder(),
        with support: AnyObject? = nil,
        configure: (inout Database.Options) -> Void = { _ in }
    ) throws {
        self.folder = folder
        self.support = support
        database = try Database(Self.options(folder, told, configure: configure))
        reader = try database.makeReader()
    }

    static func options(
        _ folder: TemporaryFolder,
        _ told: Told = Told(),
        configure: (inout Database.Options) -> Void = { _ in }
    ) -> Database.Options {
        var options = Database.Options(
            folder: folder.path,
            now: { Timestamp(milliseconds: 1_700_000_000_000) }
        )
        options.incident = { incident in told.incidents.withLock { $0.append(incident) } }
        options.committed = { events in told.events.withLock { $0 += events } }
        configure(&options)
        return options
    }

    deinit { close() }

    func close() {
        reader = nil
        database.close()
    }

    /// Commits of its own until every removal is over: each is a turn of the writer.
    func finishRemovals() throws {
        while database.statistics.isRemoving {
            try wait { (done: @escaping @Sendable (Result<Void, Failure>) -> Void) in
                database.probe(completion: done)
            }
        }
    }

    // MARK: Store

    func read<T: Sendable>(
        _ application: ApplicationID,
        _ body: @escaping @Sendable (any Reader) throws(Failure) -> T
    ) throws(Failure) -> T {
        guard let reader else { throw .overloaded(retryAfterSeconds: 0) }
        return try reader.read(application, body)
    }

    func write<T: Sendable>(
        _ application: ApplicationID,
        by origin: Origin,
        _ body: @escaping @Sendable (any Writer) throws(Failure) -> T
    ) throws(Failure) -> T {
        try wait { done in database.write(application, by: origin, body, completion: done) }
    }

    func administer<T: Sendable>(
        reading body: @escaping @Sendable (any AdministrationReader) throws(Failure) -> T
    ) throws(Failure) -> T {
        guard let reader else { throw .overloaded(retryAfterSeconds: 0) }
        return try reader.administer(body)
    }

    func administer<T: Sendable>(
        by origin: Origin,
        writing body: @escaping @Sendable (any AdministrationWriter) throws(Failure) -> T
    ) throws(Failure) -> T {
        try wait { done in database.administer(by: origin, writing: body, completion: done) }
    }

    var announced: [Announcement] {
        told.events.withLock { $0.map { Announcement(application: $0.application, event: $0.event) } }
    }
}

/// Calls `start` with a completion and waits until that has been called.
func wait<T: Sendable>(
    _ start: (@escaping @Sendable (Result<T, Failure>) -> Void) -> Bool
) throws(Failure) -> T {
    let answer = Answer<T>()
    guard start({ answer.give($0) }) else { throw .overloaded(retryAfterSeconds: 0) }
    return try answer.wait().get()
}

/// A result that one thread gives and another waits for.
final class Answer<T: Sendable>: Sendable {
    private let result = Guarded<Result<T, Failure>?>(nil)
    /// Closed as soon as there is a result.
    private let gate = BlockingQueue<Never>(capacity: 1)

    func give(_ result: Result<T, Failure>) {
        self.result.withLock { $0 = result }
        gate.close()
    }

    func wait() -> Result<T, Failure> {
        _ = gate.take()
        return result.withLock { $0 } ?? .failure(.overloaded(retryAfterSeconds: 0))
    }
}

/// Holds the writer inside a job of its own until it is opened: what is submitted meanwhile is the next
/// batch.
final class Gate: Sendable {
    private let isReached = Answer<Void>()
    private let isOpen = Answer<Void>()

    init(_ database: Database, _ application: ApplicationID) {
        _ = database.write(
            application,
            by: .test,
            { [isReached, isOpen] _ in
                isReached.give(.success(()))
                _ = isOpen.wait()
            },
            completion: { _ in }
        )
        _ = isReached.wait()
    }

    func open() { isOpen.give(.success(())) }
}

extension NewUser {
    /// A user of this name with made-up rest.
    static func sample(_ name: String) -> NewUser {
        NewUser(
            username: Username(stored: name, key: name.lowercased()),
            passwordHash: "hash",
            nickname: nil,
            uuid: .sample(name)
        )
    }
}

/// The moment at which tests begin.
let start = Timestamp(milliseconds: 1_700_000_000_000)
