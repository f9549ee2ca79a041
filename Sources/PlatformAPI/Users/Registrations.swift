// Registering users: one object, an array of one, an array of many; three shapes of reply.

import Domain
import HTTP
import JSON
import Routing

enum Registrations {
    /// A body of one object or an array of them.
    struct Batch: BodyInput {
        let users: [Registration]
        /// Whether the body was an array.
        let isList: Bool

        private static let user = Value<Registration>.object(named: "Registration") {
            object throws(FieldProblem) in
            Registration(
                username: try object.required("username", .username),
                password: try object.required("password", .text(1...UserRules.maximumPasswordCharacters)),
                nickname: try object.optional("nickname", .text(0...UserRules.maximumNicknameCharacters))
            )
        }
        /// More than any application may set as its maximum, so that the rule gives the answer.
        private static let users = Value.list(of: user, maximum: 10_000)

        static let value = Value<Batch>(
            .anyOf([
                user.shape,
                .array(user.shape, maximum: ApplicationSettings().maximumRegistrations).tolerating(
                    [users.shape],
                    "The application's setting `max_registrations` is the bound."
                ),
            ]),
            placeholder: Batch(users: [], isList: true),
            read: { view throws(FieldProblem) in
                if view.kind == .array { return Batch(users: try users.value(of: view), isList: true) }
                return Batch(users: [try user.value(of: view)], isList: false)
            },
            readText: { _ throws(FieldProblem) in
                throw FieldProblem(.wrongType(expected: "an object or an array"))
            }
        )
    }

    /// The reply of each form of body.
    enum Registered: Reply {
        case one(Envelope<Written, UserEntity, NoElement>)
        case many(Envelope<WrittenWithData, UserEntity, [Taken]>)

        static var content: ReplyContent {
            .json(
                .anyOf([
                    Envelope<Written, UserEntity, NoElement>.shape,
                    Envelope<WrittenWithData, UserEntity, [Taken]>.shape,
                ])
            )
        }

        func response() -> Response {
            switch self {
            case .one(let reply): reply.response()
            case .many(let reply): reply.response()
            }
        }
    }

    /// A member of a batch that wasn't registered.
    struct Taken: ReplyObject {
        let name: String

        static let fields: [ReplyField<Taken>] = [
            .field("username") { $0.name },
            .field("registerUserFailReason") { "the \($0.name) already exists" },
        ]
    }

    static func hashPasswords(
        _ call: Call,
        _ batch: Batch,
        _ store: any Reader
    ) throws(Failure) -> Preparation<[NewUser], Registered> {
        try RegistrationRules.check(batch.users, of: call.application, by: call.caller)
        // A taken name is told before a hash is paid for; the insert decides.
        if batch.users.count == 1, let user = batch.users.first, try store.user(named: user.username) != nil {
            throw .conflict(.user, id: user.username.text)
        }
        return .compute(
            Computation(hashes: batch.users.count) { hashing throws(Failure) in
                var users: [NewUser] = []
                for user in batch.users {
                    users.append(
                        NewUser(
                            username: user.username,
                            passwordHash: try hashing.hash(user.password),
                            nickname: user.nickname,
                            uuid: call.services.secrets.uuid(at: call.now)
                        )
                    )
                }
                return users
            }
        )
    }

    static func register(
        _ call: Call,
        _ batch: Batch,
        _ users: [NewUser],
        _ store: any Writer
    ) throws(Failure) -> Registered {
        if users.count == 1, let user = users.first {
            let registered = try RegistrationRules.register(
                user,
                of: call.application,
                at: call.now,
                in: store
            )
            var reply = Envelope<Written, UserEntity, NoElement>(
                call,
                "post",
                path: "/users",
                entities: [UserEntity(registered)]
            )
            reply.uriPath = "/users"
            reply.params = batch.isList ? [] : nil
            return .one(reply)
        }
        let outcome = try RegistrationRules.registerEach(
            users,
            of: call.application,
            at: call.now,
            in: store
        )
        var reply = Envelope<WrittenWithData, UserEntity, [Taken]>(
            call,
            "post",
            path: "/users",
            entities: outcome.registered.map(UserEntity.init),
            data: outcome.taken.map(Taken.init)
        )
        reply.uriPath = "/users"
        return .many(reply)
    }
}
