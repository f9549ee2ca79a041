// The table of RPC methods: one row a method, whatever its names and the codec.

import Domain
import HTTP
public import Routing

extension OurChatAPI {
    /// Every method, at the path that is its name.
    public static let methods: [Route] = (rows + CallServices.rows).flatMap(\.routes)

    /// The methods of OurChat's own services.
    static let rows: [MethodRow] =
        auth + basic + accounts + friends + sessions + admission + moderation + streams

    /// The alias of `/{org}/{app}` before a method's name at the root, for the application served there.
    public static func methodAlias(organization: String, application: String) -> PathAlias {
        PathAlias(
            firstSegments: Set((rows + CallServices.rows).map(\.service)),
            prefix: [organization, application]
        )
    }

    private static func row(
        _ method: Method,
        _ summary: String,
        auth: Requirement = .user,
        failures: [Failure] = [],
        servedInMaintenance: Bool = false,
        _ action: MethodAction
    ) -> MethodRow {
        let routes = method.names.map { name in
            Route(
                .post,
                "/{org}/{app}/\(method.service.rawValue)/\(name)",
                Method.route(named: name),
                summary,
                auth: auth,
                failures: failures,
                servedInMaintenance: servedInMaintenance,
                action.action
            ).speaking(ConnectDialect(isStreamed: action.action.bodyKind == .envelopes))
        }
        return MethodRow(
            service: method.service.rawValue,
            name: method.rawValue,
            action: action,
            routes: routes
        )
    }

    private static let noUser: [Failure] = [.notFound(.user, id: "1")]
    private static let noSession: [Failure] = [.notFound(.group, id: "1")]
    private static let noMember: [Failure] = [.group(.notMembers(["1"], GroupID(rawValue: 1)))]

    private static func lacks(_ permission: RolePermission) -> [Failure] {
        [.forbidden(.permission(permission))]
    }

    private static let auth: [MethodRow] = [
        row(
            .register,
            "Make an account.",
            auth: .open,
            failures: [
                .forbidden(.registrationClosed), .conflict(.email, id: "user@example.org"),
                .invalid(field: "password", .illegal(value: "")),
                .invalid(field: "name", .empty), .invalid(field: "email", .illegal(value: "")),
                .invalid(field: "public_key", .illegal(value: "")),
            ],
            .write(after: RPCAuth.hash, RPCAuth.register)
        ),
        row(
            .auth,
            "Log in by e-mail address or ocid.",
            auth: .open,
            failures: noUser + [
                .invalid(field: "account", .missing), .wrongCredentials(.wrongPassword),
                .wrongCredentials(.locked), .wrongCredentials(.unverified),
            ],
            .logIn(after: RPCAuth.check, RPCAuth.letIn)
        ),
    ]

    private static let basic: [MethodRow] = [
        row(
            .timestamp,
            "Tell the time.",
            auth: .open,
            servedInMaintenance: true,
            .pure(RPCBasic.timestamp)
        ),
        row(.ping, "Do nothing.", auth: .open, servedInMaintenance: true, .pure(RPCBasic.ping)),
        row(
            .getServerInfo,
            "Tell of the server.",
            auth: .open,
            servedInMaintenance: true,
            .pure(RPCBasic.info)
        ),
        row(.getID, "Find an account by its ocid.", auth: .open, failures: noUser, .read(RPCBasic.id)),
        row(
            .getPresetUserStatus,
            "List texts for one's status.",
            auth: .open,
            .pure(RPCBasic.presetStatus)
        ),
    ]

    private static let accounts: [MethodRow] = [
        row(.unregister, "Delete one's account.", .write(RPCAccounts.unregister)),
        row(
            .getAccountInfo,
            "Tell of an account.",
            failures: noUser + [.invalid(field: "request_values", .illegal(value: "99"))],
            .scan(RPCAccounts.get)
        ),
        row(
            .setSelfInfo,
            "Change one's account.",
            failures: [
                .conflict(.user, id: "1"), .invalid(field: "ocid", .tooLong(maximum: 50, unit: "bytes")),
                .invalid(field: "user_defined_status", .tooLong(maximum: 128, unit: "bytes")),
                .invalid(field: "user_name", .empty),
            ],
            .write(RPCAccounts.set)
        ),
    ]

    private static let friends: [MethodRow] = [
        row(
            .addFriend,
            "Ask a user to become a friend.",
            failures: noUser + [.conflict(.contact, id: "1"), .forbidden(.blocked)],
            .write(RPCFriends.add)
        ),
        row(
            .acceptFriend,
            "Answer such a request.",
            failures: [.notFound(.proposal, id: "1")],
            .write(RPCFriends.accept)
        ),
        row(
            .deleteFriend,
            "End a friendship on both sides.",
            failures: [.notFound(.contact, id: "1")],
            .write(RPCFriends.delete)
        ),
        row(
            .setFriendInfo,
            "Call a friend by another name.",
            failures: noUser + [.notFound(.contact, id: "1")],
            .write(RPCFriends.setInfo)
        ),
    ]

    private static let sessions: [MethodRow] = [
        row(
            .sendMessage,
            "Say something in a session.",
            failures: noSession + lacks(.send) + [.forbidden(.muted)],
            .write(RPCMessages.send)
        ),
        row(
            .recallMessage,
            "Take back what was said.",
            failures: noSession + lacks(.recall) + [.notFound(.message, id: "1")],
            .write(RPCMessages.recall)
        ),
        row(.newSession, "Make a session and invite to it.", failures: noUser, .write(RPCSessions.make)),
        row(
            .getSessionInfo,
            "Tell of a session; of its members to members only.",
            failures: noSession + [.invalid(field: "query_values", .illegal(value: "99"))],
            .scan(RPCSessions.get)
        ),
        row(
            .setSessionInfo,
            "Change a session.",
            failures: noSession + lacks(.setName) + lacks(.setAvatar) + lacks(.setDescription),
            .write(RPCSessions.set)
        ),
        row(
            .deleteSession,
            "End a session.",
            failures: noSession + lacks(.delete),
            .write(RPCSessions.delete)
        ),
        row(
            .leaveSession,
            "Leave a session; the last one ends it.",
            failures: noMember,
            .write(RPCSessions.leave)
        ),
    ]

    private static let admission: [MethodRow] = [
        row(
            .joinSession,
            "Ask to come into a session.",
            failures: noSession + [
                .group(.blocked("1", GroupID(rawValue: 1))),
                .group(.alreadyMembers(["1"], GroupID(rawValue: 1))),
            ],
            .write(RPCAdmission.join)
        ),
        row(
            .allowUserJoinSession,
            "Answer who asks to come into a session.",
            failures: noSession + noUser + lacks(.accept) + [.notFound(.proposal, id: "1")],
            .write(RPCAdmission.allow)
        ),
        row(
            .invite,
            "Invite a user to a session; a friend is in at once.",
            failures: noSession + noMember + [.group(.alreadyMembers(["1"], GroupID(rawValue: 1)))],
            .write(RPCAdmission.invite)
        ),
        row(
            .acceptInvitation,
            "Answer an invitation to a session.",
            failures: [.notFound(.proposal, id: "1")],
            .write(RPCAdmission.acceptInvitation)
        ),
    ]

    private static let moderation: [MethodRow] = [
        row(
            .kickUser,
            "Remove a user from a session.",
            failures: noSession + noMember + lacks(.remove),
            .write(RPCModeration.kick)
        ),
        row(
            .muteUser,
            "Keep users, or everybody, from speaking in a session.",
            failures: noSession + noMember + lacks(.mute),
            .write(RPCModeration.mute)
        ),
        row(
            .unmuteUser,
            "Let users, or everybody, speak again.",
            failures: noSession + lacks(.unmute) + [.notFound(.mute, id: "1")],
            .write(RPCModeration.unmute)
        ),
        row(
            .banUser,
            "Remove users, or all who can't lift a ban, and keep them out of a session.",
            failures: noSession + noUser + lacks(.ban),
            .write(RPCBans.ban)
        ),
        row(
            .unbanUser,
            "Let users, or everybody, come in again.",
            failures: noSession + lacks(.unban) + [.notFound(.block, id: "1")],
            .write(RPCBans.unban)
        ),
        row(
            .setRole,
            "Give a member a role.",
            failures: noSession + noMember + lacks(.setRole) + [.notFound(.role, id: "9")],
            .write(RPCModeration.setRole)
        ),
        row(
            .addRole,
            "Make a role of a session's own.",
            failures: noSession + lacks(.setRole) + [.invalid(field: "name", .empty)],
            .write(RPCModeration.addRole)
        ),
        row(
            .getRole,
            "Tell what a role allows.",
            failures: noMember + [.notFound(.role, id: "9")],
            .read(RPCModeration.getRole)
        ),
    ]

    private static let streams: [MethodRow] = [
        row(
            .verify,
            "Ask for a mail with a link that proves one's e-mail address.",
            auth: .open,
            failures: noUser + [
                .invalid(field: "email", .illegal(value: "")), .mail(.off), .mail(.undeliverable),
                .mail(.failed),
            ],
            RPCVerify.action
        ),
        row(
            .fetchMessages,
            "Tell what came behind a time, then what comes, for as long as the client listens.",
            failures: [.invalid(field: "time", .missing), .invalid(field: "time", .illegal(value: ""))],
            RPCFeed.action
        ),
        row(
            .upload,
            "Send a file: first what it is, then its content in pieces, each message of at most 1 MiB. With auto_clean it stays for ten days.",
            failures: noSession + lacks(.send) + [
                .invalid(field: "metadata", .missing), .invalid(field: "content", .missing),
                .invalid(field: "size", .illegal(value: "")), .invalid(field: "hash", .illegal(value: "")),
                .limitReached(.fileBytes, maximum: 10 << 30),
            ],
            RPCFiles.uploadAction
        ),
        row(
            .download,
            "Fetch a file in pieces.",
            failures: [.forbidden(.insufficientScope)],
            RPCFiles.downloadAction
        ),
    ]
}
