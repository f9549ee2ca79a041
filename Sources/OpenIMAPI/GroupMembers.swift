// Who comes into a group and who goes, what members are shown as, and who may speak.

import Domain
import JSON
import Routing

enum GroupMembers {
    /// What became of each name, in a list of its own; nothing in the third generation, which does all or nothing.
    struct Outcomes: AnswerContent {
        let outcomes: [Friends.Outcome]

        init(_ outcomes: [GroupMemberRules.Outcome]) {
            self.outcomes = outcomes.map { Friends.Outcome(name: $0.name, isDone: $0.isDone) }
        }

        static func shape(in generation: Generation) -> Shape {
            generation == .third ? NoData.shape(in: generation) : [Friends.Outcome].shape(in: generation)
        }

        func write(to json: inout JSONWriter, in generation: Generation) {
            if generation == .third {
                NoData().write(to: &json, in: generation)
            } else {
                outcomes.write(to: &json, in: generation)
            }
        }

        func writeMembers(to json: inout JSONWriter, in generation: Generation) {}
    }

    // MARK: Coming

    struct Invitation: Fields {
        let id: String
        let names: [Username]
        let reason: String?

        static let schemaName = "GroupInvitation"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            names = try fields.required(.invited, .usernames)
            reason = try fields.optional(.reason, .text(0...ProposalRules.maximumMessageCharacters))
            guard !names.isEmpty || fields.isTrial else {
                throw FieldProblem(.empty, at: fields.told(.invited))
            }
        }
    }

    /// Whom the application or who keeps order invites is in at once; where the group asks for consent, those whom
    /// other members invite have to agree first.
    static func invite(
        _ call: Call,
        _ input: Invitation,
        _ store: any Writer
    ) throws(Failure) -> Answer<Outcomes> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupPermissionRules.require(.invite, of: call.caller, in: group, store)
        let names = input.names.map(\.text)
        var outcomes: [GroupMemberRules.Outcome] = []
        if case .user(let user) = call.caller, group.settings.needsInviteConsent,
            try store.membership(of: user.id, in: group.id)?.role == .member
        {
            for name in names {
                outcomes.append(try ask(name, into: group, by: user, input.reason ?? "", call, store))
            }
        } else if call.generation == .third {
            _ = try GroupMemberRules.add(names, to: group, of: call.application, at: call.now, in: store)
        } else {
            outcomes = try GroupMemberRules.addEach(
                names,
                to: group,
                of: call.application,
                at: call.now,
                in: store
            )
        }
        var answer = Answer(call, Outcomes(outcomes))
        if call.generation == .first { answer.text = "ok" }
        return answer
    }

    private static func ask(
        _ name: String,
        into group: Group,
        by user: User,
        _ reason: String,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) -> GroupMemberRules.Outcome {
        do throws(Failure) {
            let other = try UserRules.find(name, in: store)
            _ = try ProposalRules.invite(
                other,
                into: group,
                from: user,
                ProposalRules.Words(message: reason),
                of: call.application,
                at: call.now,
                in: store
            )
            return GroupMemberRules.Outcome(name: other.username.text, isDone: true)
        } catch {
            switch error {
            case .notFound(.user, _), .group, .forbidden(.blocked):
                if call.generation == .third { throw error }
                return GroupMemberRules.Outcome(name: name, isDone: false)
            default: throw error
            }
        }
    }

    // MARK: Going

    /// One who is removed; the original says `userId` here and nowhere else.
    struct RemovedEntry: Fields {
        let name: Username

        static let schemaName = "RemovedMember"
        static let inside = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            name = try fields.required(Spelling("userId", "uid", "userID"), .username)
        }
    }

    struct Removal: Fields {
        let id: String
        let names: [Username]

        static let schemaName = "GroupRemoval"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            let entries = try fields.optional(
                .removedEntries,
                .list(of: RemovedEntry.inside, maximum: Users.maximumNames)
            )
            let list = try fields.optional(.removed, .usernames)
            _ = try fields.optional(.reason, .text(0...ProposalRules.maximumMessageCharacters))
            let field = fields.generation == .first ? Spelling.removedEntries : .removed
            names = try fields.need(entries?.map(\.name) ?? list, field, or: [])
            guard !names.isEmpty || fields.isTrial else { throw FieldProblem(.empty, at: fields.told(field)) }
        }
    }

    /// The owner is never removed: a group without one could be kept in order by nobody.
    static func remove(
        _ call: Call,
        _ input: Removal,
        _ store: any Writer
    ) throws(Failure) -> Answer<Outcomes> {
        let group = try GroupRules.find(input.id, .group, in: store)
        let names = input.names.map(\.text)
        try GroupPermissionRules.requireModeration(by: call.caller, over: names, in: group, store)
        let outcomes =
            call.generation == .third
            ? try GroupMemberRules.remove(names, from: group, in: store)
            : try GroupMemberRules.removeEach(names, from: group, in: store)
        return Answer(call, Outcomes(outcomes))
    }

    struct Leaving: Fields {
        let id: String
        let user: Username?

        static let schemaName = "GroupLeaving"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            user = try fields.optional(Spelling(nil, nil, "userID"), .username)
        }
    }

    /// The owner has to hand the group over first.
    static func leave(_ call: Call, _ input: Leaving, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        let name = try call.actor(input.user, Spelling("userID"))
        _ = try GroupMemberRules.remove([name], from: group, in: store)
        return Answer(call)
    }

    // MARK: Looking

    /// Which members of a list.
    enum Filter: Int {
        case all = 0, owner, administrators, members, administratorsAndMembers, ownerAndAdministrators

        func admits(_ role: GroupRole) -> Bool {
            switch self {
            case .all: true
            case .owner: role == .owner
            case .administrators: role == .administrator
            case .members: role == .member
            case .administratorsAndMembers: role != .owner
            case .ownerAndAdministrators: role != .member
            }
        }
    }

    struct Listing: Fields {
        let id: String
        let filter: Filter
        let keyword: String
        let offset: Int
        let limit: Int

        static let schemaName = "GroupMemberListing"
        /// Members of a page where the request has no say.
        static let pageSize = 30

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            filter = Filter(rawValue: try fields.optional(.filter, .integer(0...5)) ?? 0) ?? .all
            keyword = try fields.optional(Spelling(nil, nil, "keyword"), .text(0...64)) ?? ""
            let next = try fields.optional(.nextPlace, .integer(0...1_000_000)) ?? 0
            let pagination = try fields.optional(.pagination, Pagination.inside)
            offset = pagination?.offset ?? next
            limit = pagination?.limit ?? Self.pageSize
        }
    }

    /// A page with where the next one begins, or in the third generation how many there are.
    struct MemberPage: SpelledObject, AnswerContent {
        let members: [MemberInfo]
        let next: Int
        let total: Int

        static let fields: [SpelledField<MemberPage>] = [
            .field(.nextPlace) { $0.next },
            .field(Spelling(nil, nil, "total")) { $0.total },
            .field(Spelling("data", "data", "members")) { $0.members },
        ]

        static func placement(in generation: Generation) -> Placement {
            generation == .third ? .data : .beside
        }
    }

    /// In the order of joining with the owner last; the first generation ignores its filter, as the original did.
    static func list(
        _ call: Call,
        _ input: Listing,
        _ store: any Reader
    ) throws(Failure) -> Answer<MemberPage> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupPermissionRules.require(.takePart, of: call.caller, in: group, store)
        let filter = call.generation == .first ? .all : input.filter
        var total = group.memberCount
        var infos: [MemberInfo] = []
        if filter == .all, input.keyword.isEmpty {
            for member in try store.members(of: group.id, offset: input.offset, limit: input.limit) {
                infos.append(try MemberInfo(member, of: group, at: call.now, store))
            }
        } else {
            let found = try all(of: group, call, store).filter { info in
                filter.admits(info.member.role) && info.matches(input.keyword)
            }
            total = found.count
            infos = Array(found.dropFirst(input.offset).prefix(input.limit))
        }
        let end = input.offset + infos.count
        return Answer(call, MemberPage(members: infos, next: end < total ? end : 0, total: total))
    }

    private static func all(
        of group: Group,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> [MemberInfo] {
        var infos: [MemberInfo] = []
        for member in try store.members(of: group.id, after: nil, limit: group.memberCount) {
            infos.append(try MemberInfo(member, of: group, at: call.now, store))
        }
        return infos
    }

    enum MembersNaming: ListNaming {
        static let name = Spelling(nil, nil, "members")
    }

    static func listAll(
        _ call: Call,
        _ input: Groups.One,
        _ store: any Reader
    ) throws(Failure) -> Answer<NamedList<MembersNaming, MemberInfo>> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupPermissionRules.require(.takePart, of: call.caller, in: group, store)
        return Answer(call, NamedList(try all(of: group, call, store)))
    }

    struct Asked: Fields {
        let id: String
        let names: [Username]

        static let schemaName = "GroupMemberNames"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            names = try fields.required(.members, .usernames)
        }
    }

    /// In the order asked for; who is no member is left out.
    static func infos(
        _ call: Call,
        _ input: Asked,
        _ store: any Reader
    ) throws(Failure) -> Answer<NamedList<MembersNaming, MemberInfo>> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try GroupPermissionRules.require(.takePart, of: call.caller, in: group, store)
        var infos: [MemberInfo] = []
        for name in input.names {
            guard let user = try store.user(named: name),
                let member = try store.membership(of: user.id, in: group.id)
            else { continue }
            infos.append(try MemberInfo(member, of: group, at: call.now, store))
        }
        return Answer(call, NamedList(infos))
    }
}

extension MemberInfo {
    /// Whether a word stands in one of the member's names, without regard to case.
    fileprivate func matches(_ keyword: String) -> Bool {
        guard let search = HistorySearch(keyword) else { return true }
        return [member.name, member.profile.nickname, user?.nickname ?? ""].contains(where: search.matches)
    }
}
