// Rooms where they differ from groups, and the super administrators of all of them.

import Domain
import Routing

enum Rooms {
    // MARK: Lists

    static func list(
        _ call: Call,
        _ input: NamedPageInput,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<GroupReplies.RoomRow> {
        let page = try input.found(.room, call, in: store)
        return GroupListReply(
            call,
            list: page.elements.map(GroupReplies.RoomRow.init),
            params: input.params,
            next: page.next
        )
    }

    static func listJoined(
        _ call: Call,
        _ input: GroupPageInput<Groups.Rows>,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<GroupReplies.RoomName> {
        let page = try Groups.joined(call, input, .room, store)
        return GroupListReply(
            call,
            list: page.elements.map(GroupReplies.RoomName.init),
            params: input.params,
            next: page.next
        )
    }

    // MARK: Changes

    /// A new room.
    ///
    /// It is public, and who wants in comes in.
    struct New: BodyInput {
        let settings: GroupSettings
        let owner: String
        let members: [String]

        static let value = Value<New>.object(named: "NewRoom") { object throws(FieldProblem) in
            let name = try object.optional(
                spelled: ["name", "title"],
                .text(1...GroupRules.maximumNameCharacters),
                emptyIsAbsent: false
            )
            let description = try object.optional(
                spelled: ["description", "desc"],
                .text(0...GroupRules.maximumDescriptionCharacters)
            )
            guard let name = name?.value else { throw FieldProblem(.missing, at: "name") }
            let owner = try object.required("owner", .text(1...64))
            let members = try object.optional("members", NewGroupInput.members)
            guard let description = description?.value else {
                throw FieldProblem(.missing, at: "description")
            }
            var settings = GroupSettings(
                name: name,
                description: description,
                isPublic: true,
                maximumMembers: GroupRules.defaultMaximumMembers
            )
            var reader = GroupChangeReader()
            try reader.readCommon(&object)
            settings.maximumMembers = reader.change.maximumMembers ?? settings.maximumMembers
            settings.needsApproval = reader.change.needsApproval ?? false
            settings.custom = reader.change.custom ?? ""
            settings.icon = reader.change.icon ?? ""
            settings.isLarge = reader.change.isLarge ?? false
            return New(settings: settings, owner: owner, members: members ?? [])
        }
    }

    static func create(
        _ call: Call,
        _ input: New,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Created<RoomsFace>> {
        let room = try GroupRules.create(
            .room,
            input.settings,
            owner: input.owner,
            members: input.members,
            of: call.application,
            at: call.now,
            in: store
        )
        return GroupReply(call, "post", data: .init(id: room.shownID))
    }

    static func update(
        _ call: Call,
        _ input: GroupUpdateInput.OfRoom,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Updated> {
        try Groups.update(RoomsFace.find(call, in: store), call, input.update, store)
    }

    // MARK: Super administrators

    struct NewSuperAdministrator: BodyInput {
        let name: String

        static let value = Value<NewSuperAdministrator>.object(named: "NewSuperAdministrator") {
            object throws(FieldProblem) in
            NewSuperAdministrator(name: try object.required("superadmin", .text(1...64)))
        }
    }

    /// `resource` is always empty.
    struct Added: ReplyObject {
        static let fields: [ReplyField<Added>] = [
            .field("result") { _ in "success" },
            .field("resource") { _ in "" },
        ]
    }

    /// The key says "new" for who is one no longer.
    struct Removed: ReplyObject {
        let name: String

        static let fields: [ReplyField<Removed>] = [
            .field("newSuperAdmin") { $0.name },
            .field("resource") { _ in "" },
        ]
    }

    static func addSuperAdministrator(
        _ call: Call,
        _ input: NewSuperAdministrator,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<Added> {
        try SuperAdministratorRules.add(input.name, at: call.now, in: store)
        return GroupReply(call, "post", data: Added())
    }

    static func superAdministrators(
        _ call: Call,
        _ input: NumberedPageInput<Groups.Rows>,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<String> {
        let part = input.part() ?? (0, numberedPageSize)
        let names = try store.superAdministrators(offset: part.offset, limit: part.limit)
        return GroupListReply(call, list: names, params: input.params)
    }

    static func removeSuperAdministrator(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<Removed> {
        let user = try SuperAdministratorRules.remove(call["username"], in: store)
        return GroupReply(call, "delete", data: Removed(name: user.username.text))
    }
}
