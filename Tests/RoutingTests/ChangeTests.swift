// Lending: each access to a writer checks its caller again and stamps the transaction with the call.

import Domain
import DomainKit
import HTTP
import Testing

@testable import Routing

private let now = Timestamp(milliseconds: 1_700_000_000_000)

@Suite struct ChangeTests {
    /// A database with one application and the user `alice`.
    private let database = MemoryDatabase()
    private let application: ApplicationID
    private let alice: User

    init() throws {
        let application = try database.makeApplication().id
        let new = NewUser(
            username: try #require(Username("alice")),
            passwordHash: "hash",
            nickname: nil,
            uuid: try #require(UUID("00000000-0000-4000-8000-000000000001"))
        )
        alice = try database.write(application) { (store) throws(Failure) in try store.insert(new, at: now) }
        self.application = application
    }

    /// The accesses that are lent the application's writer, each with a handler that answers with its origin.
    enum Access: CaseIterable { case write, hash, errand, preludeOfRead, preludeOfScan, preludeOfWrite }

    private struct Stamp: ReplyObject, Reply {
        let origin: Origin
        static let fields: [ReplyField<Stamp>] = [
            .field("stamp") { "\($0.origin.route) \($0.origin.requestID ?? "") \($0.origin.address ?? "")" }
        ]
    }

    private func action(_ access: Access) -> Action {
        let read = { @Sendable (_: Call, _: NoInput, _: any Reader) throws(Failure) in
            Stamp(origin: Origin(server: "read"))
        }
        let write = { @Sendable (_: Call, _: NoInput, store: any Writer) throws(Failure) in
            Stamp(origin: store.origin)
        }
        switch access {
        case .write, .preludeOfWrite: return .write(write)
        case .preludeOfRead: return .read(read)
        case .preludeOfScan: return .scan(read)
        case .hash:
            return .write(
                after: { (_: Call, _: NoInput, _: any Reader) throws(Failure) -> Preparation<Int, Stamp> in
                    .compute(Computation { _ throws(Failure) in 1 })
                },
                { (_: Call, _: NoInput, _: Int, store: any Writer) throws(Failure) in
                    Stamp(origin: store.origin)
                }
            )
        case .errand:
            return .write(thenErrand: { (_: Call, _: NoInput, store: any Writer) throws(Failure) in
                .none(Stamp(origin: store.origin))
            })
        }
    }

    /// Runs an access as the dispatcher does.
    private func run(_ access: Access, by caller: Caller) throws -> any Reply {
        let incoming = try incoming(bytes: [], by: caller)
        let change: Change<any Writer, any Reply>
        switch (access, action(access).work) {
        case (.write, .write(let work)):
            guard case .application(let made) = try work(incoming) else { throw Unexpected() }
            change = made
        case (.hash, .prepared(let work)):
            guard case .application(let query) = try work(incoming) else { throw Unexpected() }
            let prepared = try database.read(application) { (store) throws(Failure) in try query(store) }
            guard case .compute(let computation) = prepared,
                case .application(let made) = try computation.run(NoHashing())
            else { throw Unexpected() }
            change = made
        case (.errand, .errand(let work)):
            let made = try work(incoming)
            let result = try database.write(application, by: made.origin) { (store) throws(Failure) in
                try made.run(store)
            }
            guard case .none(let reply) = result else { throw Unexpected() }
            return reply
        case (_, let work):
            let prelude = Prelude(isDone: { _, _ in false }, { _, _ in })
            guard case .application(let made)? = try work.behind(prelude, incoming) else {
                throw Unexpected()
            }
            change = made
        }
        return try database.write(application, by: change.origin) { (store) throws(Failure) in
            try change.run(store)
        }
    }

    private struct Unexpected: Error {}

    private struct NoHashing: PasswordHashing {
        func hash(_ password: String) throws(Failure) -> String { "" }
        func check(_ password: String, against hash: String?) throws(Failure) -> PasswordCheck { .wrong }
    }

    @Test(arguments: Access.allCases)
    func `a caller whose tokens have ended since it was let in changes nothing`(access: Access) throws {
        _ = try run(access, by: .user(alice))
        try database.write(application) { (store) throws(Failure) in
            _ = try UserRules.signOut("alice", at: now, in: store)
        }
        #expect(throws: Failure.unauthenticated(.revoked)) { try run(access, by: .user(alice)) }
    }

    @Test(arguments: [Access.write, .hash, .errand, .preludeOfWrite])
    func `a transaction carries its caller, route, request and address`(access: Access) throws {
        let response = try run(access, by: .user(alice)).response()
        guard case .bytes(let body) = response.body else { throw Unexpected() }
        #expect(String(decoding: body, as: UTF8.self) == #"{"stamp":"example r1 192.0.2.1"}"#)
    }
}
