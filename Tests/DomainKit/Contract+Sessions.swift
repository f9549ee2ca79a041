// The contract of profiles, of users without a password, and of session generations.

import Domain

extension Contract {
    static let sessions: [ContractCase] = [
        ContractCase(promise: "A profile is stored with its user, and changed with it") { store in
            let app = try store.makeApplication().id
            var profile = UserProfile()
            profile.icon = "https://example.org/é.png"
            profile.gender = .female
            profile.mobile = "+1-555"
            profile.birth = "1998.12.15"
            profile.email = "ann@example.org"
            profile.extra = "{\"a\":1}"
            profile.messageOption = .silent
            let name = try require(Username("ann"))
            let first = profile
            let ann = try store.write(app) { (writer) throws(Failure) in
                try writer.insert(
                    NewUser(
                        username: name,
                        passwordHash: nil,
                        nickname: nil,
                        uuid: .sample("ann"),
                        profile: first
                    ),
                    at: start
                )
            }
            try expect(ann.profile, is: first)
            let found = try store.read(app) { (reader) throws(Failure) in try reader.user(ann.id) }
            try expect(found?.profile, is: first)
            let changed = try store.write(app) { (writer) throws(Failure) in
                var user = ann
                user.profile = UserProfile()
                user.profile.birth = "x"
                try writer.update(user)
                return try writer.user(named: name)
            }
            var expected = UserProfile()
            expected.birth = "x"
            try expect(changed?.profile, is: expected)
        },
        ContractCase(promise: "A user without a password has no hash until one is set") { store in
            let app = try store.makeApplication().id
            let name = try require(Username("ann"))
            let hashes = try store.write(app) { (writer) throws(Failure) in
                let new = NewUser(username: name, passwordHash: nil, nickname: nil, uuid: .sample("ann"))
                let ann = try writer.insert(new, at: start)
                let before = try writer.passwordHash(of: ann.id)
                try writer.setPasswordHash(of: ann.id, to: "hash")
                return [before, try writer.passwordHash(of: ann.id)]
            }
            try expect(hashes, is: [nil, "hash"])
        },
        ContractCase(promise: "Session generations rise by one, each platform's and each user's for itself") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let found = try store.write(app) { (writer) throws(Failure) in
                let before = try writer.sessionGeneration(of: users[0], platform: 1)
                try writer.raiseSessionGeneration(of: users[0], platform: 1)
                try writer.raiseSessionGeneration(of: users[0], platform: 1)
                try writer.raiseSessionGeneration(of: users[0], platform: 2)
                return [
                    before, try writer.sessionGeneration(of: users[0], platform: 1),
                    try writer.sessionGeneration(of: users[0], platform: 2),
                    try writer.sessionGeneration(of: users[0], platform: 3),
                    try writer.sessionGeneration(of: users[1], platform: 1),
                ]
            }
            try expect(found, is: [0, 2, 1, 0, 0])
        },
        ContractCase(promise: "No session generation is raised for a user of another application") { store in
            let app = try store.makeApplication().id
            let other = try store.makeApplication("other").id
            let ann = try store.register("ann", in: app).id
            let found = try store.write(other) { (writer) throws(Failure) in
                try writer.raiseSessionGeneration(of: ann, platform: 1)
                return try writer.sessionGeneration(of: ann, platform: 1)
            }
            try expect(found, is: 0)
            let own = try store.read(app) { (reader) throws(Failure) in
                try reader.sessionGeneration(of: ann, platform: 1)
            }
            try expect(own, is: 0)
        },
        ContractCase(promise: "Users are counted, and paged by number, in each application for itself") {
            store in
            let app = try store.makeApplication().id
            let other = try store.makeApplication("other").id
            _ = try store.register(["x", "y"], in: other)
            _ = try store.register(["ann", "bob", "cid"], in: app)
            for (offset, limit, expected) in [
                (0, 2, ["ann", "bob"]), (2, 2, ["cid"]), (3, 2, []), (1, 0, []),
            ] {
                let names = try store.read(app) { (reader) throws(Failure) in
                    try reader.users(skipping: offset, limit: limit).map(\.username.text)
                }
                try expect(names, is: expected)
            }
            let count = try store.read(app) { (reader) throws(Failure) in try reader.userCount() }
            try expect(count, is: 3)
        },
    ]
}
