// The lists of a group's members.

import Domain
import Routing

extension GroupMembers {
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
        let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
        let filter = call.generation == .first ? .all : input.filter
        var total = group.memberCount
        var infos: [MemberInfo] = []
        if filter == .all, input.keyword.isEmpty {
            for member in try roster.members(offset: input.offset, limit: input.limit) {
                infos.append(try MemberInfo(member, of: group, at: call.now, store))
            }
        } else {
            let found = try all(of: group, roster, call, store).filter { info in
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
        _ roster: GroupRoster,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> [MemberInfo] {
        var infos: [MemberInfo] = []
        for member in try roster.members(after: nil, limit: group.memberCount) {
            infos.append(try MemberInfo(member, of: group, at: call.now, store))
        }
        return infos
    }

    enum MembersNaming: ListNaming {
        static let name = Spelling(nil, nil, "members")
    }

    /// A group, and in the second generation the stretch of its list.
    struct Whole: Fields {
        let id: String
        let offset: Int
        let limit: Int?

        static let schemaName = "GroupMembersStretch"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            offset = try fields.optional(Spelling(nil, "offset", nil), .integer(0...1_000_000)) ?? 0
            let count = try fields.optional(Spelling(nil, "count", nil), .integer(0...1_000_000)) ?? 0
            // Clients that want all send 0.
            limit = count == 0 ? nil : count
        }
    }

    /// Members with how many there are, which the first generation doesn't tell.
    struct WholeList: SpelledObject, AnswerContent {
        let members: [MemberInfo]
        let total: Int

        static let fields: [SpelledField<WholeList>] = [
            .field(Spelling(nil, "total")) { $0.total },
            .field(Spelling("data", "data", "members")) { $0.members },
        ]

        static func placement(in generation: Generation) -> Placement {
            generation == .third ? .data : .beside
        }
    }

    static func listAll(_ call: Call, _ input: Whole, _ store: any Reader) throws(Failure) -> Answer<
        WholeList
    > {
        let group = try GroupRules.find(input.id, .group, in: store)
        let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
        let rest = max(0, group.memberCount - input.offset)
        var infos: [MemberInfo] = []
        for member in try roster.members(offset: input.offset, limit: min(input.limit ?? rest, rest)) {
            infos.append(try MemberInfo(member, of: group, at: call.now, store))
        }
        return Answer(call, WholeList(members: infos, total: group.memberCount))
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
        let roster = try GroupMemberRules.roster(of: group, for: call.caller, in: store)
        var infos: [MemberInfo] = []
        for name in input.names {
            guard let user = try store.user(named: name),
                let member = try roster.membership(of: user)
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
