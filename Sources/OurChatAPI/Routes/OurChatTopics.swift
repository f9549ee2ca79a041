// The subjects of the OurChat dialect's routes, as the API document files them.

public import Routing

extension OurChatDialect {
    /// The socket, and the link in a mail.
    public var topics: [Topic] { [Topic("ourchat-gateway", OurChatText.gateway).listingFrames()] }
}

extension ConnectDialect {
    /// By service.
    public var topics: [Topic] {
        [
            Topic(
                "ourchat-auth",
                [Method.Service.auth.rawValue],
                "Register, log in, and prove an e-mail address. " + OurChatText.methods
            ),
            Topic(
                "ourchat-basic",
                [Method.Service.basic.rawValue],
                "Ask how the server is and who somebody is. " + OurChatText.methods
            ),
            Topic(
                "ourchat-service",
                [Method.Service.ourChat.rawValue],
                "Accounts, friends, sessions with their roles and permissions, messages, files. "
                    + OurChatText.methods
            ),
            Topic(
                "ourchat-discovery",
                Set(CallServices.rows.map(\.service)),
                "Ask whether the services can be called, and how they are declared, as tools for gRPC do. "
                    + OurChatText.methods
            ),
        ]
    }
}

/// The API document's text about the dialect's two forms.
enum OurChatText {
    static let methods = """
        A method of the Connect protocol: `POST` with `application/json` or `application/proto`; streams are in envelopes,
        `application/connect+json` or `application/connect+proto`. `connect-timeout-ms` bounds a call.

        Every method is one of gRPC-Web, too (`application/grpc-web` and `application/grpc-web-text`, each with `+proto` or
        `+json`), and over HTTP/2 one of gRPC (`application/grpc`). `grpc-timeout` bounds such a call; its status is 200, and
        its trailers have the outcome as `grpc-status` and `grpc-message`.
        """

    static let gateway = """
        People connect through a WebSocket at `/{org}/{app}/gateway`, and at `/` with `--ourchat-app`. Whoever opens it with a
        user's token, in `Authorization` or as `?access_token=`, is logged in; without one, frames 4 and 6 do that, and until
        then only few frames are understood. `?after=` is the last message id that the device has: what is newer comes first,
        in order; without it comes what was never delivered.

        Frames are texts of JSON with a `code`; one message is one frame, at most 1 MiB. The server sends pings; a client that
        answers none is closed. A pong that answers a ping acknowledges every message sent before that ping, so a client need
        not say what has arrived. A frame that can't be understood is answered with frame 18; sockets of a server that stops
        are closed with 1001.
        """
}
