// A simulated disk for one test, and what the tests on it have in common.

import CFaultyDisk
import Domain
import DomainKit
import Foundation
import Testing

@testable import Storage

/// A disk that fails on demand.
final class FaultyDisk {
    let name = "faulty-" + Foundation.UUID().uuidString
    let disk: OpaquePointer

    init() throws { disk = try #require(faulty_disk_make(name)) }

    deinit { faulty_disk_free(disk) }
}

/// A suite whose database is on a faulty disk.
protocol OnFaultyDisk {
    var disk: FaultyDisk { get }
    var store: TemporaryDatabase { get }
    var app: ApplicationID { get }
}

extension OnFaultyDisk {
    func names() throws -> [String] {
        try store.read(app) { (reader) throws(Failure) in
            try reader.users(after: nil, limit: 100_000).map(\.username.text)
        }
    }

    /// Registers each name in a transaction of its own, with so much metadata.
    func submit(_ names: [String], bytes: Int = 0) -> [Answer<User>] {
        let entry = MetadataEntry(key: "k", value: String(repeating: "x", count: bytes))
        return names.map { name in
            let answer = Answer<User>()
            let isTaken = store.database.write(
                app,
                by: .test,
                { (writer) throws(Failure) in
                    let user = try writer.insert(.sample(name), at: start)
                    if bytes > 0 { try writer.setMetadata(entry, of: user.id) }
                    return user
                },
                completion: { answer.give($0) }
            )
            if !isTaken { answer.give(.failure(.noSuchRoute)) }
            return answer
        }
    }

    func reference(_ result: Result<User, Failure>) -> String? {
        if case .failure(.storage(let reference)) = result { reference } else { nil }
    }

    /// Closes, opens on a sound disk and looks.
    func reopened(expecting names: [String]) throws {
        store.close()
        let again = try TemporaryDatabase(in: store.folder)
        #expect(again.database.check() == [])
        let found = try again.read(app) { (reader) throws(Failure) in
            try reader.users(after: nil, limit: 100_000).map(\.username.text)
        }
        #expect(found == names)
    }
}
