// The contract of the authority over groups: what a role doesn't allow no rule does, and what it allows every rule does.

import Domain

extension Contract {
    /// Those who may do everything.
    private static func passing(_ user: User) -> [Caller] {
        [
            backend, .manager(user, CredentialID(rawValue: 1)),
            .administrator(AdministratorID(rawValue: 1)), .operator,
        ]
    }

    static let authority: [ContractCase] =
        RolePermission.allCases.map(permission) + [
            ContractCase(promise: "Every permission but that of clients' encryption has acts that need it") {
                _ in
                let covered = Set(GroupAct.all.map(\.permission))
                try expect(Set(RolePermission.allCases).subtracting(covered), is: [.encrypt])
            },
            builtInRoles, administratorsProtected, oneRole, bringingIn, severalFields, speakingForOthers,
            receivedApplications,
        ]

    /// A role with the one permission does what needs it, a role with all others doesn't.
    private static func permission(_ permission: RolePermission) -> ContractCase {
        ContractCase(promise: "What a role's permission \(permission) doesn't allow no rule does") { store in
            let scene = try GroupScene(store)
            let (group, actor) = (scene.group, try require(scene.users["actor"]))
            let out = Caller.user(try require(scene.users["out"]))
            let refused = Failure.forbidden(.permission(permission))
            for (role, isAllowed) in [
                (RolePermissions([permission]), true),
                (RolePermissions.all.subtracting(RolePermissions([permission])), false),
            ] {
                try scene.give(role, in: store)
                let answer = try store.read(scene.application.id) { (reader) throws(Failure) in
                    try GroupAuthority(.user(actor), group, reader).allows(permission)
                }
                try expect(answer, is: isAllowed)
                for act in GroupAct.all where act.permission == permission {
                    let found = try scene.attempt(act, by: .user(actor), in: store)
                    try expect(
                        found == (isAllowed ? nil : refused),
                        "\(act.name): \(String(describing: found))"
                    )
                }
            }
            for act in GroupAct.all where act.permission == permission {
                for stranger in [out, .anonymous] {
                    let found = try scene.attempt(act, by: stranger, in: store)
                    try expect(found == refused, "\(act.name) by a stranger: \(String(describing: found))")
                }
                for caller in passing(try require(scene.users["out"])) {
                    let found = try scene.attempt(act, by: caller, in: store)
                    try expect(found == nil, "\(act.name) by \(caller): \(String(describing: found))")
                }
            }
        }
    }

    private static let builtInRoles = ContractCase(
        promise:
            "The owner has every permission, administrators all but 9 and 10, members 1 and their own messages"
    ) { store in
        let scene = try GroupScene(store)
        let administrators = RolePermissions.all.subtracting(RolePermissions([.delete, .setRole]))
        try expect(PermissionRole.administrator.permissions, is: administrators)
        try expect(PermissionRole.member.permissions.list, is: [.send, .recall])
        for (name, permissions) in [
            ("ann", RolePermissions.all), ("adm", administrators), ("actor", RolePermissions([.send])),
        ] {
            let caller = Caller.user(try require(scene.users[name]))
            for act in GroupAct.all {
                let found = try scene.attempt(act, by: caller, in: store)
                let expected = permissions.allows(act.permission)
                try expect((found == nil) == expected, "\(act.name) by \(name): \(String(describing: found))")
            }
        }
        let own = try store.write(scene.application.id) { (writer) throws(Failure) in
            try MessageChangeRules.recall(
                RecallRequest(id: scene.message, isForced: true),
                by: .user(try UserRules.find("mem", in: writer)),
                of: scene.application,
                at: later(1),
                in: writer
            )
        }
        guard case .recalled = own else { throw ContractViolation(description: "\(own)") }
    }

    private static let administratorsProtected = ContractCase(
        promise: "Against an administrator and the owner only the owner acts, whatever a role allows"
    ) { store in
        let scene = try GroupScene(store)
        let (group, application) = (scene.group, scene.application)
        try scene.give(.all, in: store)
        let acts: [(RolePermission, @Sendable (Caller, any Writer) throws(Failure) -> Void)] = [
            (
                .remove,
                { caller, writer throws(Failure) in
                    _ = try GroupMemberRules.remove(["adm"], from: group, by: caller, in: writer)
                }
            ),
            (
                .mute,
                { caller, writer throws(Failure) in
                    _ = try GroupModerationRules.mute(
                        ["adm"],
                        milliseconds: nil,
                        in: group,
                        by: caller,
                        at: start,
                        store: writer
                    )
                }
            ),
            (
                .ban,
                { caller, writer throws(Failure) in
                    try GroupModerationRules.ban(
                        ["adm"],
                        milliseconds: nil,
                        from: group,
                        by: caller,
                        at: start,
                        store: writer
                    )
                }
            ),
            (
                .setRole,
                { caller, writer throws(Failure) in
                    try GroupRoleRules.give(
                        PermissionRole.member.id,
                        to: "adm",
                        in: group,
                        by: caller,
                        at: start,
                        store: writer
                    )
                }
            ),
        ]
        func attempt(
            _ caller: Caller,
            _ act: @escaping @Sendable (Caller, any Writer) throws(Failure) -> Void
        )
            throws -> Failure?
        {
            let undo = Failure.storage(reference: "taken back")
            do throws(Failure) {
                try store.write(application.id) { (writer) throws(Failure) in
                    try act(caller, writer)
                    throw undo
                }
                return nil
            } catch { return error == undo ? nil : error }
        }
        let actor = Caller.user(try require(scene.users["actor"]))
        let owner = Caller.user(try require(scene.users["ann"]))
        for (permission, act) in acts {
            try expect(try attempt(actor, act), is: .forbidden(.permission(permission)))
            try expect(try attempt(owner, act), is: nil)
            for caller in passing(try require(scene.users["out"])) {
                try expect(try attempt(caller, act), is: nil)
            }
        }
        let onOwner: @Sendable (Caller, any Writer) throws(Failure) -> Void = {
            caller,
            writer throws(Failure) in
            _ = try GroupMemberRules.remove(["ann"], from: group, by: caller, in: writer)
        }
        try expect(try attempt(actor, onOwner), is: .forbidden(.permission(.remove)))
        try expect(try attempt(backend, onOwner), is: .group(.ownerProtected))
    }

    private static let oneRole = ContractCase(
        promise: "Becoming administrator, ordinary member or owner ends an own role, and it doesn't come back"
    ) { store in
        let scene = try GroupScene(store)
        let (group, actor) = (scene.group, try require(scene.users["actor"]))
        let owner = Caller.user(try require(scene.users["ann"]))
        let names = try store.write(scene.application.id) { (writer) throws(Failure) in
            var names: [String] = []
            func note() throws(Failure) {
                let member = try GroupMemberRules.find(.user(actor), of: group, in: writer)
                names.append(try GroupRoleRules.role(of: member, in: group, store: writer).name)
            }
            let own = try GroupRoleRules.add("own", description: nil, [], to: group, by: owner, in: writer)
            func give(_ id: GroupRoleID) throws(Failure) {
                try GroupRoleRules.give(
                    id,
                    to: .user(actor),
                    in: group,
                    by: backend,
                    at: start,
                    store: writer
                )
                try note()
            }
            try give(own.id)
            _ = try GroupMemberRules.addAdministrator(.user(actor), to: group, by: owner, in: writer)
            try note()
            _ = try GroupMemberRules.removeAdministrator(.user(actor), from: group, by: owner, in: writer)
            try note()
            try give(own.id)
            try GroupRoleRules.setLevel(
                .member,
                of: .user(actor),
                in: group,
                by: owner,
                at: start,
                store: writer
            )
            try note()
            try give(own.id)
            try GroupRules.transfer(group, to: .user(actor), by: owner, at: start, in: writer)
            try note()
            let handed = try GroupRules.find(group.id.text, .group, in: writer)
            try GroupRules.transfer(handed, to: "ann", by: .user(actor), at: start, in: writer)
            try note()
            return names
        }
        try expect(names, is: ["own", "admin", "member", "own", "member", "own", "owner", "member"])
    }

    private static let bringingIn = ContractCase(
        promise:
            "Asking in needs membership; bringing in at once the owner, an administrator or allowed invites"
    ) { store in
        let scene = try GroupScene(store)
        let application = scene.application
        try scene.give(.all, in: store)
        for allowsInvites in [true, false] {
            let group = try store.write(application.id) { (writer) throws(Failure) in
                var change = GroupRules.Change()
                change.allowsInvites = allowsInvites
                try GroupRules.update(
                    scene.group,
                    change,
                    by: backend,
                    of: application,
                    at: start,
                    in: writer
                )
                return try GroupRules.find(scene.group.id.text, .group, in: writer)
            }
            for (name, adds, asks) in [
                ("ann", true, true), ("adm", true, true), ("actor", allowsInvites, true),
                ("mem", allowsInvites, true), ("banned", false, false),
            ] {
                let caller = Caller.user(try require(scene.users[name]))
                let sender = try require(scene.users[name])
                func attempt(_ body: @escaping @Sendable (any Writer) throws(Failure) -> Void) throws
                    -> Failure?
                {
                    let undo = Failure.storage(reference: "taken back")
                    do throws(Failure) {
                        try store.write(application.id) { (writer) throws(Failure) in
                            try body(writer)
                            throw undo
                        }
                        return nil
                    } catch { return error == undo ? nil : error }
                }
                let refused = Failure.forbidden(.insufficientScope)
                let added = try attempt { (writer) throws(Failure) in
                    _ = try GroupMemberRules.add(
                        ["out"],
                        to: group,
                        by: caller,
                        of: application,
                        at: start,
                        in: writer
                    )
                }
                let asked = try attempt { (writer) throws(Failure) in
                    _ = try ProposalRules.invite(
                        "out",
                        into: group,
                        from: sender,
                        of: application,
                        at: start,
                        in: writer
                    )
                }
                try expect(added, is: adds ? nil : refused)
                try expect(asked, is: asks ? nil : refused)
            }
        }
    }

    private static let severalFields = ContractCase(
        promise: "A change of several fields needs the permission of each, else nothing changes"
    ) { store in
        let scene = try GroupScene(store)
        let (application, actor) = (scene.application, Caller.user(try require(scene.users["actor"])))
        try scene.give(RolePermissions([.setName, .setAvatar]), in: store)
        var change = GroupRules.Change()
        (change.name, change.icon, change.announcement) = ("n", "i", "a")
        let wanted = change
        try expect(.forbidden(.permission(.setDescription))) {
            try store.write(application.id) { (writer) throws(Failure) in
                try GroupRules.update(
                    scene.group,
                    wanted,
                    by: actor,
                    of: application,
                    at: later(1),
                    in: writer
                )
            }
        }
        let group = try store.read(application.id) { (reader) throws(Failure) in
            try reader.group(scene.group.id)
        }
        try expect(group, is: scene.group)
    }

    private static let speakingForOthers = ContractCase(
        promise: "The application speaks for a member whose role is silent, and a mute holds all the same"
    ) { store in
        let scene = try GroupScene(store)
        try scene.give([], in: store)
        let outcomes = try store.write(scene.application.id) { (writer) throws(Failure) in
            var outcomes: [Bool] = []
            for name in ["actor", "muted"] {
                let outcome = try MessageRules.send(
                    MessageDraft(MessageContent(kind: .text, text: "x")),
                    from: .user(try UserRules.find(.name(name), in: writer)),
                    to: scene.group,
                    by: backend,
                    at: later(1),
                    in: writer
                )
                if case .sent = outcome { outcomes.append(true) } else { outcomes.append(false) }
            }
            return outcomes
        }
        try expect(outcomes, is: [true, false])
    }

    private static let receivedApplications = ContractCase(
        promise: "Applications to join are listed for and told to those whose role answers them"
    ) { store in
        let scene = try GroupScene(store)
        func listed(_ name: String) throws -> Int {
            let user = try require(scene.users[name])
            return try store.read(scene.application.id) { (reader) throws(Failure) in
                try reader.proposals(.managed(user.id), pendingAt: nil, before: nil, limit: 9).count
            }
        }
        try expect(try ["ann", "adm", "mem", "actor", "out"].map(listed), is: [1, 1, 0, 0, 0])
        try scene.give(RolePermissions([.accept]), in: store)
        try expect(try listed("actor"), is: 1)
        let before = store.announced.count
        try store.write(scene.application.id) { (writer) throws(Failure) in
            _ = try ProposalRules.apply(
                to: scene.group,
                as: try UserRules.find("out", in: writer),
                of: scene.application,
                at: later(1),
                in: writer
            )
        }
        let told = store.announced.dropFirst(before).compactMap { announcement in
            if case .noticeKept(_, let user) = announcement.event { user } else { nil }
        }
        try expect(Set(told), is: Set(try ["ann", "adm", "actor"].map { try require(scene.users[$0]).id }))
        try scene.give(RolePermissions.all.subtracting(RolePermissions([.accept])), in: store)
        try expect(try listed("actor"), is: 0)
    }
}
