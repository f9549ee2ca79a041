// The contract of groups' own roles, and of the rules about who may do what by its role.

import Domain

extension Contract {
    static let roles: [ContractCase] = [
        ContractCase(promise: "A role of a group's own is found by its number, and goes with the group") {
            store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app)
            let group = try store.makeGroup(of: ann.id, in: app)
            let made = try store.write(app) { (writer) throws(Failure) in
                try writer.insertRole("guard", description: "keeps", .all, of: group.id)
            }
            try expect(made.id.rawValue > 3, "behind the roles of every group")
            let found = try store.read(app) { (reader) throws(Failure) in
                (try reader.role(made.id), try reader.roleCount(of: group.id))
            }
            try expect(found.0, is: made)
            try expect(found.1, is: 1)
            try store.write(app) { (writer) throws(Failure) in try writer.deleteGroup(group.id) }
            try expect(try store.read(app) { (reader) throws(Failure) in try reader.role(made.id) }, is: nil)
        },
        ContractCase(promise: "No role is read or given through another application's keys") { store in
            let app = try store.makeApplication("a").id
            let other = try store.makeApplication("b").id
            let ann = try store.register("ann", in: app)
            let group = try store.makeGroup(of: ann.id, in: app)
            let made = try store.write(app) { (writer) throws(Failure) in
                try writer.insertRole("guard", description: nil, [], of: group.id)
            }
            let found = try store.write(other) { (writer) throws(Failure) in
                try writer.setRole(made.id, of: ann.id, in: group.id)
                return (try writer.role(made.id), try writer.roleCount(of: group.id))
            }
            try expect(found.0, is: nil)
            try expect(found.1, is: 0)
            let own = try store.read(app) { (reader) throws(Failure) in
                try reader.ownRole(of: ann.id, in: group.id)
            }
            try expect(own, is: nil)
        },
        ContractCase(promise: "A member has one role, which ends with the membership") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app)
            let group = try store.makeGroup(of: users[0].id, in: app)
            let bob = users[1]
            let found = try store.write(app) { (writer) throws(Failure) in
                let first = try writer.insertRole("first", description: nil, [], of: group.id)
                let second = try writer.insertRole("second", description: nil, [], of: group.id)
                try writer.setRole(first.id, of: bob.id, in: group.id)
                var found = [try writer.ownRole(of: bob.id, in: group.id)?.name]
                _ = try writer.insertMember(bob.id, into: group.id, at: start)
                for id in [first.id, second.id, nil, first.id] {
                    try writer.setRole(id, of: bob.id, in: group.id)
                    found.append(try writer.ownRole(of: bob.id, in: group.id)?.name)
                }
                _ = try writer.deleteMember(bob.id, from: group.id)
                _ = try writer.insertMember(bob.id, into: group.id, at: start)
                found.append(try writer.ownRole(of: bob.id, in: group.id)?.name)
                return found
            }
            try expect(found, is: [nil, "first", "second", nil, "first", nil])
        },
        ContractCase(promise: "Nobody gives a role with what it doesn't have itself, or one of another group")
        { store in
            let application = try store.makeApplication()
            let app = application.id
            let users = try store.register(["ann", "bob", "cy"], in: app)
            let group = try store.makeGroup(of: users[0].id, in: app)
            let other = try store.makeGroup(of: users[0].id, in: app)
            let roles = try store.write(app) { (writer) throws(Failure) in
                for user in users.dropFirst() {
                    _ = try writer.insertMember(user.id, into: group.id, at: start)
                }
                let giver = RolePermissions([.send, .setRole])
                let role = try GroupRoleRules.add(
                    "giver",
                    description: nil,
                    giver,
                    to: group,
                    by: .user(users[0]),
                    in: writer
                )
                let foreign = try GroupRoleRules.add(
                    "foreign",
                    description: nil,
                    [],
                    to: other,
                    by: .user(users[0]),
                    in: writer
                )
                try GroupRoleRules.give(
                    role.id,
                    to: "bob",
                    in: group,
                    by: .user(users[0]),
                    at: start,
                    store: writer
                )
                try GroupRoleRules.give(
                    role.id,
                    to: "cy",
                    in: group,
                    by: .user(users[1]),
                    at: start,
                    store: writer
                )
                return (role, foreign)
            }
            func give(_ id: GroupRoleID, to name: String, by user: User) throws {
                try store.write(app) { (writer) throws(Failure) in
                    try GroupRoleRules.give(
                        id,
                        to: .name(name),
                        in: group,
                        by: .user(user),
                        at: start,
                        store: writer
                    )
                }
            }
            try expect(.forbidden(.permission(.recall))) {
                try give(PermissionRole.member.id, to: "cy", by: users[1])
            }
            try expect(.forbidden(.permission(.setRole))) {
                try give(PermissionRole.owner.id, to: "bob", by: users[1])
            }
            try expect(.group(.ownerProtected)) { try give(roles.0.id, to: "ann", by: users[1]) }
            try expect(.notFound(.role, id: String(roles.1.id.rawValue))) {
                try give(roles.1.id, to: "bob", by: users[0])
            }
            try expect(.group(.notMembers(["dan"], group.id))) {
                try give(roles.0.id, to: "dan", by: users[0])
            }
            try expect(.forbidden(.permission(.ban))) {
                _ = try store.write(app) { (writer) throws(Failure) in
                    try GroupRoleRules.add(
                        "x",
                        description: nil,
                        RolePermissions([.ban]),
                        to: group,
                        by: .user(users[1]),
                        in: writer
                    )
                }
            }
        },
        ContractCase(promise: "The owner's role hands the group over, an administrator's makes one") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app)
            let group = try store.makeGroup(of: users[0].id, in: app)
            let found = try store.write(app) { (writer) throws(Failure) in
                _ = try writer.insertMember(users[1].id, into: group.id, at: start)
                var found: [GroupRole?] = []
                for role in [PermissionRole.administrator, .member, .owner] {
                    try GroupRoleRules.give(
                        role.id,
                        to: "bob",
                        in: group,
                        by: .user(users[0]),
                        at: start,
                        store: writer
                    )
                    found.append(try writer.membership(of: users[1].id, in: group.id)?.role)
                }
                found.append(try writer.membership(of: users[0].id, in: group.id)?.role)
                return found
            }
            try expect(found, is: [.administrator, .member, .owner, .member])
        },
    ]
}
