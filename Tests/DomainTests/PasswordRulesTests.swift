// Passwords: who is let in, and that a slow change never undoes a newer one.

import DomainKit
import Testing

@testable import Domain

private let now = Timestamp(milliseconds: 1_700_000_000_000)

@Suite struct PasswordRulesTests {
    /// A database with one application, in which `alice` has the password hash `first`.
    ///
    /// The checks of a log-in beside the password: nothing.
    private static let tenant = Application(
        id: ApplicationID(rawValue: 1),
        uuid: UUID(high: 0, low: 0),
        organization: Organization(id: OrganizationID(rawValue: 1), name: "o", created: now),
        name: "a",
        created: now,
        settings: ApplicationSettings(),
        credentials: []
    )

    private static func house() throws -> (MemoryDatabase, ApplicationID) {
        let database = MemoryDatabase()
        let application = try database.makeApplication().id
        let uuid = try #require(UUID("00000000-0000-4000-8000-000000000001"))
        let name = try #require(Username("alice"))
        try database.write(application) { (store) throws(Failure) in
            let new = NewUser(username: name, passwordHash: "first", nickname: nil, uuid: uuid)
            _ = try store.insert(new, at: now)
        }
        return (database, application)
    }

    private static func hash(_ database: MemoryDatabase, _ application: ApplicationID) throws -> String? {
        try database.read(application) { (store) throws(Failure) in
            try LoginRules.attempt("alice", in: store).hash
        }
    }

    private static func user(_ database: MemoryDatabase, _ application: ApplicationID) throws -> User {
        try database.read(application) { (store) throws(Failure) in try UserRules.find("alice", in: store) }
    }

    enum Ending: CaseIterable { case password, signOut, deactivation, deletion }

    @Test(arguments: Ending.allCases)
    func `a user whose tokens ended meanwhile is no caller any more`(ending: Ending) throws {
        let (database, application) = try Self.house()
        let caller = Caller.user(try Self.user(database, application))
        try database.write(application) { (store) throws(Failure) in
            try UserRules.recheck(caller, in: store)
            switch ending {
            case .password: try UserRules.setPassword(of: "alice", toHash: "new", at: now, in: store)
            case .signOut: _ = try UserRules.signOut("alice", at: now, in: store)
            case .deactivation: _ = try UserRules.deactivate("alice", at: now, in: store)
            case .deletion: _ = try UserRules.delete("alice", in: store)
            }
        }
        #expect(throws: Failure.unauthenticated(ending == .deletion ? .orphaned : .revoked)) {
            try database.read(application) { (store) throws(Failure) in
                try UserRules.recheck(caller, in: store)
            }
        }
    }

    @Test func `a change that ends no tokens leaves its user a caller`() throws {
        let (database, application) = try Self.house()
        let caller = Caller.user(try Self.user(database, application))
        try database.write(application) { (store) throws(Failure) in
            _ = try UserRules.update("alice", at: now, in: store) { $0.nickname = "a" }
            try UserRules.recheck(caller, in: store)
            try UserRules.recheck(.anonymous, in: store)
        }
    }

    @Test func `a log-in that was right before the password changed lets nobody in`() throws {
        let (database, application) = try Self.house()
        let attempt = try database.read(application) { (store) throws(Failure) in
            try LoginRules.attempt("alice", in: store)
        }
        try database.write(application) { (store) throws(Failure) in
            try UserRules.setPassword(of: "alice", toHash: "second", at: now, in: store)
        }
        #expect(throws: Failure.wrongCredentials(.wrongPassword)) {
            try database.write(application) { (store) throws(Failure) in
                try LoginRules.finish(attempt, renewedHash: "renewed", of: Self.tenant, in: store)
            }
        }
        #expect(try Self.hash(database, application) == "second")
    }

    @Test func `a log-in renews an outdated hash, and tokens live on`() throws {
        let (database, application) = try Self.house()
        let user = try database.write(application) { (store) throws(Failure) in
            let attempt = try LoginRules.attempt("alice", in: store)
            return try LoginRules.finish(attempt, renewedHash: "renewed", of: Self.tenant, in: store)
        }
        #expect(user.tokenGeneration == 0)
        #expect(try Self.hash(database, application) == "renewed")
    }
}
