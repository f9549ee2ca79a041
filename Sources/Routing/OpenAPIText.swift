// The prose of the API document.

import Domain
import JSON

/// The prose of the document.
enum OpenAPIText {
    static let summary = "A self-hosted REST platform for the users of an instant messenger."

    static let description = """
        Parley is called by the backend of a business to run its chat users, and by those who operate it.

        ## Dialects
        Parley speaks the interfaces of several chat platforms over one set of users. The first word of each tag is the
        dialect. `/openapi.yaml?dialect=platform`, `openim`, `ourchat` or `operations` has one of them only, and so has
        `/openapi.json`; the operator's routes stand in the last one. `/docs` shows all of it as a page. Dialects differ in paths, envelopes and error bodies, never in what they work on: a user registered
        through one is the same user in the others.

        In the platform dialect every path begins with an organisation and an application, `/{org}/{app}`. Nothing of one
        application can be seen from another: what belongs elsewhere is answered as what does not exist.

        The OpenIM dialect is below `/{org}/{app}/openim`, and for one application, `--openim-app ORG/APP`, at the root as well:
        `/auth/user_token` is `/{org}/{app}/openim/auth/user_token` there. It is spoken in three generations. A request with
        `operationID` in its head is of the third; without, the names of its members tell, and the path where they don't. Names
        of members are found in any case of letters. Each generation is answered with its own names, envelope and codes: the
        first two with status 400 for fields that can't be, and with 200 and a code that isn't 0 for what was refused; the third
        always with 200. `secret` is a client secret of the application. Where the original server was careless, this one isn't:
        `get_user_info` wants a token, a user or group that a call is about is refused where nobody has that name (lists that ask
        about users leave out or tell those that nobody has, and `batch_send_msg` tells whom it didn't reach), a group always has its
        owner, no secret is ever answered, an unknown owner gets no friends, managers aren't deleted. Not served: callbacks,
        the SDK's own WebSocket (clients connect to the gateway), uploads below `/object` and `/third` (files are the platform
        dialect's), `/statistics`, `/rtc`, `/office`, organisations, tags, and a conversation's settings but the option of its
        messages.

        Who refuses messages (1, as `globalRecvMsgOpt` or for a conversation) is told none on its connections and finds none
        waiting, in every dialect, until it wants them again; they stand in the history, and in the numbers of their
        conversation. Of the stretches in which messages were refused the newest 16 are kept, of each conversation and of all: where
        there are more, those whose messages are all delivered are forgotten, else the oldest become one, and what lies between
        them is refused, too. Notifications (`sessionType` 4, `contentType` 200 and above) of managers can't be refused. Nothing here
        sends push notifications, so 2, to receive without them, is the same as 0. `clientMsgID` names one message of its
        sender: the same message again has the first one's answer, another one under its name is refused. An application's
        managers are users from the first OpenIM call on that isn't refused, whatever it asks.

        ## Authentication
        `POST /{org}/{app}/token` gives a bearer token for an application's client id and secret, or for a user's name and
        password. It goes into `Authorization: Bearer …` of every other call. Each operation says whose token it takes. A
        token ends with its time, with its credential, and with any change of its user's password or activation.

        ## Requests
        A JSON body is read as JSON whatever its Content-Type. Unknown members and unknown query parameters are ignored. An
        object with one key twice is refused, as is everything else that two readers could read differently: a form with one
        name twice, a query parameter that is given twice. The schemas show one form of each value; older clients' forms are
        taken as well: a whole number as a text of its digits, true and false as 1 and 0 or as texts, and what descriptions add. A body with a `Content-Encoding` gets 415 where no compressed
        ones are taken. Bodies end at 1 MiB. GET answers HEAD too; OPTIONS lists a path's methods.

        ## Replies
        A reply to a change is sent after the change is on disk. `X-Request-Id` names the request in the server's log; a
        request may bring its own. Clients should ignore members that they don't know.

        ## Pages
        Lists come in pages of `limit` rows. A reply with a `cursor` has more behind it: send that cursor to get the next
        page. Cursors are opaque, belong to one list and stay valid while rows come and go; the last page has none. A cursor
        says where the next page begins, not that something is there: when the rows behind it have gone meanwhile, or when a
        search has read its share of rows without a hit, a page is empty and may have a cursor of its own. So the end of a list
        is a page without a cursor, never an empty one.

        ## Errors
        Every refusal changes nothing and has a JSON body of its dialect. 401 says in `WWW-Authenticate` what is wrong with
        the token. 429, and 503 of a server at its bounds, say in `Retry-After` when to try again. The examples of
        each response show the failures that are declared for it.
        """

    static let server = "The server that this document comes from."

    static let operatorServers: JSONValue = [
        [
            "url": "http://localhost",
            "description": .string(
                "The administration socket: parley.sock in the data folder, which only the operator of the machine can open,"
                    + " as in curl --unix-socket parley-data/parley.sock http://localhost/admin/applications. On any other"
                    + " listener the route does not exist."
            ),
        ]
    ]

    static let bearer = """
        A token from `POST /{org}/{app}/token` or, for an organisation's administrator, from `POST /management/token`.
        Callers on the administration socket need none.
        """

    static let tokenField = """
        A token from this dialect's `auth` routes, or the application's own from `POST /{org}/{app}/token`, as it is, without
        a scheme before it.
        """

    static let refusals = """
        Refused before a route was found or the request was complete: unknown path, other method, malformed, too long or too
        slow. The connection may be closed.
        """

    static let requestIDField = "X-Request-Id"

    /// The field lines that responses may have.
    static let fields: [(name: String, description: String, schema: JSONValue)] = [
        ("Accept-Encoding", "How a body may be compressed.", ["type": "string"]),
        ("Accept-Post", "The media types that a body may have.", ["type": "string"]),
        ("Accept-Ranges", "That a Range field is understood.", ["type": "string", "const": "bytes"]),
        ("Allow", "The methods that the path has.", ["type": "string"]),
        ("Content-Disposition", "That it is a download, and the file's name.", ["type": "string"]),
        ("Content-Range", "Which bytes of how many these are.", ["type": "string"]),
        ("Idempotent-Replayed", "That it is the reply to an earlier request with the same key.", ["type": "string", "const": "true"]),
        ("ETag", "The tag of the file: another content has another tag.", ["type": "string"]),
        ("Location", "Where it is, relative to where it was asked for.", ["type": "string"]),
        (
            "RateLimit", "What is left of the rate: calls at once (`r`), and seconds until it is whole (`t`).",
            ["type": "string"]
        ),
        (
            "RateLimit-Policy", "The rate of the call's group: calls at once (`q`) in so many seconds (`w`).",
            ["type": "string"]
        ),
        ("Retry-After", "Seconds after which to try again.", ["type": "integer", "minimum": 0]),
        (
            "Sec-WebSocket-Version", "The version of the WebSocket protocol that is spoken.",
            ["type": "string", "const": "13"]
        ),
        ("Upgrade", "The protocol that the path speaks.", ["type": "string", "const": "websocket"]),
        ("WWW-Authenticate", "The scheme, and what is wrong with the token.", ["type": "string"]),
        (requestIDField, "The id of the request in the server's log.", ["type": "string"]),
    ]

    /// The key of a request that may be repeated.
    static let keyParameter: JSONValue = [
        "name": "Idempotency-Key", "in": "header",
        "description":
            "A name of the client's for this request: a repetition within 24 hours is answered and not run again.",
        "schema": ["type": "string", "minLength": 1, "maxLength": 255],
    ]

    /// The kind of token that an operation takes, and the scope that it needs.
    static func caller(_ requirement: Requirement, _ scope: Scope?) -> String {
        let caller = caller(requirement)
        guard let scope else { return caller }
        return requirement == .organization(parameter: "org")
            ? "\(caller) Its role needs the scope `\(scope.rawValue)`."
            : "\(caller) A token of the application needs the scope `\(scope.rawValue)`."
    }

    private static func caller(_ requirement: Requirement) -> String {
        switch requirement {
        case .open: "Without a token."
        case .user: "With a token of a user of the application."
        case .userOrNobody: "Without a token, or with one of a user of the application."
        case .anybody: "Without a token, or with one of the application where it vouches for somebody."
        case .application: "With a token of the application, or of an administrator of its organisation."
        case .openRegistration:
            "Without a token while the application's registration is open; else with a token of the application, or of an"
                + " administrator of its organisation."
        case .applicationOrSecret:
            "Without a token, with a client secret of the application in the body; or with a token of the application or of"
                + " one of its managers."
        case .applicationOrUser(let parameter):
            "With a token of the application, of an administrator of its organisation, or of the user `\(parameter)`."
        case .applicationOrAnyUser:
            "With a token of the application, of an administrator of its organisation, or of any of its users."
        case .organization(let parameter):
            "With a token of an administrator of the organisation `\(parameter)`."
        case .operator: "On the administration socket only."
        }
    }
}
