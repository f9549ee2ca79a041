// Making a group with its first members.

import Domain
import JSON
import Routing

extension Groups {
    /// A first member with its role.
    struct FirstMember: Fields {
        let name: Username
        let role: GroupRole

        static let schemaName = "FirstGroupMember"
        static let inside = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            name = try fields.required(.user, .username)
            role = try fields.role() ?? .member
        }
    }

    struct Creation: Fields {
        let members: [FirstMember]
        let names: [Username]
        let administrators: [Username]
        let owner: Username?
        let settings: Settings

        static let schemaName = "GroupCreation"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            let list = Value.list(of: FirstMember.inside, maximum: Users.maximumNames)
            members = try fields.optional(.firstMembers, list) ?? []
            names = try fields.optional(.firstMemberNames, .usernames) ?? []
            administrators = try fields.optional(.firstAdministrators, .usernames) ?? []
            owner = try fields.optional(.groupOwner, .username)
            let nested = try fields.optional(Spelling(nil, nil, "groupInfo"), Settings.inside)
            let flat = try Settings(&fields)
            settings = nested ?? flat
        }

        /// The one owner among those named.
        ///
        /// - Throws: `.invalid` where there is none, or more than one.
        func owner(for call: Call) throws(Failure) -> String {
            let field = Spelling.firstMembers.told(in: call.generation)
            var owners = members.filter { $0.role == .owner }.map(\.name)
            if let owner, !owners.contains(owner) { owners.append(owner) }
            // A user that creates a group for itself is its owner.
            if case .user(let user) = call.caller, !owners.contains(user.username) {
                owners.append(user.username)
            }
            guard let first = owners.first else { throw .invalid(field: field, .missing) }
            guard owners.allSatisfy({ $0 == first }) else {
                throw .invalid(field: field, .duplicate(value: "owner"))
            }
            return first.text
        }
    }

    /// The new group's id in the first generation, the whole group later.
    struct Created: AnswerContent {
        let info: GroupInfo

        static func shape(in generation: Generation) -> Shape {
            switch generation {
            case .first: .object([.init("groupID", .string())])
            case .second: GroupInfo.shape(in: generation)
            case .third: .object([.init("groupInfo", GroupInfo.shape(in: generation))])
            }
        }

        func write(to json: inout JSONWriter, in generation: Generation) {
            if generation == .second { return info.write(to: &json, in: generation) }
            json.beginObject()
            writeMembers(to: &json, in: generation)
            json.endObject()
        }

        func writeMembers(to json: inout JSONWriter, in generation: Generation) {
            if generation == .third {
                json.key("groupInfo")
                info.write(to: &json, in: generation)
            } else {
                json.key("groupID")
                json.string(info.group.publicID)
            }
        }
    }

    /// All or nothing: an unknown user is told, where the original left it out.
    static func create(
        _ call: Call,
        _ input: Creation,
        _ store: any Writer
    ) throws(Failure) -> Answer<Created> {
        let members = input.members.filter { $0.role != .owner }.map(\.name.text)
        let alias = input.settings.id.flatMap { $0.isEmpty ? nil : $0 }
        let made = try GroupRules.create(
            .group,
            input.settings.new(of: call.application),
            owner: try input.owner(for: call),
            members: members + input.names.map(\.text) + input.administrators.map(\.text),
            alias: alias,
            of: call.application,
            at: call.now,
            in: store
        )
        var group = try GroupRules.find(made.id.text, .group, in: store)
        let administrators =
            input.members.filter { $0.role == .administrator }.map(\.name) + input.administrators
        for name in administrators {
            let member = try GroupMemberRules.find(.name(name.text), of: group, in: store)
            guard member.role == .member else { continue }
            _ = try GroupMemberRules.addAdministrator(
                .name(name.text),
                to: group,
                by: call.caller,
                in: store
            )
        }
        if let text = input.settings.notification, !text.isEmpty {
            var change = GroupRules.Change()
            change.announcement = text
            try GroupRules.update(
                group,
                change,
                by: call.caller,
                of: call.application,
                at: call.now,
                in: store
            )
            group = try GroupRules.find(made.id.text, .group, in: store)
        }
        return Answer(call, Created(info: GroupInfo(group: group, now: call.now)))
    }
}
