// The contract of the repository of users.

import Domain

extension Contract {
    static let users: [ContractCase] = [
        ContractCase(promise: "A registered user is found by name in any spelling, by UUID and by key") {
            store in
            let app = try store.makeApplication().id
            let user = try store.register("Ann", in: app, nickname: "Änn")
            let lower = try require(Username("aNN"))
            let found = try store.read(app) { (reader) throws(Failure) -> [User?] in
                [try reader.user(named: lower), try reader.user(user.uuid), try reader.user(user.id)]
            }
            try expect(found, is: [user, user, user])
            try expect(user.username.text, is: "Ann")
            try expect(user.created, is: start)
            try expect(user.modified, is: start)
            try expect(user.isActivated, "activated")
            try expect(user.nickname, is: "Änn")
            try expect(user.push, is: PushSettings())
        },
        ContractCase(promise: "The stored user keeps its spelling and its key") { store in
            let app = try store.makeApplication().id
            let user = try store.register("Mixed.Case-1_", in: app)
            let found = try require(
                try store.read(app) { (reader) throws(Failure) in try reader.user(user.id) }
            )
            try expect(found.username.text, is: "Mixed.Case-1_")
            try expect(found.username.key, is: "mixed.case-1_")
        },
        ContractCase(promise: "An unknown name, UUID or key finds nobody") { store in
            let app = try store.makeApplication().id
            try store.register("ann", in: app)
            let name = try require(Username("bob"))
            let found = try store.read(app) { (reader) throws(Failure) -> [User?] in
                [
                    try reader.user(named: name), try reader.user(.sample("nobody")),
                    try reader.user(UserID(rawValue: 4711)), try reader.user(UserID(rawValue: 0)),
                ]
            }
            try expect(found, is: [nil, nil, nil, nil])
            let hash = try store.read(app) { (reader) throws(Failure) in
                try reader.passwordHash(of: UserID(rawValue: 4711))
            }
            try expect(hash, is: nil)
        },
        ContractCase(promise: "A name that is taken in any spelling is a conflict, and nothing changes") {
            store in
            let app = try store.makeApplication().id
            let first = try store.register("ann", in: app)
            try expect(.conflict(.user, id: "ANN")) { try store.register("ANN", in: app) }
            let all = try store.read(app) { (reader) throws(Failure) in
                try reader.users(after: nil, limit: 10)
            }
            try expect(all, is: [first])
        },
        ContractCase(promise: "Keys rise with registration, and the key of a deleted user isn't used again") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["c", "a", "b"], in: app)
            try expect(users.map(\.id), is: users.map(\.id).sorted())
            try store.write(app) { (writer) throws(Failure) in try writer.delete(users[2].id) }
            let next = try store.register("d", in: app)
            try expect(next.id > users[2].id, "a new key")
        },
        ContractCase(promise: "Pages of users follow the order of registration and the limit") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["c", "a", "b", "e", "d"], in: app)
            for (after, limit, expected) in [
                (nil, 10, users), (nil, 2, Array(users[..<2])), (users[1].id, 2, Array(users[2..<4])),
                (users[3].id, 10, [users[4]]), (users[4].id, 10, []), (nil, 0, []),
            ] as [(UserID?, Int, [User])] {
                let page = try store.read(app) { (reader) throws(Failure) in
                    try reader.users(after: after, limit: limit)
                }
                try expect(page, is: expected)
            }
        },
        ContractCase(promise: "Rows added and removed between pages neither repeat nor hide others") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register((0..<20).map { "user\($0)" }, in: app)
            let first = try store.read(app) { (reader) throws(Failure) in
                try reader.users(after: nil, limit: 8)
            }
            let position = try require(first.last?.id)
            try store.write(app) { (writer) throws(Failure) in
                // One that was shown, the one at the position itself, one that is still to come.
                for index in [3, 7, 12] { try writer.delete(users[index].id) }
            }
            let late = try store.register("late", in: app)
            let rest = try store.read(app) { (reader) throws(Failure) in
                try reader.users(after: position, limit: 100)
            }
            try expect(rest, is: users[8...11] + users[13...] + [late])
        },
        ContractCase(promise: "An update writes every changeable field and no other") { store in
            let app = try store.makeApplication().id
            let user = try store.register("ann", in: app, nickname: "A")
            var push = PushSettings()
            push.displayStyle = 1
            push.noDisturbing = true
            push.noDisturbingStart = 22
            push.noDisturbingEnd = 7
            push.notifierName = "certificate"
            push.deviceToken = "token"
            var changed = user
            changed.modified = later(5)
            changed.isActivated = false
            changed.tokenGeneration = 3
            changed.nickname = "B"
            changed.push = push
            for version in [changed, user] {  // There, and back to nil in every optional field.
                try store.write(app) { (writer) throws(Failure) in try writer.update(version) }
                let found = try store.read(app) { (reader) throws(Failure) in try reader.user(user.id) }
                try expect(found, is: version)
            }
            let hash = try store.read(app) { (reader) throws(Failure) in try reader.passwordHash(of: user.id)
            }
            try expect(hash, is: "hash of ann")
        },
        ContractCase(promise: "False and zero are kept apart from never set") { store in
            let app = try store.makeApplication().id
            var user = try store.register("ann", in: app)
            user.push.noDisturbing = false
            user.push.displayStyle = 0
            user.push.noDisturbingStart = 0
            user.push.notifierName = ""
            user.nickname = ""
            let changed = user
            try store.write(app) { (writer) throws(Failure) in try writer.update(changed) }
            try expect(
                try store.read(app) { (reader) throws(Failure) in try reader.user(changed.id) },
                is: changed
            )
        },
        ContractCase(promise: "A password is replaced for its user only") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app)
            try store.write(app) { (writer) throws(Failure) in
                try writer.setPasswordHash(of: users[0].id, to: "new")
            }
            let hashes = try store.read(app) { (reader) throws(Failure) -> [String?] in
                [try reader.passwordHash(of: users[0].id), try reader.passwordHash(of: users[1].id)]
            }
            try expect(hashes, is: ["new", "hash of bob"])
        },
        ContractCase(
            promise: "A deleted user is gone with everything that refers to it, and its name is free"
        ) { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app)
            let (ann, bob) = (users[0].id, users[1].id)
            try store.write(app) { (writer) throws(Failure) in
                for (owner, other) in [(ann, bob), (bob, ann)] {
                    _ = try writer.insertContact(other, of: owner, at: start)
                    _ = try writer.insertBlock(other, by: owner, at: start)
                }
                try writer.setMutes(Mutes(chat: later(60)), of: ann)
                try writer.setMetadata(MetadataEntry(key: "k", value: "v"), of: ann)
                try writer.delete(ann)
            }
            let left = try store.read(app) { (reader) throws(Failure) -> [Int] in
                [
                    try reader.contactCount(of: bob), try reader.contactCount(of: ann),
                    try reader.blockCount(by: bob), try reader.blockCount(by: ann),
                    try reader.mutedUsers(at: start, offset: 0, limit: 10).count, try reader.metadataBytes(),
                    try reader.contactNames(of: bob).count, try reader.blockedNames(by: bob).count,
                ]
            }
            try expect(left, is: Array(repeating: 0, count: 8))
            let again = try store.register("ANN", in: app)
            try expect(again.id > bob, "a new key")
        },
        ContractCase(promise: "Changing an unknown user does nothing") { store in
            let app = try store.makeApplication().id
            let user = try store.register("ann", in: app)
            try store.write(app) { (writer) throws(Failure) in
                try writer.delete(user.id)
                try writer.update(user)
                try writer.setPasswordHash(of: user.id, to: "x")
                try writer.delete(user.id)
            }
            try expect(
                try store.read(app) { (reader) throws(Failure) in try reader.users(after: nil, limit: 1) },
                is: []
            )
        },
        ContractCase(promise: "A user of an unknown application can't be registered") { store in
            try expect(.notFound(.application, id: "")) {
                try store.register("ann", in: ApplicationID(rawValue: 4711))
            }
        },
    ]
}
