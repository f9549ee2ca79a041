// The inputs of the group service.

import Domain
import JSON
import Routing

/// Rows of a page by number when the request doesn't say.
let numberedPageSize = 10

/// Pages of the members of groups or rooms.
enum MemberRows<Face: GroupFace>: PageRows {
    static var standard: Int? { nil }
    static var maximum: Int { Face.maximumPageSize }
}

/// `?pagenum&pagesize`: a part of a list by number, from 1.
struct NumberedPageInput<Rows: PageRows>: Input {
    static var bodyKind: BodyKind { .none }
    let number, size: Int?

    init(_ reader: inout InputReader) throws(FieldProblem) {
        number = try reader.query("pagenum", .integer(1...1_000_000).standard(1))
        size = try reader.query("pagesize", .rows(numberedPageSize, maximum: Rows.maximum))
    }

    /// The rows to skip and to return; nil where the request names neither parameter.
    func part() -> (offset: Int, limit: Int)? {
        guard number != nil || size != nil else { return nil }
        let limit = min(size ?? numberedPageSize, Rows.maximum)
        return (((number ?? 1) - 1) * limit, limit)
    }

    /// The parameters as replies echo them, by name.
    var params: [(key: String, value: [String])]? {
        let sent = [("pagenum", number), ("pagesize", size)].compactMap { name, value in
            value.map { (key: name, value: [String($0)]) }
        }
        return sent.isEmpty ? nil : sent
    }
}

/// A page of groups or rooms, of all or of those with a text in their name.
struct NamedPageInput: Input {
    static var bodyKind: BodyKind { .none }
    let name: String?
    let page: PageInput<Groups.Rows>

    init(_ reader: inout InputReader) throws(FieldProblem) {
        name = try reader.query(
            "name",
            .text(1...GroupRules.maximumNameCharacters).meaning(
                "A text that the name has in it, in any case; a page may have fewer rows than its limit then, and a cursor."
            )
        )
        page = try PageInput(&reader)
    }

    /// The parameters as replies echo them, by name.
    var params: [(key: String, value: [String])]? {
        let sent = (name.map { [(key: "name", value: [$0])] } ?? []) + (page.params ?? [])
        return sent.isEmpty ? nil : sent
    }

    /// The page that is asked for.
    func found(_ kind: GroupKind, _ call: Call, in store: any Reader) throws(Failure) -> Page<Group> {
        let collection: PagedCollection = kind == .group ? .groups : .rooms
        let cursor = try page.position(in: collection, of: call.application.id.rawValue)
        let limit = Groups.limit(page)
        guard let name else {
            return try GroupRules.page(kind, limit, before: cursor, of: call.application, in: store)
        }
        return try ReportRules.page(
            kind,
            named: name,
            limit,
            before: cursor,
            of: call.application,
            in: store
        )
    }
}

/// The part of a list: by number as later documents have it, by cursor, or, as in earlier ones, all of it.
struct GroupPageInput<Rows: PageRows>: Input {
    static var bodyKind: BodyKind { .none }
    let page: PageInput<Rows>
    let numbers: NumberedPageInput<Rows>

    init(_ reader: inout InputReader) throws(FieldProblem) {
        page = try PageInput(&reader)
        numbers = try NumberedPageInput(&reader)
    }

    /// Rows of a page by cursor; everything at once for who names no limit.
    var limit: Int {
        if let rows = page.rows { return rows }
        return page.cursor == nil ? .max - 1 : numberedPageSize
    }

    /// The parameters as replies echo them, by name.
    var params: [(key: String, value: [String])]? {
        let all = (page.params ?? []) + (numbers.params ?? [])
        return all.isEmpty ? nil : all
    }
}

/// The part of a list of members, and its form.
struct GroupMembersInput<Face: GroupFace>: Input {
    static var bodyKind: BodyKind { .none }
    let page: GroupPageInput<MemberRows<Face>>
    /// Whether members are asked for as names, without the owner.
    let areNames: Bool
    /// Whether those who came last come first.
    let isDescending: Bool

    init(_ reader: inout InputReader) throws(FieldProblem) {
        page = try GroupPageInput(&reader)
        areNames = try reader.query("version", .text(1...16)) == "v3"
        isDescending = try reader.query("sort", .oneOf(["asc", "desc"])) == "desc"
    }

    /// A cursor goes on in the order in which it was made.
    var collection: PagedCollection { isDescending ? .groupMembersNewest : .groupMembers }

    /// The parameters as replies echo them, by name.
    var params: [(key: String, value: [String])]? {
        var all = page.params ?? []
        if areNames { all.append(("version", ["v3"])) }
        if isDescending { all.append(("sort", ["desc"])) }
        return all.isEmpty ? nil : all
    }
}

/// `{"usernames": […]}`.
struct GroupNames: BodyInput {
    let usernames: [String]

    var references: [UserReference] { usernames.map(UserReference.name) }

    static let names = Value<[String]>.list(of: .text(1...64), maximum: GroupMemberRules.maximumNames)

    static let value = Value<GroupNames>.object(named: "GroupNames") { object throws(FieldProblem) in
        let names = try object.required("usernames", names)
        guard !names.isEmpty else { throw FieldProblem(.empty, at: "usernames") }
        return GroupNames(usernames: names)
    }
}

/// `{"usernames": […], "mute_duration": milliseconds}`; -1 is for ever.
struct GroupMuteInput: BodyInput {
    let usernames: [String]
    /// Nil for ever.
    let milliseconds: Int?

    static let value = Value<GroupMuteInput>.object(named: "GroupMute") {
        object throws(FieldProblem) in
        let names = try object.required("usernames", GroupNames.names)
        let duration = try object.required(
            "mute_duration",
            .integer(-1...GroupModerationRules.maximumMilliseconds)
        )
        guard !names.isEmpty else { throw FieldProblem(.empty, at: "usernames") }
        return GroupMuteInput(usernames: names, milliseconds: duration < 0 ? nil : duration)
    }
}

/// `{"newadmin": name}`.
struct NewAdministratorInput: BodyInput {
    let name: String

    static let value = Value<NewAdministratorInput>.object(named: "NewAdministrator") {
        object throws(FieldProblem) in
        NewAdministratorInput(name: try object.required("newadmin", .text(1...64)))
    }
}

/// `{"announcement": text}`.
struct AnnouncementInput: BodyInput {
    let text: String

    static let value = Value<AnnouncementInput>.object(named: "Announcement") {
        object throws(FieldProblem) in
        AnnouncementInput(
            text: try object.required("announcement", .text(0...GroupRules.maximumAnnouncementCharacters))
        )
    }
}

/// A new group.
struct NewGroupInput: BodyInput {
    let settings: GroupSettings
    let owner: String
    let members: [String]
    /// The id that its maker chose; nil for the server's own.
    let id: String?

    static let members = Value<[String]>.list(of: .text(1...64), maximum: GroupRules.maximumFirstMembers)
    static let maximum = Value<Int>.integer(1...1_000_000)

    static let value = Value<NewGroupInput>.object(named: "NewGroup") { object throws(FieldProblem) in
        let name = try object.required(
            "groupname",
            orNamed: "name",
            .text(1...GroupRules.maximumNameCharacters)
        )
        let description = try object.required(
            "desc",
            orNamed: "description",
            .text(0...GroupRules.maximumDescriptionCharacters)
        )
        let isPublic = try object.required("public", .flag)
        let owner = try object.required("owner", .text(1...64))
        let members = try object.optional("members", members)
        var settings = GroupSettings(
            name: name,
            description: description,
            isPublic: isPublic,
            maximumMembers: GroupRules.defaultMaximumMembers
        )
        var change = GroupChangeReader()
        try change.readCommon(&object)
        settings.maximumMembers = change.change.maximumMembers ?? settings.maximumMembers
        settings.needsApproval = change.change.needsApproval ?? false
        settings.allowsInvites = try object.optional("allowinvites", .flag) ?? settings.allowsInvites
        settings.needsInviteConsent =
            try object.optional("invite_need_confirm", .flag) ?? settings.needsInviteConsent
        settings.custom = change.change.custom ?? ""
        settings.icon = change.change.icon ?? ""
        settings.isLarge = change.change.isLarge ?? false
        return NewGroupInput(
            settings: settings,
            owner: owner,
            members: members ?? [],
            id: try object.optional("groupid", .ownGroupID)
        )
    }
}

extension Value {
    /// The same object, where a field that isn't known is an error instead of being ignored.
    func refusingUnknownFields(placeholder: Result) -> Value {
        guard case .object(_, let members) = shape else { preconditionFailure("Only an object has fields.") }
        let known = Set(members.map(\.name))
        return Value(
            shape,
            placeholder: placeholder,
            read: { view throws(FieldProblem) in
                let unknown = view.members.lazy.map(\.key).filter { !known.contains($0) }.prefix(10)
                let names = unknown.map { String($0.prefix(64)) }.joined(separator: ", ")
                guard names.isEmpty else { throw FieldProblem(.unknownField, at: names) }
                return try value(of: view)
            },
            readText: { text throws(FieldProblem) in try value(of: text) }
        )
    }
}

extension Value<String> {
    /// Text within a length, without a slash: the group service takes none in a change.
    static func withoutSlash(_ length: ClosedRange<Int>) -> Value {
        let text = Value.text(length)
        return textual(.string(length: length, pattern: "^[^/]*$"), placeholder: "") {
            sent throws(FieldProblem) in
            let checked = try text.value(of: sent)
            guard !checked.utf8.contains(UInt8(ascii: "/")) else {
                throw FieldProblem(.illegal(value: String(checked.prefix(64))))
            }
            return checked
        }
    }

    /// An id that the maker of a group chooses: digits, as a text or a number.
    static var ownGroupID: Value {
        let check = { @Sendable (text: String) throws(FieldProblem) -> String in
            guard GroupRules.isLegalOwnID(text) else {
                throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
            return text
        }
        return Value(
            .string(length: 1...GroupRules.maximumOwnIDDigits, pattern: "^[0-9]+$").tolerating([.integer()]),
            placeholder: "12345678",
            read: { view throws(FieldProblem) in
                guard let text = view.string ?? view.int64.map(String.init) else {
                    throw FieldProblem(.wrongType(expected: "a text of digits"))
                }
                return try check(text)
            },
            readText: check
        )
    }
}
