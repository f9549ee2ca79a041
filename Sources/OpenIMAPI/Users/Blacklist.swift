// A user's block list.

import Domain
import Routing

enum Blacklist {
    struct Entry: Fields {
        let owner: Username?
        let other: Username

        static let schemaName = "BlacklistEntry"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.optional(.owner, .username)
            other = try fields.required(.blocked, .username)
        }
    }

    /// Nothing changes when the user is blocked already.
    static func add(_ call: Call, _ input: Entry, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let owner = try call.subject(input.owner, .owner)
        let other = try UserRules.find(input.other.text, in: store)
        _ = try BlockRules.add(
            [other.username.text],
            to: owner,
            of: call.application,
            at: call.now,
            in: store
        )
        return Answer(call)
    }

    /// Nothing changes when the user isn't blocked.
    static func remove(_ call: Call, _ input: Entry, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        _ = try BlockRules.remove(input.other.text, from: call.actor(input.owner, .owner), in: store)
        return Answer(call)
    }

    enum BlackNaming: ListNaming {
        static let name = Spelling(nil, nil, "blacks")
    }

    /// Newest first.
    static func list(
        _ call: Call,
        _ input: Friends.ListRequest,
        _ store: any Reader
    ) throws(Failure) -> Answer<PagedList<BlackNaming, Blocked>> {
        let owner = try UserRules.find(call.actor(input.owner, .owner), in: store)
        var blocked: [Blocked] = []
        for name in try store.blockedNames(by: owner.id) {
            guard
                let user = try Username(name).flatMap({ name throws(Failure) in try store.user(named: name) })
            else { continue }
            blocked.append(Blocked(owner: owner, user: user, application: call.application))
        }
        return Answer(call, PagedList(blocked, input.page, in: call.generation))
    }
}

/// The blocked user: flat in the older generations, with the user in an object in the third.
struct Blocked: SpelledObject {
    let owner: User
    let user: User
    let application: Application

    static let schemaName: String? = "Blocked"
    static let fields: [SpelledField<Blocked>] =
        Profile.firstGeneration { Profile($0.user, of: $0.application) } + [
            .field(Spelling("comment", nil, nil)) { _ in "" },
            .field(Spelling(nil, "userID", nil)) { $0.user.username.text },
            .field(Spelling(nil, "nickname", nil)) { $0.user.nickname ?? "" },
            .field(Spelling(nil, "faceURL", nil)) { $0.user.profile.icon },
            .field(Spelling(nil, "gender", nil)) { $0.user.profile.gender.rawValue },
            .field(Spelling(nil, "ex", nil)) { $0.user.profile.extra },
            .field(Spelling(nil, nil, "ownerUserID")) { $0.owner.username.text },
            .field(Spelling(nil, nil, "blackUserInfo")) { Profile($0.user, of: $0.application) },
            .field(Spelling(nil, nil, "addSource")) { _ in 0 },
            .field(Spelling(nil, nil, "operatorUserID")) { _ in "" },
            .field(Spelling(nil, nil, "ex")) { _ in "" },
        ]
}
