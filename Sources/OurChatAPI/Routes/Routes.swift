// The table of the OurChat dialect: the route that opens a socket, and the frames that clients send through it.

import Domain
import HTTP
import JSON
public import Routing

/// The OurChat dialect.
public enum OurChatAPI {
    /// Every route of a method and a path.
    public static let routes: [Route] = [
        Route(
            .get,
            "/{org}/{app}/gateway",
            "openGateway",
            "Open a WebSocket: frames in, replies and messages out.",
            auth: .userOrNobody,
            // The connection is made, and told by its frames.
            servedInMaintenance: true,
            .subscription(
                Subscription(
                    frames: frames,
                    code: { frame in frame["code"]?.int64.flatMap(Int.init(exactly:)) },
                    write: NewsFrames.write,
                    proofRequest: Verification.request
                )
            )
        ),
        Route(
            .get,
            "/{org}/{app}/v1/verify/confirm",
            "confirmEmail",
            "Prove an e-mail address, by the link in a mail: good once, for five minutes.",
            auth: .open,
            failures: [.invalid(field: "token", .illegal(value: ""))],
            .write(Verification.confirm)
        ),
        Route(
            .get,
            "/{org}/{app}/v1/status",
            "getOurChatStatus",
            "Tell that the server is up.",
            auth: .open,
            servedInMaintenance: true,
            .pure(ServerStatus.answer)
        ),
        Route(
            .get,
            "/{org}/{app}/v1/logo",
            "getLogo",
            "Get the picture of the server.",
            auth: .open,
            servedInMaintenance: true,
            .pure(Pictures.logo)
        ),
        Route(
            .get,
            "/{org}/{app}/v1/avatar",
            "getAvatar",
            "Get a user's picture, or that of whoever has set none.",
            auth: .open,
            failures: [.notFound(.user, id: "1"), .invalid(field: "user_id", .illegal(value: "x"))],
            .read(Pictures.avatar)
        ),
        Route(
            .get,
            "/{org}/{app}/v1/avatar/default",
            "getDefaultAvatar",
            "Get the picture of whoever has set none.",
            auth: .open,
            .pure(DefaultPicture.get)
        ),
    ].map { $0.speaking(OurChatDialect()) }

    /// Where an application's gateway is, too: `/`, as the first clients know it.
    public static func alias(organization: String, application: String) -> PathAlias {
        PathAlias(firstSegments: [""], prefix: [organization, application, "gateway"])
    }

    /// Where links to an application's addresses lead, too.
    public static func linkAlias(organization: String, application: String) -> PathAlias {
        PathAlias(firstSegments: ["v1"], prefix: [organization, application])
    }

    private static let noSession: [Failure] = [.notFound(.group, id: "1")]

    static let frames: [Route] = [
        Route(
            frame: 0,
            "sendUserMessage",
            "Say something in a session; it comes back to everybody there.",
            auth: .user,
            failures: noSession + [.forbidden(.muted)],
            .write(UserMessages.send)
        ),
        Route(
            frame: 1,
            "getSessionInfo",
            "Tell of a session.",
            auth: .user,
            failures: noSession,
            .read(Sessions.info)
        ).speaking(OurChatDialect(.session)),
        Route(
            frame: 4,
            "registerAccount",
            "Make an account, and log it in.",
            auth: .open,
            failures: [.conflict(.email, id: "user@example.org"), .forbidden(.registrationClosed)],
            .write(after: Accounts.hash, Accounts.register)
        ).speaking(OurChatDialect(.registration)),
        Route(
            frame: 6,
            "logInAccount",
            "Log in by e-mail address or id.",
            auth: .open,
            failures: [
                .wrongCredentials(.wrongPassword), .wrongCredentials(.unverified), .wrongCredentials(.locked),
            ],
            .write(after: Accounts.check, Accounts.letIn)
        ).speaking(OurChatDialect(.login)),
        Route(
            frame: 8,
            "makeSession",
            "Make a session with its first members.",
            auth: .user,
            failures: [.notFound(.user, id: "1")],
            .write(Sessions.make)
        ).speaking(OurChatDialect(.newSession)),
        Route(
            frame: 10,
            "getAccountInfo",
            "Tell of an account.",
            auth: .user,
            failures: [.notFound(.user, id: "1")],
            .read(AccountInfo.get)
        ).speaking(OurChatDialect(.account)),
        Route(
            frame: 12,
            "getServerStatus",
            "Tell how the server is.",
            auth: .open,
            servedInMaintenance: true,
            .pure(ServerStatus.get)
        ).speaking(OurChatDialect(.server)),
        Route(
            frame: 14,
            "verifyAccount",
            "Ask for a mail with a link that proves one's e-mail address.",
            auth: .open,
            failures: [
                .notFound(.email, id: "user@example.org"), .forbidden(.insufficientScope), .mail(.off),
                .mail(.undeliverable), .mail(.failed),
            ],
            .write(thenErrand: Verification.ask)
        ).speaking(OurChatDialect(.verification)),
        Route(
            frame: 16,
            "unregisterAccount",
            "Delete one's account.",
            auth: .user,
            failures: [.wrongCredentials(.unverified)],
            .write(Accounts.unregister)
        ).speaking(OurChatDialect(.unregistration)),
        Route(
            frame: 19,
            "setAccountInfo",
            "Change one's account.",
            auth: .user,
            failures: [.forbidden(.insufficientScope)],
            .write(AccountInfo.set)
        ).speaking(OurChatDialect(.accountChange)),
    ]
}
