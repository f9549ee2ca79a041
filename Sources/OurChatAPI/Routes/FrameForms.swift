// The frames of the socket as the API document shows them: what clients send, by the routes; what the server sends.

public import Routing

extension OurChatDialect {
    /// Those of clients, then those of the server.
    public var frames: [FrameForm] { Self.forms }

    private static let forms = OurChatAPI.frames.map(FrameForm.init) + news + replies

    /// The frames that the server sends unasked.
    private static let news = [
        FrameForm(
            0,
            "UserMessageFrame",
            from: .server,
            "A message, to everybody in the session and to its sender, who knows by it that it is stored.",
            [
                .init("time", .integer().remark("Unix seconds."), meaning: "When it was sent."),
                .init("msg_id", .string()),
                .init("sender", .object([.init("ocid", .string()), .init("session_id", .string())])),
                .init(
                    "msg",
                    .array(.anyOf([part, .map(.any).remark("A part of another type, as it was sent.")]))
                ),
            ]
        ),
        FrameForm(13, "PleaseVerifyFrame", from: .server, "The e-mail address has to be proven first.", []),
        FrameForm(
            100,
            "PresenceFrame",
            from: .server,
            "The state of a followed user, whole each time.",
            [
                .init("ocid", .string()),
                .init("online", .boolean, meaning: "Whether the user is connected."),
                .init(
                    "platforms",
                    .array(.integer()),
                    meaning: "The kinds of devices, as OpenIM numbers them."
                ),
                .init(
                    "published",
                    .map(.string()),
                    meaning: "The presence that the user has published, by device."
                ),
            ]
        ),
    ]

    /// A part of a message as receivers get it.
    private static let part = Shape.object(
        name: "ReceivedMessagePart",
        [
            .init("type", .integer()),
            .init("text", .string(), isRequired: false),
            .init(
                "body",
                .map(.any),
                isRequired: false,
                meaning: "The message as the platform dialect shows it, where it is more than a text."
            ),
        ]
    )

    private static let replies = [
        reply(.session, "SessionInfoFrame", "The wanted values of a session.", [data]),
        reply(.registration, "RegistrationFrame", "How a registration went.", [account, details]),
        reply(.login, "LoginFrame", "How a log-in went.", [account]),
        reply(.newSession, "NewSessionFrame", "How making a session went.", [session]),
        reply(.account, "AccountInfoFrame", "The wanted values of an account.", [data]),
        reply(.server, "ServerStatusFrame", "How the server is.", []),
        reply(.verification, "VerificationFrame", "How the proof of an e-mail address went.", []),
        reply(.unregistration, "UnregistrationFrame", "How deleting the account went.", []),
        reply(
            .error,
            "ErrorFrame",
            "The fault of a frame that has no reply of its own.",
            [details]
        ),
        reply(.accountChange, "AccountChangeFrame", "How changing the account went.", []),
    ]

    private static let data = Shape.Member(
        "data",
        .map(.any),
        isRequired: false,
        meaning: "The wanted values, by name; null for what the asking user may not see."
    )
    private static let account = Shape.Member("ocid", .string(), isRequired: false)
    private static let details = Shape.Member(
        "details",
        .string(),
        isRequired: false,
        meaning: "What went wrong, or what to do now."
    )
    private static let session = Shape.Member("session_id", .string(), isRequired: false)

    private static func reply(
        _ reply: FrameReply,
        _ name: String,
        _ summary: String,
        _ members: [Shape.Member]
    ) -> FrameForm {
        let status = Shape.Member("status", .integer(0...2), isRequired: false)
        let code = Shape.Member("status_code", .integer(0...11))
        let statuses = reply.first(.done) == nil ? [code] : [status, code]
        return FrameForm(reply.rawValue, name, from: .server, summary, statuses + members)
    }
}
