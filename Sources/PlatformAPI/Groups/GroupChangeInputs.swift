// Changes of groups and rooms: the members of all eras, each answered under the name by which it was sent.

import Domain
import JSON
import Routing

/// Reads what a change of a group or room names, and under which of its names.
struct GroupChangeReader {
    var change = GroupRules.Change()
    /// Members that the group may have.
    let maximum: Value<Int>
    /// The members that were there, as they were spelled.
    private(set) var names: Set<String> = []

    init(maximum: Value<Int> = NewGroupInput.maximum) { self.maximum = maximum }

    mutating func take<Result>(_ found: (name: StaticString, value: Result)?) -> Result? {
        guard let found else { return nil }
        names.insert(found.name.description)
        return found.value
    }

    mutating func take<Result>(_ name: StaticString, _ value: Result?) -> Result? {
        take(value.map { (name, $0) })
    }

    /// The members of bodies that create or change groups and rooms.
    mutating func readCommon(_ object: inout ObjectReader) throws(FieldProblem) {
        change.maximumMembers = take("maxusers", try object.optional("maxusers", maximum))
        change.needsApproval = take(
            try object.optional(spelled: ["membersonly", "members_only", "approval", "need_verify"], .flag)
        )
        change.custom = take(
            "custom",
            try object.optional("custom", .text(0...GroupRules.maximumCustomCharacters))
        )
        change.icon = take("avatar", try object.optional("avatar", .text(0...1024)))
        change.isLarge = take("scale", try object.optional("scale", .oneOf(["normal", "large"]))).map {
            $0 == "large"
        }
    }

    /// The further members of a change of either.
    ///
    /// - Parameter name: the spellings of its name.
    mutating func readChange(_ object: inout ObjectReader, name: [StaticString]) throws(FieldProblem) {
        change.name = take(
            try object.optional(
                spelled: name,
                .withoutSlash(1...GroupRules.maximumNameCharacters),
                emptyIsAbsent: false
            )
        )
        change.description = take(
            try object.optional(
                spelled: ["description", "desc"],
                .withoutSlash(0...GroupRules.maximumDescriptionCharacters)
            )
        )
        try readCommon(&object)
    }
}

/// A change of a group or a room: some of its settings, or its owner.
///
/// Only known fields are taken.
struct GroupUpdateInput: Sendable {
    let change: GroupRules.Change
    let newOwner: String?
    /// The members that were there, as they were spelled.
    let names: Set<String>

    static let placeholder = GroupUpdateInput(change: GroupRules.Change(), newOwner: nil, names: [])

    init(change: GroupRules.Change, newOwner: String?, names: Set<String>) {
        self.change = change
        self.newOwner = newOwner
        self.names = names
    }

    /// Finishes reading: a change names something, and a change of the owner stands alone.
    init(_ reader: GroupChangeReader, _ object: inout ObjectReader, name: String) throws(FieldProblem) {
        var reader = reader
        newOwner = reader.take("newowner", try object.optional("newowner", .text(1...64)))
        change = reader.change
        names = reader.names
        guard !names.isEmpty else { throw FieldProblem(.missing, at: name) }
    }

    struct OfGroup: BodyInput {
        let update: GroupUpdateInput

        static let value = Value<OfGroup>.object(named: "GroupUpdate") { object throws(FieldProblem) in
            var reader = GroupChangeReader()
            try reader.readChange(&object, name: ["groupname", "name"])
            reader.change.allowsInvites = reader.take(
                "allowinvites",
                try object.optional("allowinvites", .flag)
            )
            reader.change.needsInviteConsent = reader.take(
                "invite_need_confirm",
                try object.optional("invite_need_confirm", .flag)
            )
            reader.change.isPublic = reader.take("public", try object.optional("public", .flag))
            return OfGroup(update: try GroupUpdateInput(reader, &object, name: "groupname"))
        }.refusingUnknownFields(placeholder: OfGroup(update: .placeholder))
    }

    struct OfRoom: BodyInput {
        let update: GroupUpdateInput

        static let value = Value<OfRoom>.object(named: "RoomUpdate") { object throws(FieldProblem) in
            // Clients ask for none, and read that there are too many for it.
            var reader = GroupChangeReader(maximum: .integer(0...1_000_000))
            try reader.readChange(&object, name: ["name", "title"])
            return OfRoom(update: try GroupUpdateInput(reader, &object, name: "name"))
        }.refusingUnknownFields(placeholder: OfRoom(update: .placeholder))
    }
}
