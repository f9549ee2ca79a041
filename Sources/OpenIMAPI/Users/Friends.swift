// Friends: made by the application, or asked for and accepted.

import Domain
import JSON
import Routing

enum Friends {
    struct Import: Fields {
        let owner: Username
        let names: [Username]
        /// Whether a list was sent: only then is a list of failures answered.
        let isList: Bool

        static let schemaName = "FriendImport"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.required(.owner, .username)
            let list = try fields.optional(.friends, .usernames)
            let one = try fields.optional(Spelling("uid", nil, nil), .username)
            guard list != nil || one != nil else { throw FieldProblem(.missing, at: fields.told(.friends)) }
            names = list ?? one.map { [$0] } ?? []
            isList = list != nil
        }
    }

    /// The outcome for one user.
    struct Outcome: SpelledObject {
        let name: String
        let isDone: Bool

        static let schemaName: String? = "UserResult"
        static let fields: [SpelledField<Outcome>] = [
            .field(.user) { $0.name },
            .field(.result) { $0.isDone ? 0 : -1 },
        ]
    }

    /// The failed in the first generation, where a list was sent; every outcome in the second; nothing in the third.
    struct Imported: SpelledObject, AnswerContent {
        let outcomes: [Outcome]
        let isList: Bool

        static let fields: [SpelledField<Imported>] = [
            .optional(Spelling("failedUidList", nil, nil)) { imported in
                imported.isList ? imported.outcomes.filter { !$0.isDone }.map(\.name) : nil
            }
        ]

        static func placement(in generation: Generation) -> Placement {
            generation == .first ? .beside : .data
        }

        static func shape(in generation: Generation) -> Shape {
            generation == .second ? [Outcome].shape(in: generation) : object(in: generation)
        }

        func write(to json: inout JSONWriter, in generation: Generation) {
            if generation == .second {
                outcomes.write(to: &json, in: generation)
            } else {
                writeObject(to: &json, in: generation)
            }
        }
    }

    /// Adds what can be added; in the third generation, where nobody would be told of the rest, all or nothing.
    static func importAll(_ call: Call, _ input: Import, _ store: any Writer) throws(Failure) -> Answer<
        Imported
    > {
        let owner = try UserRules.find(input.owner.text, in: store)
        var outcomes: [Outcome] = []
        for name in input.names {
            if call.generation == .third {
                let other = try UserRules.find(name.text, in: store)
                try ContactRules.add(other, to: owner, of: call.application, at: call.now, in: store)
            }
            let outcome = try ContactRules.importOne(
                name.text,
                to: owner,
                of: call.application,
                at: call.now,
                in: store
            )
            outcomes.append(Outcome(name: name.text, isDone: outcome == .added))
        }
        var answer = Answer(call, Imported(outcomes: outcomes, isList: input.isList))
        if call.generation == .first, outcomes.contains(where: { !$0.isDone }) {
            answer.code = 408
            answer.text = "some uid establish failed"
        }
        return answer
    }

    // MARK: One friend

    struct Pair: Fields {
        let owner: Username?
        let friend: Username

        static let schemaName = "FriendPair"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.optional(.owner, .username)
            friend = try fields.required(.friend, .username)
        }
    }

    /// Ends it on both sides, whatever the original does: friends are friends of each other.
    static func delete(_ call: Call, _ input: Pair, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let owner = try call.actor(input.owner, .owner)
        let (user, friend) = try ContactRules.remove(input.friend.text, from: owner, in: store)
        guard user.id != friend.id else { throw .invalid(field: "friend", .selfReference) }
        return Answer(call)
    }

    struct Remark: Fields {
        let pair: Pair
        let remark: String

        static let schemaName = "FriendRemark"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            pair = try Pair(&fields)
            remark = try fields.required(.remark, .text(0...ContactRules.maximumRemarkCharacters))
        }
    }

    /// The empty text removes it.
    static func setRemark(_ call: Call, _ input: Remark, _ store: any Writer) throws(Failure) -> Answer<
        NoData
    > {
        try ContactRules.setRemark(
            input.remark.isEmpty ? nil : input.remark,
            on: input.pair.friend.text,
            of: call.actor(input.pair.owner, .owner),
            in: store
        )
        return Answer(call)
    }

    struct Question: Fields {
        let user: Username?
        let other: Username

        static let schemaName = "FriendQuestion"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Spelling("ownerUid", "fromUserID", "userID1"), .username)
            other = try fields.required(Spelling("receive_uid", "toUserID", "userID2"), .username)
        }
    }

    /// Whether two users are friends: a number beside the code, a truth, or one for each side.
    struct Truth: SpelledObject, AnswerContent {
        let isFriend: Bool

        static let fields: [SpelledField<Truth>] = [
            .field(Spelling("isFriend", nil, nil)) { $0.isFriend ? 1 : 0 },
            .field(Spelling(nil, "isFriend", nil)) { $0.isFriend },
            .field(Spelling(nil, "result", nil)) { $0.isFriend },
            .field(Spelling(nil, nil, "inUser1Friends")) { $0.isFriend },
            .field(Spelling(nil, nil, "inUser2Friends")) { $0.isFriend },
        ]

        static func placement(in generation: Generation) -> Placement {
            generation == .first ? .beside : .data
        }
    }

    /// Nobody who isn't there is anybody's friend.
    static func isFriend(_ call: Call, _ input: Question, _ store: any Reader) throws(Failure) -> Answer<
        Truth
    > {
        let user = try UserRules.find(call.actor(input.user, .owner), in: store)
        let other = try store.user(named: input.other)
        let isFriend =
            try other.map { other throws(Failure) in try store.isContact(other.id, of: user.id) } ?? false
        return Answer(call, Truth(isFriend: isFriend))
    }

    // MARK: Lists

    struct ListRequest: Fields {
        let owner: Username?
        let page: PageRequest

        static let schemaName = "FriendListRequest"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.optional(Spelling("ownerUid", "fromUserID", "userID"), .username)
            page = try PageRequest(&fields)
        }
    }

    enum FriendNaming: ListNaming {
        static let name = Spelling(nil, nil, "friendsInfo")
    }

    static func list(
        _ call: Call,
        _ input: ListRequest,
        _ store: any Reader
    ) throws(Failure) -> Answer<PagedList<FriendNaming, Friend>> {
        let owner = try UserRules.find(call.actor(input.owner, .owner), in: store)
        let friends = try all(of: owner, call, store)
        return Answer(call, PagedList(friends, input.page, in: call.generation))
    }

    struct Selection: Fields {
        let owner: Username?
        let names: [Username]

        static let schemaName = "FriendSelection"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.optional(.owner, .username)
            let list = try fields.optional(.friends, .usernames)
            let one = try fields.optional(Spelling("uid", nil, nil), .username)
            guard list != nil || one != nil else { throw FieldProblem(.missing, at: fields.told(.friends)) }
            names = list ?? one.map { [$0] } ?? []
        }
    }

    enum SelectionNaming: ListNaming {
        static let name = Spelling(nil, nil, "friendsInfo")
    }

    /// Those of the named who are friends.
    static func select(
        _ call: Call,
        _ input: Selection,
        _ store: any Reader
    ) throws(Failure) -> Answer<NamedList<SelectionNaming, Friend>> {
        let owner = try UserRules.find(call.actor(input.owner, .owner), in: store)
        let wanted = Set(input.names)
        let friends = try all(of: owner, call, store).filter { wanted.contains($0.contact.user.username) }
        return Answer(call, NamedList(friends))
    }

    private static func all(of owner: User, _ call: Call, _ store: any Reader) throws(Failure) -> [Friend] {
        let maximum = call.application.settings.maximumContacts
        var friends: [Friend] = []
        for contact in try store.contacts(of: owner.id, after: nil, limit: maximum) {
            friends.append(
                Friend(
                    owner: owner,
                    contact: contact,
                    isBlocked: try store.isBlocked(contact.user.id, by: owner.id),
                    application: call.application
                )
            )
        }
        return friends
    }
}

/// A friend: flat in the first generation, with the user in an object later.
struct Friend: SpelledObject {
    let owner: User
    let contact: Contact
    let isBlocked: Bool
    let application: Application

    static let schemaName: String? = "Friend"
    static let fields: [SpelledField<Friend>] =
        Profile.firstGeneration { $0.profile } + [
            .field(Spelling("comment", nil, nil)) { $0.contact.remark ?? "" },
            .field(Spelling("isInBlackList", nil, nil)) { $0.isBlocked ? 1 : 0 },
            .field(Spelling(nil, "ownerUserID")) { $0.owner.username.text },
            .field(Spelling(nil, "remark")) { $0.contact.remark ?? "" },
            .field(.created, byGeneration: { $1.time($0.contact.created) }),
            .field(Spelling(nil, "friendUser")) { $0.profile },
            .field(Spelling(nil, "addSource")) { _ in 0 },
            .field(Spelling(nil, "operatorUserID")) { _ in "" },
            .field(Spelling(nil, "ex")) { $0.contact.extra },
            .field(Spelling(nil, nil, "isPinned")) { $0.contact.isPinned },
        ]

    private var profile: Profile { Profile(contact.user, of: application) }
}
