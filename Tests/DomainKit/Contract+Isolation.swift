// The contract of the stores as wholes: tenants don't see each other, and a transaction is all or nothing.

import Domain

extension Contract {
    static let tenancy: [ContractCase] =
        groupTenancy + proposalTenancy + presenceTenancy + [
            ContractCase(promise: "The same names live side by side in two applications") { store in
                let apps = [try store.makeApplication("a").id, try store.makeApplication("b").id]
                let users = [try store.register("ann", in: apps[0]), try store.register("ann", in: apps[1])]
                for (app, user) in zip(apps, users) {
                    let found = try store.read(app) { (reader) throws(Failure) in
                        (try reader.user(named: user.username), try reader.users(after: nil, limit: 10))
                    }
                    try expect(found.0, is: user)
                    try expect(found.1, is: [user])
                }
            },
            ContractCase(promise: "No read method finds anything through another application's keys") {
                store in
                let (mine, theirs) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
                let (ann, bob) = try furnish(theirs, in: store)
                let found = try store.read(mine) { (reader) throws(Failure) in
                    let absent: [Bool] = [
                        try reader.user(named: ann.username) == nil, try reader.user(ann.uuid) == nil,
                        try reader.user(ann.id) == nil, try reader.users(after: nil, limit: 10).isEmpty,
                        try reader.passwordHash(of: ann.id) == nil,
                        try !reader.isContact(bob.id, of: ann.id), try reader.contactCount(of: ann.id) == 0,
                        try reader.contactNames(of: ann.id).isEmpty,
                        try reader.contacts(of: ann.id, after: nil, limit: 10).isEmpty,
                        try !reader.isBlocked(bob.id, by: ann.id), try reader.blockCount(by: ann.id) == 0,
                        try reader.blockedNames(by: ann.id).isEmpty,
                        try reader.mutes(of: ann.id) == Mutes(),
                        try reader.mutedUsers(at: start, offset: 0, limit: 10).isEmpty,
                        try reader.metadata(of: ann.id).isEmpty, try reader.metadataBytes() == 0,
                    ]
                    return absent
                }
                try expect(found, is: Array(repeating: true, count: 16))
            },
            ContractCase(promise: "No write method changes anything through another application's keys") {
                store in
                let (mine, theirs) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
                let (ann, bob) = try furnish(theirs, in: store)
                let own = try store.register("own", in: mine).id
                let before = try photograph(theirs, ann, bob, in: store)
                let done = try store.write(mine) { (writer) throws(Failure) in
                    var stranger = ann
                    stranger.nickname = "changed"
                    try writer.update(stranger)
                    try writer.setPasswordHash(of: ann.id, to: "changed")
                    try writer.delete(bob.id)
                    try writer.setMutes(Mutes(), of: ann.id)
                    try writer.setMutes(Mutes(chat: later(9)), of: bob.id)
                    try writer.setMetadata(MetadataEntry(key: "k", value: "changed"), of: ann.id)
                    try writer.deleteMetadata("k", of: ann.id)
                    try writer.deleteMetadata(of: ann.id)
                    return [
                        try writer.insertContact(own, of: ann.id, at: start),
                        try writer.insertContact(ann.id, of: own, at: start),
                        try writer.deleteContact(bob.id, of: ann.id),
                        try writer.setRemark("x", on: bob.id, of: ann.id),
                        try writer.insertBlock(own, by: ann.id, at: start),
                        try writer.insertBlock(ann.id, by: own, at: start),
                        try writer.deleteBlock(bob.id, by: ann.id),
                    ]
                }
                try expect(done, is: Array(repeating: false, count: 7))
                try expect(try photograph(theirs, ann, bob, in: store), is: before)
                let counts = try store.read(mine) { (reader) throws(Failure) in
                    [
                        try reader.contactCount(of: own), try reader.blockCount(by: own),
                        try reader.metadataBytes(),
                    ]
                }
                try expect(counts, is: [0, 0, 0])
            },
            ContractCase(promise: "A deleted application is gone with all its users, and its neighbour stays")
            {
                store in
                let (mine, theirs) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
                let (ann, bob) = try furnish(theirs, in: store)
                _ = try furnish(mine, in: store)
                let before = try photograph(theirs, ann, bob, in: store)
                try store.administer(
                    writing: { (writer) throws(Failure) in try writer.deleteApplication(mine) }
                )
                try expect(try photograph(theirs, ann, bob, in: store), is: before)
                let rest = try store.read(mine) { (reader) throws(Failure) in
                    try reader.users(after: nil, limit: 10).count + reader.metadataBytes()
                }
                try expect(rest, is: 0)
                let names = try store.administer(reading: { (reader) throws(Failure) in
                    try reader.applications().map(\.name)
                })
                try expect(names, is: ["b"])
            },
        ]

    static let transactions: [ContractCase] = [
        ContractCase(promise: "A transaction reads its own writes") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app)
            let found = try store.write(app) { (writer) throws(Failure) in
                var changed = ann
                changed.nickname = "A"
                try writer.update(changed)
                return try writer.user(ann.id)?.nickname
            }
            try expect(found, is: "A")
        },
        ContractCase(promise: "A transaction that throws leaves nothing and announces nothing") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app)
            let told = store.announced
            try expect(.noSuchRoute) {
                try store.write(app) { (writer) throws(Failure) -> Void in
                    try writer.setMetadata(MetadataEntry(key: "k", value: "v"), of: ann.id)
                    writer.announce(.userSignedOut(ann.id))
                    try writer.delete(ann.id)
                    throw .noSuchRoute
                }
            }
            try expect(.noSuchRoute) {
                try store.administer(writing: { (writer) throws(Failure) -> Void in
                    try writer.deleteApplication(app)
                    throw .noSuchRoute
                })
            }
            try expect(store.announced, is: told)
            let found = try store.read(app) { (reader) throws(Failure) in
                (try reader.user(ann.id), try reader.metadata(of: ann.id))
            }
            try expect(found.0, is: ann)
            try expect(found.1, is: [])
        },
        ContractCase(promise: "A rule may go on after a conflict that it expected") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app)
            let twin = NewUser(
                username: ann.username,
                passwordHash: "h",
                nickname: nil,
                uuid: .sample("twin")
            )
            let name = try require(Username("bob"))
            let other = NewUser(username: name, passwordHash: "h", nickname: nil, uuid: .sample("other"))
            let inserted = try store.write(app) { (writer) throws(Failure) in
                do throws(Failure) {
                    _ = try writer.insert(twin, at: start)
                } catch {
                    guard error == .conflict(.user, id: "ann") else { throw error }
                }
                return try writer.insert(other, at: start)
            }
            let all = try store.read(app) { (reader) throws(Failure) in
                try reader.users(after: nil, limit: 10)
            }
            try expect(all, is: [ann, inserted])
        },
        ContractCase(promise: "Announcements carry their application and keep their order") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let told = store.announced
            for user in users.reversed() {
                try store.write(app) { (writer) throws(Failure) in writer.announce(.userSignedOut(user)) }
            }
            let expected = users.reversed().map { Announcement(application: app, event: .userSignedOut($0)) }
            try expect(store.announced, is: told + expected)
        },
    ]

    /// Two users with a row in every repository.
    private static func furnish(_ app: ApplicationID, in store: any Store) throws -> (User, User) {
        let users = try store.register(["ann", "bob"], in: app)
        let (ann, bob) = (users[0].id, users[1].id)
        try store.write(app) { (writer) throws(Failure) in
            _ = try writer.insertContact(bob, of: ann, at: start)
            _ = try writer.insertContact(ann, of: bob, at: start)
            _ = try writer.insertBlock(bob, by: ann, at: start)
            try writer.setMutes(Mutes(chat: later(60)), of: ann)
            try writer.setMetadata(MetadataEntry(key: "k", value: "v"), of: ann)
        }
        return (users[0], users[1])
    }

    /// All that two users have, as text.
    private static func photograph(
        _ app: ApplicationID,
        _ ann: User,
        _ bob: User,
        in store: any Store
    ) throws -> [String] {
        try store.read(app) { (reader) throws(Failure) in
            [
                "\(try reader.users(after: nil, limit: 10))",
                "\(try reader.passwordHash(of: ann.id) ?? "none")",
                "\(try reader.contacts(of: ann.id, after: nil, limit: 10))",
                "\(try reader.contacts(of: bob.id, after: nil, limit: 10))",
                "\(try reader.blockedNames(by: ann.id))", "\(try reader.mutes(of: ann.id))",
                "\(try reader.mutedUsers(at: start, offset: 0, limit: 10))",
                "\(try reader.metadata(of: ann.id))",
            ]
        }
    }
}
