// All groups of the application, for managers.

import Domain
import JSON
import Routing

extension Groups {
    struct Search: Fields {
        let id: String
        let name: String
        let page: PageRequest

        static let schemaName = "GroupSearch"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.optional(.group, .text(0...64)) ?? ""
            name = try fields.optional(.groupName, .text(0...GroupRules.maximumNameCharacters)) ?? ""
            page = try PageRequest(&fields)
        }
    }

    /// A group with who owns it.
    struct ManagedGroup: SpelledObject {
        let info: GroupInfo
        let owner: User?

        static let schemaName: String? = "ManagedGroup"
        static let fields: [SpelledField<ManagedGroup>] = [
            .field(Spelling("groupInfo")) { $0.info },
            .field(Spelling("groupOwnerUserName")) { $0.owner?.nickname ?? "" },
            .field(Spelling("groupOwnerUserID")) { $0.info.group.ownerName },
        ]
    }

    enum ManagedNaming: ListNaming {
        static let name = Spelling("groups")
    }

    /// By id the one group, by name those whose name has the text in it; else all, newest first.
    static func search(
        _ call: Call,
        _ input: Search,
        _ store: any Reader
    ) throws(Failure) -> Answer<CountedList<ManagedNaming, ManagedGroup>> {
        var found: [Group] = []
        var total = 0
        if !input.id.isEmpty {
            let one = try GroupRules.known(input.id, .group, in: store)
            total = one == nil ? 0 : 1
            found = input.page.number == 1 ? one.map { [$0] } ?? [] : []
        } else {
            (found, total) =
                input.name.isEmpty ? try all(input.page, store) : try named(input.name, input.page, store)
        }
        var groups: [ManagedGroup] = []
        for group in found {
            let owner = try Username(group.ownerName).flatMap { name throws(Failure) in
                try store.user(named: name)
            }
            groups.append(ManagedGroup(info: GroupInfo(group: group, now: call.now), owner: owner))
        }
        return Answer(call, CountedList(groups, of: total))
    }

    /// A page of all: a thousand groups are read at a time, as far as the page goes.
    private static func all(_ page: PageRequest, _ store: any Reader) throws(Failure) -> ([Group], Int) {
        let total = try store.groupCount(.group)
        var found: [Group] = []
        var (passed, last): (Int, GroupID?) = (0, nil)
        while found.count < page.size, page.offset < total {
            let limit = min(1000, page.offset + page.size - passed)
            let groups = try store.groups(.group, before: last, limit: limit)
            found += groups.dropFirst(page.offset - passed)
            passed += groups.count
            guard let end = groups.last, groups.count == limit else { break }
            last = end.id
        }
        return (found, total)
    }

    private static func named(
        _ text: String,
        _ page: PageRequest,
        _ store: any Reader
    ) throws(Failure) -> ([Group], Int) {
        var found: [Group] = []
        var total = 0
        var last: GroupID?
        while true {
            let groups = try store.groups(.group, before: last, limit: 1000)
            for group in groups where group.settings.name.contains(text) {
                if total >= page.offset, found.count < page.size { found.append(group) }
                total += 1
            }
            guard let end = groups.last, groups.count == 1000 else { return (found, total) }
            last = end.id
        }
    }
}
