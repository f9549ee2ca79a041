// The names of a user's friends, and how the user sees several of them.

import Domain
import JSON
import Routing

extension Friends {
    struct Owner: Fields {
        let user: Username?

        static let schemaName = "FriendsOwner"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(.user, .username)
        }
    }

    enum IDNaming: ListNaming {
        static let name = Spelling("friendIDs")
    }

    /// By the age of their accounts.
    static func ids(_ call: Call, _ input: Owner, _ store: any Reader) throws(Failure)
        -> Answer<NamedList<IDNaming, String>>
    {
        let owner = try UserRules.find(call.actor(input.user, .user), in: store)
        let maximum = call.application.settings.maximumContacts
        let contacts = try store.contacts(of: owner.id, after: nil, limit: maximum)
        return Answer(call, NamedList(contacts.map(\.user.username.text)))
    }

    struct Marks: Fields {
        let owner: Username?
        let friends: [Username]
        let isPinned: Bool?
        let remark: String?
        let extra: String?

        static let schemaName = "FriendMarks"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.optional(.owner, .username)
            friends = try fields.required(.friends, .usernames)
            guard !friends.isEmpty || fields.isTrial else {
                throw FieldProblem(.empty, at: fields.told(.friends))
            }
            isPinned = try fields.optional(Spelling("isPinned"), .wrapped(.flag))
            remark = try fields.optional(
                .remark,
                .wrapped(.text(0...ContactRules.maximumRemarkCharacters))
            )
            extra = try fields.optional(.extra, .wrapped(.text(0...ContactRules.maximumExtraCharacters)))
        }
    }

    /// All or none.
    static func mark(_ call: Call, _ input: Marks, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let owner = try UserRules.find(call.actor(input.owner, .owner), in: store)
        for friend in input.friends {
            try ContactRules.setMarks(
                isPinned: input.isPinned,
                extra: input.extra,
                on: friend.text,
                of: owner,
                in: store
            )
            guard let remark = input.remark else { continue }
            try ContactRules.setRemark(
                remark.isEmpty ? nil : remark,
                on: friend.text,
                of: owner.username.text,
                in: store
            )
        }
        return Answer(call)
    }
}

extension Value {
    /// A value by itself, or as the member `value` of an object: so do clients that tell an absent one from an empty one.
    static func wrapped(_ inner: Value<Result>) -> Value<Result> {
        Value(
            inner.shape.tolerating(
                [.object([.init("value", inner.shape)])],
                "An object that has it as its member `value` is accepted too."
            ),
            placeholder: inner.placeholder,
            read: { view throws(FieldProblem) in
                guard view.kind == .object else { return try inner.value(of: view) }
                guard let value = view["value"] else { throw FieldProblem(.missing, at: "value") }
                return try inner.value(of: value)
            },
            readText: { text throws(FieldProblem) in try inner.value(of: text) }
        )
    }
}
