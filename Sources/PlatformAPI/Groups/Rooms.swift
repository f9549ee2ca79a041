// Rooms where they differ from groups, and the super administrators of all of them.

import Domain
import Routing

enum Rooms {
    // MARK: Lists

    static func list(
        _ call: Call,
        _ input: PageInput<Groups.Rows>,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<GroupReplies.RoomRow> {
        let page = try GroupRules.page(
            .room,
            Groups.limit(input),
            before: input.position(in: .rooms, of: call.application.id.rawValue),
            of: call.application,
            in: store
        )
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
            let text = Value<String>.text(1...GroupRules.maximumNameCharacters)
            let name = try object.optional("name", text)
            let title = try object.optional("title", text)
            let description = try object.optional(
                "description",
                .text(0...GroupRules.maximumDescriptionCharacters)
            )
            guard let name = name ?? title else { throw FieldProblem(.missing, at: "name") }
            let owner = try object.required("owner", .text(1...64))
            let members = try object.optional("members", NewGroupInput.members)
            guard let description else { throw FieldProblem(.missing, at: "description") }
            if members?.isEmpty == true { throw FieldProblem(.empty, at: "members") }
            var settings = GroupSettings(
                name: name,
                description: description,
                isPublic: true,
                maximumMembers: GroupRules.defaultMaximumMembers
            )
            settings.maximumMembers =
                try object.optional("maxusers", NewGroupInput.maximum) ?? settings.maximumMembers
            settings.custom =
                try object.optional("custom", .text(0...GroupRules.maximumCustomCharacters)) ?? ""
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
        return GroupReply(call, "post", data: .init(id: room.id))
    }

    /// A change of a room: three fields, and no other.
    struct Update: BodyInput {
        let change: GroupRules.Change

        static let value = Value<Update>.object(named: "RoomUpdate") { object throws(FieldProblem) in
            var change = GroupRules.Change()
            change.name = try object.optional("name", .withoutSlash(1...GroupRules.maximumNameCharacters))
            change.description = try object.optional(
                "description",
                .withoutSlash(0...GroupRules.maximumDescriptionCharacters)
            )
            change.maximumMembers = try object.optional("maxusers", NewGroupInput.maximum)
            guard change != GroupRules.Change() else { throw FieldProblem(.missing, at: "name") }
            return Update(change: change)
        }.refusingUnknownFields(placeholder: Update(change: GroupRules.Change()))
    }

    static func update(
        _ call: Call,
        _ input: Update,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Updated> {
        let room = try RoomsFace.find(call, in: store)
        try GroupRules.update(
            room,
            input.change,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        return GroupReply(call, "put", data: .init(change: input.change))
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
