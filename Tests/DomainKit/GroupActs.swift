// Everything that changes a group or speaks in one, by the permission that it needs.

import Domain

/// A group with everybody in it whom acts are about, and what they are about.
struct GroupScene: Sendable {
    let application: Application
    let group: Group
    /// By name: `ann` the owner, `adm` an administrator, `mem`, `muted` and `actor` ordinary members, `banned`, `asking` for a
    /// place, `out`.
    let users: [String: User]
    /// A message of `mem`.
    let message: MessageID

    /// Makes one on an empty store.
    init(_ store: any Store) throws {
        let application = try store.makeApplication()
        let names = ["ann", "adm", "mem", "muted", "actor", "banned", "asking", "out"]
        let users = Dictionary(
            uniqueKeysWithValues: zip(names, try store.register(names, in: application.id))
        )
        let made = try store.makeGroup(
            of: try require(users["ann"]).id,
            with: try ["adm", "mem", "muted", "actor"].map { try require(users[$0]).id },
            in: application.id
        )
        self.application = application
        self.users = users
        (group, message) = try store.write(application.id) { (writer) throws(Failure) in
            func user(_ name: String) throws(Failure) -> User {
                try UserRules.find(.name(name), in: writer)
            }
            let backend = Contract.backend
            _ = try GroupMemberRules.addAdministrator("adm", to: made, by: backend, in: writer)
            _ = try ProposalRules.apply(
                to: made,
                as: try user("asking"),
                of: application,
                at: Contract.start,
                in: writer
            )
            try GroupModerationRules.ban(
                ["banned"],
                milliseconds: nil,
                from: made,
                by: backend,
                at: Contract.start,
                store: writer
            )
            _ = try GroupModerationRules.mute(
                ["muted"],
                milliseconds: nil,
                in: made,
                by: backend,
                at: Contract.start,
                store: writer
            )
            let outcome = try MessageRules.send(
                MessageDraft(MessageContent(kind: .text, text: "said")),
                from: .user(try user("mem")),
                to: made,
                by: backend,
                at: Contract.start,
                in: writer
            )
            guard case .sent(let id) = outcome, let group = try writer.group(made.id) else {
                throw .notFound(.message, id: "")
            }
            return (group, id)
        }
    }

    /// Gives `actor` a role of the group's own with these permissions, or the built-in member's.
    func give(_ permissions: RolePermissions?, in store: any Store) throws {
        let (group, actor) = (group, try require(users["actor"]))
        try store.write(application.id) { (writer) throws(Failure) in
            guard let permissions else { return try writer.setRole(nil, of: actor.id, in: group.id) }
            let role = try writer.insertRole("own", description: nil, permissions, of: group.id)
            try writer.setRole(role.id, of: actor.id, in: group.id)
        }
    }

    /// Tries an act as a caller, and takes back what it did.
    ///
    /// - Returns: nil where it was done.
    func attempt(_ act: GroupAct, by caller: Caller, in store: any Store) throws -> Failure? {
        let scene = self
        let undo = Failure.storage(reference: "taken back")
        do throws(Failure) {
            try store.write(application.id) { (writer) throws(Failure) in
                try act.perform(scene, caller, writer)
                throw undo
            }
            return nil
        } catch {
            return error == undo ? nil : error
        }
    }
}

/// One act, and the permission that it needs.
struct GroupAct: Sendable {
    let permission: RolePermission
    let name: String
    let perform: @Sendable (GroupScene, Caller, any Writer) throws(Failure) -> Void

    private init(
        _ permission: RolePermission,
        _ name: String,
        _ perform: @escaping @Sendable (GroupScene, Caller, any Writer) throws(Failure) -> Void
    ) {
        self.permission = permission
        self.name = name
        self.perform = perform
    }

    private static let now = Contract.later(1)

    /// Every act that has a permission of its own; encryption is the clients' business, so nothing asks for that one.
    static let all = speaking + settings + bans + mutes + others

    private static func send(_ retention: MessageRetention, _ name: String) -> GroupAct {
        GroupAct(.send, name) { scene, caller, writer throws(Failure) in
            guard let user = caller.person ?? scene.users["mem"] else { return }
            let outcome = try MessageRules.send(
                MessageDraft(MessageContent(kind: .text, text: "x"), retention: retention),
                from: .user(user),
                to: scene.group,
                by: caller,
                at: now,
                in: writer
            )
            guard case .sent = outcome else { throw .notFound(.message, id: "\(outcome)") }
        }
    }

    private static let speaking = [
        send(.queued, "say something"), send(.live, "say something that isn't stored"),
        GroupAct(.send, "say something to some members") { scene, caller, writer throws(Failure) in
            guard let user = caller.person ?? scene.users["mem"] else { return }
            let outcome = try MessageRules.send(
                MessageDraft(MessageContent(kind: .text, text: "x")),
                from: .user(user),
                to: scene.group,
                members: ["mem"],
                by: caller,
                at: now,
                in: writer
            )
            guard case .sent = outcome else { throw .notFound(.message, id: "\(outcome)") }
        },
        GroupAct(.send, "share a file") { scene, caller, writer throws(Failure) in
            let content = UploadedFile(
                name: "f",
                contentType: "text/plain",
                size: 1,
                digest: FileDigest(Array(repeating: 7, count: 32))
            )
            _ = try FileRules.add(
                content,
                by: caller,
                isRestricted: false,
                to: scene.group,
                of: scene.application,
                secrets: PlainSecrets(),
                at: now,
                in: writer
            )
        },
        GroupAct(.recall, "recall what another said") { scene, caller, writer throws(Failure) in
            let outcome = try MessageChangeRules.recall(
                RecallRequest(id: scene.message, isForced: true),
                by: caller,
                of: scene.application,
                at: now,
                in: writer
            )
            guard case .recalled = outcome else { throw .notFound(.message, id: "\(outcome)") }
        },
    ]

    private static func change(
        _ permission: RolePermission,
        _ name: String,
        _ change: @escaping @Sendable (inout GroupRules.Change) -> Void
    ) -> GroupAct {
        GroupAct(permission, "set " + name) { scene, caller, writer throws(Failure) in
            var wanted = GroupRules.Change()
            change(&wanted)
            try GroupRules.update(
                scene.group,
                wanted,
                by: caller,
                of: scene.application,
                at: now,
                in: writer
            )
        }
    }

    private static let settings = [
        change(.setName, "the name") { $0.name = "n" },
        change(.setName, "whether it is public") { $0.isPublic = true },
        change(.setName, "whether joining needs approval") { $0.needsApproval = true },
        change(.setName, "whether members may invite") { $0.allowsInvites = false },
        change(.setName, "whether the invited have to agree") { $0.needsInviteConsent = true },
        change(.setName, "how many may be in it") { $0.maximumMembers = 9 },
        change(.setDescription, "the description") { $0.description = "d" },
        change(.setDescription, "the announcement") { $0.announcement = "a" },
        change(.setDescription, "the custom text") { $0.custom = "c" },
        change(.setAvatar, "the picture") { $0.icon = "i" },
        change(.setAvatar, "a session's picture") { $0.avatarKey = "k" },
    ]

    private static let bans = [
        GroupAct(.ban, "block a member") { scene, caller, writer throws(Failure) in
            _ = try GroupModerationRules.blockOne("mem", in: scene.group, by: caller, at: now, store: writer)
        },
        GroupAct(.ban, "ban a user") { scene, caller, writer throws(Failure) in
            try GroupModerationRules.ban(
                ["out"],
                milliseconds: nil,
                from: scene.group,
                by: caller,
                at: now,
                store: writer
            )
        },
        GroupAct(.ban, "ban all members") { scene, caller, writer throws(Failure) in
            try GroupModerationRules.banMembers(
                milliseconds: 1,
                from: scene.group,
                by: caller,
                at: now,
                store: writer
            )
        },
        GroupAct(.unban, "lift a ban") { scene, caller, writer throws(Failure) in
            let banned = scene.users["banned"].map { [$0.id] } ?? []
            try GroupModerationRules.liftBans(
                of: banned,
                from: scene.group,
                by: caller,
                at: now,
                store: writer
            )
        },
        GroupAct(.unban, "lift all bans") { scene, caller, writer throws(Failure) in
            try GroupModerationRules.liftAllBans(from: scene.group, by: caller, at: now, store: writer)
        },
        GroupAct(.unban, "take a user off the block list") { scene, caller, writer throws(Failure) in
            _ = try GroupModerationRules.remove(
                ["banned"],
                from: .blocked,
                of: scene.group,
                by: caller,
                at: now,
                in: writer
            )
        },
    ]

    private static let mutes = [
        GroupAct(.mute, "mute a member") { scene, caller, writer throws(Failure) in
            _ = try GroupModerationRules.mute(
                ["mem"],
                milliseconds: 1,
                in: scene.group,
                by: caller,
                at: now,
                store: writer
            )
        },
        GroupAct(.mute, "mute all") { scene, caller, writer throws(Failure) in
            try GroupModerationRules.muteAll(in: scene.group, by: caller, at: now, store: writer)
        },
        GroupAct(.mute, "take a member off the allow list") { scene, caller, writer throws(Failure) in
            _ = try GroupModerationRules.remove(
                ["mem"],
                from: .allowed,
                of: scene.group,
                by: caller,
                at: now,
                in: writer
            )
        },
        GroupAct(.mute, "set another member's nickname") { scene, caller, writer throws(Failure) in
            try GroupMemberRules.update("mem", of: scene.group, by: caller, in: writer) { $0.nickname = "n" }
        },
        GroupAct(.mute, "set another member's metadata") { scene, caller, writer throws(Failure) in
            try MemberMetadataRules.set(
                [MetadataEntry(key: "k", value: "v")],
                of: "mem",
                in: scene.group,
                by: caller,
                store: writer
            )
        },
        GroupAct(.unmute, "lift a mute") { scene, caller, writer throws(Failure) in
            _ = try GroupModerationRules.unmute(["muted"], in: scene.group, by: caller, store: writer)
        },
        GroupAct(.unmute, "lift the mute of one who is muted") { scene, caller, writer throws(Failure) in
            let muted = scene.users["muted"].map { [$0.id] } ?? []
            try GroupModerationRules.liftMutes(
                of: muted,
                in: scene.group,
                by: caller,
                at: now,
                store: writer
            )
        },
        GroupAct(.unmute, "let all speak") { scene, caller, writer throws(Failure) in
            try GroupModerationRules.unmuteAll(in: scene.group, by: caller, at: now, store: writer)
        },
        GroupAct(.unmute, "let all speak who are muted") { scene, caller, writer throws(Failure) in
            try GroupModerationRules.muteAll(in: scene.group, by: Contract.backend, at: now, store: writer)
            let muted = try GroupRules.find(scene.group.id.text, .group, in: writer)
            try GroupModerationRules.liftGroupMute(in: muted, by: caller, at: now, store: writer)
        },
        GroupAct(.unmute, "put a member on the allow list") { scene, caller, writer throws(Failure) in
            _ = try GroupModerationRules.allowOne("mem", in: scene.group, by: caller, at: now, store: writer)
        },
    ]

    private static let others = [
        GroupAct(.remove, "remove a member") { scene, caller, writer throws(Failure) in
            _ = try GroupMemberRules.remove(["mem"], from: scene.group, by: caller, in: writer)
        },
        GroupAct(.remove, "remove those who are members") { scene, caller, writer throws(Failure) in
            _ = try GroupMemberRules.removeEach(["mem", "out"], from: scene.group, by: caller, in: writer)
        },
        GroupAct(.delete, "delete the group") { scene, caller, writer throws(Failure) in
            try GroupRules.delete(scene.group, by: caller, in: writer)
        },
        GroupAct(.setRole, "make a role") { scene, caller, writer throws(Failure) in
            _ = try GroupRoleRules.add(
                "r",
                description: nil,
                [],
                to: scene.group,
                by: caller,
                in: writer
            )
        },
        GroupAct(.setRole, "give a role") { scene, caller, writer throws(Failure) in
            let role = try writer.insertRole("r", description: nil, [], of: scene.group.id)
            try GroupRoleRules.give(
                role.id,
                to: "mem",
                in: scene.group,
                by: caller,
                at: now,
                store: writer
            )
        },
        GroupAct(.accept, "answer an application") { scene, caller, writer throws(Failure) in
            try ProposalRules.answer(
                "asking",
                askingInto: scene.group,
                isAccepted: true,
                by: caller,
                of: scene.application,
                at: now,
                in: writer
            )
        },
    ]
}
