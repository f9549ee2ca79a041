// Who is online, and who wants to hear of it.

import Domain
import Routing

enum OnlineStatus {
    struct Names: Fields {
        let names: [Username]

        static let schemaName = "StatusNames"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            names = try fields.required(
                Spelling("userIDList", "userIDList", "userIDs"),
                .list(of: .username, maximum: 200)
            )
        }
    }

    struct SecretNames: SecretFields {
        let secret: String?
        let names: Names

        static let schemaName = "StatusNamesBySecret"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            secret = try fields.optional(.secret, .secret)
            names = try Names(&fields)
        }
    }

    /// Whether somebody is online; an unknown user is not.
    struct Status: SpelledObject {
        let name: String
        let isOnline: Bool

        static let schemaName: String? = "OnlineStatus"
        static let fields: [SpelledField<Status>] = [
            .field(Spelling("userID")) { $0.name },
            .field(Spelling("status", "status", nil)) { $0.isOnline ? "online" : "offline" },
            .field(Spelling(nil, nil, "status")) { $0.isOnline ? 1 : 0 },
        ]
    }

    enum SuccessNaming: ListNaming {
        static let name = Spelling("successResult", nil, nil)
    }

    typealias Statuses = Answer<NamedList<SuccessNaming, Status>>

    /// For managers.
    static func get(_ call: Call, _ input: Names, _ store: any Reader) throws(Failure) -> Statuses {
        var statuses: [Status] = []
        for name in input.names {
            let user = try store.user(named: name)
            statuses.append(Status(name: name.text, isOnline: user.map { call.isOnline($0) } ?? false))
        }
        return Answer(call, NamedList(statuses))
    }

    /// For whoever shows a secret, or a token.
    static func getBySecret(_ call: Call, _ input: SecretNames, _ store: any Reader) throws(Failure) -> Statuses {
        if call.caller == .anonymous {
            guard let secret = input.secret else { throw .unauthenticated(.missing) }
            _ = try CredentialRules.check(secret: secret, of: call.application, with: call.services.secrets)
        }
        return try get(call, input.names, store)
    }

    // MARK: Subscriptions

    struct Subscription: Fields {
        let username: Username?
        let others: [Username]
        let isEnding: Bool

        static let schemaName = "StatusSubscription"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            username = try fields.optional(.user, .username)
            others = try fields.required(.users, .usernames)
            isEnding = try fields.required(Spelling("genre"), .integer(1...2)) == 2
        }
    }

    /// A status in the form of subscriptions: the platforms of who is online aren't told apart.
    struct Subscribed: SpelledObject {
        let status: Status

        static let schemaName: String? = "UserStatus"
        static let fields: [SpelledField<Subscribed>] = [
            .field(Spelling("userID")) { $0.status.name },
            .field(Spelling("status")) { $0.status.isOnline ? 1 : 0 },
            .field(Spelling("platformIDs")) { _ in [Int]() },
        ]
    }

    enum StatusNaming: ListNaming {
        static let name = Spelling("statusList")
    }

    typealias StatusList = Answer<NamedList<StatusNaming, Subscribed>>

    static func subscribe(_ call: Call, _ input: Subscription, _ store: any Writer) throws(Failure)
        -> StatusList
    {
        let name = try call.actor(input.username, .user)
        guard !input.isEnding else {
            try PresenceRules.unsubscribe(from: input.others.map(\.text), of: name, in: store)
            return list([], call)
        }
        return list(try PresenceRules.subscribe(to: input.others, of: name, at: call.now, in: store), call)
    }

    static func subscriptions(_ call: Call, _ input: Users.One, _ store: any Reader) throws(Failure)
        -> StatusList
    {
        let name = try call.actor(input.username, .user)
        return list(try PresenceRules.followed(by: name, at: call.now, in: store), call)
    }

    private static func list(_ users: [User], _ call: Call) -> StatusList {
        let found = users.map { user in
            Subscribed(status: Status(name: user.username.text, isOnline: call.isOnline(user)))
        }
        return Answer(call, NamedList(found))
    }
}

extension Call {
    /// Whether a user has a live connection.
    func isOnline(_ user: User) -> Bool { services.presence.isOnline(user.id) }
}
