// Groups and their members as this dialect shows them: names, numbers of roles, times.

import Domain
import JSON
import Routing

extension Group {
    /// The group's id for clients of this dialect: the id they chose, else ours.
    var publicID: String { alias ?? id.text }

    /// 0 open to everybody, 1 nobody may send, 3 only who keeps order may.
    fileprivate func status(at now: Timestamp) -> Int { isDisabled ? 1 : isMuted(at: now) ? 3 : 0 }

    /// How coming in is decided, by number.
    fileprivate var verification: Int {
        switch (settings.needsApproval, settings.needsInviteConsent) {
        case (false, _): 2
        case (true, false): 0
        case (true, true): 1
        }
    }
}

extension GroupRole {
    /// The role's number: 0–2 in the first generation, 1–3 in the second, 20, 60, 100 in the third.
    func number(in generation: Generation) -> Int {
        switch (self, generation) {
        case (.member, .first): 0
        case (.owner, .first), (.member, .second): 1
        case (.administrator, .first), (.owner, .second): 2
        case (.administrator, .second): 3
        case (.member, .third): 20
        case (.administrator, .third): 60
        case (.owner, .third): 100
        }
    }
}

extension Value<GroupRole> {
    /// 0 member, 1 owner, 2 administrator.
    static let firstNumber = numbers([0: .member, 1: .owner, 2: .administrator])
    /// Numbers of both later generations, which have none in common.
    static let laterNumber = numbers([
        1: .member, 2: .owner, 3: .administrator, 20: .member, 60: .administrator, 100: .owner,
    ])

    private static func numbers(_ roles: [Int64: GroupRole]) -> Value {
        Value(
            .oneOfNumbers(roles.keys.sorted()),
            placeholder: .member,
            read: { view throws(FieldProblem) in
                guard let number = view.int64 else {
                    throw FieldProblem(.wrongType(expected: "a whole number"))
                }
                guard let role = roles[number] else { throw FieldProblem(.illegal(value: String(number))) }
                return role
            },
            readText: { text throws(FieldProblem) in
                guard let number = Int64(text), let role = roles[number] else {
                    throw FieldProblem(.illegal(value: String(text.prefix(64))))
                }
                return role
            }
        )
    }
}

extension Value<String> {
    /// The group's name; which there is, the rules know.
    static let groupID = Value.text(1...64)
}

extension FieldReader {
    /// A role by the name and numbers of any generation.
    mutating func role() throws(FieldProblem) -> GroupRole? {
        let first = try optional(.role, .firstNumber)
        let later = try optional(.roleLevel, .laterNumber)
        return first ?? later
    }

    /// A member that some other one may stand for, and so isn't required by itself.
    func need<Result>(_ value: Result?, _ name: Spelling, or placeholder: Result) throws(FieldProblem)
        -> Result
    {
        if let value { return value }
        guard isTrial else { throw FieldProblem(.missing, at: told(name)) }
        return placeholder
    }
}

/// A group with what everybody may know of it.
struct GroupInfo: SpelledObject {
    let group: Group
    let now: Timestamp

    static let schemaName: String? = "GroupInfo"
    static let fields: [SpelledField<GroupInfo>] = [
        .field(Spelling("groupId", "groupID")) { $0.group.publicID },
        .field(.groupName) { $0.group.settings.name },
        .field(.notification) { $0.group.announcement },
        .field(.introduction) { $0.group.settings.description },
        .field(.groupIcon) { $0.group.settings.icon },
        .field(
            Spelling("createTime"),
            byGeneration: { $1 == .third ? $0.group.created.milliseconds : $0.group.created.seconds }
        ),
        .field(Spelling("ownerId", "ownerUserID")) { $0.group.ownerName },
        .field(Spelling("memberCount")) { $0.group.memberCount },
        .field(Spelling(nil, "ex")) { $0.group.settings.custom },
        .field(Spelling(nil, "status")) { $0.group.status(at: $0.now) },
        .field(Spelling(nil, "groupType")) { _ in 2 },
        .field(Spelling(nil, "needVerification")) { $0.group.verification },
    ]
}

/// A member with its place in a group.
struct MemberInfo: SpelledObject {
    let group: Group
    let member: GroupMember
    let user: User?
    /// Until when it can't speak; nil where it can.
    let muted: Timestamp?

    /// Looks up what belongs to a member: its user, and its mute.
    init(_ member: GroupMember, of group: Group, at now: Timestamp, _ store: any Reader) throws(Failure) {
        self.group = group
        self.member = member
        user = try store.user(member.user)
        let expiry = try store.muteExpiry(of: member.user, in: group.id)
        muted = expiry.flatMap { $0 > now ? $0 : nil }
    }

    static let schemaName: String? = "GroupMemberInfo"
    static let fields: [SpelledField<MemberInfo>] = [
        .field(.group) { $0.group.publicID },
        .field(Spelling("userId", "userID")) { $0.member.name },
        .field(Spelling("role", "roleLevel"), byGeneration: { $0.member.role.number(in: $1) }),
        .field(
            Spelling("joinTime"),
            byGeneration: { $1 == .third ? $0.member.joined.milliseconds : $0.member.joined.seconds }
        ),
        .field(.memberNickname) { info in
            info.member.profile.nickname.isEmpty ? info.user?.nickname ?? "" : info.member.profile.nickname
        },
        .field(.groupIcon) { info in
            info.member.profile.icon.isEmpty ? info.user?.profile.icon ?? "" : info.member.profile.icon
        },
        .field(Spelling(nil, "ex")) { $0.member.profile.extra },
        .field(
            Spelling(nil, "muteEndTime"),
            byGeneration: { info, generation in
                generation == .third ? info.muted?.milliseconds ?? 0 : info.muted?.seconds ?? 0
            }
        ),
    ]
}

/// A list with how long it is as a whole where the generation says so, else by itself.
struct CountedList<Naming: ListNaming, Element: SpelledValue>: AnswerContent {
    let elements: [Element]
    let total: Int

    init(_ elements: [Element], of total: Int) {
        self.elements = elements
        self.total = total
    }

    static func shape(in generation: Generation) -> Shape {
        let list = [Element].shape(in: generation)
        return Naming.name[generation].map {
            .object([.init("total", .integer()), .init($0.description, list)])
        } ?? list
    }

    func write(to json: inout JSONWriter, in generation: Generation) {
        guard Naming.name[generation] != nil else { return elements.write(to: &json, in: generation) }
        json.beginObject()
        writeMembers(to: &json, in: generation)
        json.endObject()
    }

    func writeMembers(to json: inout JSONWriter, in generation: Generation) {
        guard let name = Naming.name[generation] else { return }
        json.key("total")
        json.integer(total)
        json.key(name)
        elements.write(to: &json, in: generation)
    }
}
