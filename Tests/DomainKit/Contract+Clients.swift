// The contract of clients: their facts are stored as they were given, and rules give away no right that isn't the caller's.

import Domain

extension Contract {
    private static let name = ApplicationName(organization: "org", application: "app")

    private static func fresh(_ id: String) -> NewCredential {
        NewCredential(clientID: id, secret: "", secretHash: [1, 2, 3])
    }

    private static func draft(_ scopes: Scopes, expires: Timestamp?? = nil) -> ClientRules.Draft {
        var draft = ClientRules.Draft()
        (draft.name, draft.scopes, draft.expires) = ("service", scopes, expires)
        return draft
    }

    private static let owner = ClientRules.Authority(scopes: .all, client: nil)

    /// An application with one client of these scopes, and what that client may hand on.
    private static func makeClient(_ scopes: Scopes, in store: some Store) throws -> (
        Credential, ClientRules.Authority
    ) {
        _ = try store.makeApplication()
        let made = try store.administer(writing: { (writer) throws(Failure) in
            try ClientRules.create(
                draft(scopes),
                credential: fresh("own"),
                by: owner,
                of: name,
                at: start,
                in: writer
            )
        })
        return (made, ClientRules.Authority(scopes: scopes, client: made.id))
    }

    static let clients: [ContractCase] = [
        ContractCase(promise: "A client's facts are stored, replaced as a whole, and read oldest first") {
            store in
            let application = try store.makeApplication()
            let facts = ClientFacts(name: "a", scopes: Scopes([.usersRead, .audit]), expires: later(9))
            let made = try store.administer(writing: { (writer) throws(Failure) in
                try writer.insertCredential(fresh("x"), as: facts, of: application.id, at: start)
            })
            let changed = Credential(
                id: made.id,
                clientID: "x",
                name: "b",
                scopes: .all,
                secretHash: [9],
                formerSecret: .init(hash: [1, 2, 3], expires: later(5)),
                created: start
            )
            let found = try store.administer(writing: { (writer) throws(Failure) in
                let before = try writer.applications()[0].credentials
                try writer.updateCredential(changed)
                return before + (try writer.applications()[0].credentials)
            })
            try expect(found, is: [made, changed])
        },
        ContractCase(promise: "The hour of a client's use is noted, announces nothing, and outlives a change")
        { store in
            let (client, _) = try makeClient(Scopes(.audit), in: store)
            let announced = store.announced.count
            try store.administer(writing: { (writer) throws(Failure) in
                try writer.noteUse(of: client.id, at: later(7))
            })
            try expect(store.announced.count, is: announced)
            var renaming = ClientRules.Draft()
            renaming.name = "new"
            let change = renaming
            try store.administer(writing: { (writer) throws(Failure) in
                _ = try ClientRules.update("own", change, by: owner, of: name, at: start, in: writer)
            })
            let found = try store.administer(reading: { (reader) throws(Failure) in
                try reader.applications()[0].credentials
            })
            try expect(found.map(\.lastUsed), is: [later(7)])
            try expect(found.map(\.name), is: ["new"])
        },
        ContractCase(promise: "A client hands on its own scopes and no others, and touches nobody stronger") {
            store in
            let (_, authority) = try makeClient(Scopes([.clients, .usersRead]), in: store)
            let lacking = Failure.forbidden(.lacksScope(Scopes(.usersWrite)))
            try expect(lacking) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try ClientRules.create(
                        draft(Scopes([.usersRead, .usersWrite])),
                        credential: fresh("x"),
                        by: authority,
                        of: name,
                        at: start,
                        in: writer
                    )
                })
            }
            try store.administer(writing: { (writer) throws(Failure) in
                _ = try ClientRules.create(
                    draft(Scopes(.usersWrite)),
                    credential: fresh("strong"),
                    by: owner,
                    of: name,
                    at: start,
                    in: writer
                )
            })
            try expect(lacking) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try ClientRules.delete("strong", by: authority, of: name, at: start, in: writer)
                })
            }
            try expect(lacking) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try ClientRules.rotate(
                        "strong",
                        to: fresh("y"),
                        overlapSeconds: 0,
                        by: authority,
                        of: name,
                        at: start,
                        in: writer
                    )
                })
            }
        },
        ContractCase(promise: "A client that has lost scopes since it was let in hands none of them on") {
            store in
            let (_, authority) = try makeClient(Scopes([.clients, .usersRead]), in: store)
            try store.administer(writing: { (writer) throws(Failure) in
                _ = try ClientRules.update(
                    "own",
                    draft(Scopes(.usersRead)),
                    by: owner,
                    of: name,
                    at: start,
                    in: writer
                )
            })
            try expect(.forbidden(.lacksScope(Scopes(.clients)))) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try ClientRules.update(
                        "own",
                        draft(Scopes([.clients, .usersRead])),
                        by: authority,
                        of: name,
                        at: start,
                        in: writer
                    )
                })
            }
            try store.administer(writing: { (writer) throws(Failure) in
                _ = try ClientRules.delete("own", by: owner, of: name, at: start, in: writer)
            })
            try expect(.unauthenticated(.revoked)) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try ClientRules.delete("own", by: authority, of: name, at: start, in: writer)
                })
            }
        },
    ]
}
