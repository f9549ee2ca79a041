// A recorded exchange: what must be there before, who asks what, and the exact reply. One fixture file is one.

import Foundation

/// The caller of a request.
public enum Caller: Sendable, Equatable, CustomStringConvertible {
    /// Nobody: no Authorization header.
    case nobody
    /// A text that has not the form of a token.
    case malformedToken
    /// A token that nobody signed.
    case forgedToken
    /// A token of this application whose time is over.
    case expiredToken
    /// Another application, with its own good token.
    case otherApplication
    /// A user of this application, with a good token.
    case user(String)
    /// The application.
    case application
    /// An administrator of the application's organisation.
    case organizationAdministrator
    /// One of the application's managers, with a session of the OpenIM dialect.
    case manager

    /// Every caller that an application's routes must refuse; a user of it must exist.
    public static func strangers(user: String) -> [Caller] {
        [.nobody, .malformedToken, .forgedToken, .expiredToken, .otherApplication, .user(user)]
    }

    /// The word for it in fixture files.
    public var description: String {
        switch self {
        case .nobody: "nobody"
        case .malformedToken: "malformed-token"
        case .forgedToken: "forged-token"
        case .expiredToken: "expired-token"
        case .otherApplication: "other-application"
        case .user(let name): "user:\(name)"
        case .application: "application"
        case .organizationAdministrator: "organization-administrator"
        case .manager: "manager"
        }
    }

    init?(_ word: String) {
        let simple: [Caller] = [
            .nobody, .malformedToken, .forgedToken, .expiredToken, .otherApplication, .application,
            .organizationAdministrator, .manager,
        ]
        if word.hasPrefix("user:") {
            self = .user(String(word.dropFirst(5)))
        } else if let caller = simple.first(where: { $0.description == word }) {
            self = caller
        } else {
            return nil
        }
    }
}

/// Something that must be so before a request; done through the API, as the application.
public enum SetupStep: Sendable, Equatable {
    /// Registration is open to all. Must come first.
    case openRegistration
    /// The application's organisation has an administrator. Must come first.
    case administrator
    /// A user exists: username, password, and nickname if any, as the body of the registration.
    case user(TestJSON)
    /// The second is a contact of the first.
    case contact(String, String)
    /// The first has blocked the second.
    case block(String, String)
    /// The user is deactivated.
    case deactivated(String)
    /// The user's profile was changed by a PUT of that body.
    case profile(String, TestJSON)
    /// The user has metadata.
    case metadata(String, TestJSON)
    /// A mute was set by a POST of that body.
    case mute(TestJSON)
    /// The first user calls the second by that remark.
    case remark(String, String, String)
    /// A group, or with `isRoom` a room, was made by a POST of that body; its id is kept under the name.
    case group(String, TestJSON, isRoom: Bool)
    /// A file of this text was uploaded to the path; its id is kept under the name, and its secret, where it was
    /// restricted, under the name with `-secret`.
    case file(String, path: String, text: String, isRestricted: Bool)
    /// The application made this request, and was answered 200. The path is below the application's.
    case request(String, String, TestJSON?)
    /// Somebody made this request, as JSON and with POST, and was answered 200; members of the reply are kept
    /// under these names. The path is below the application's.
    case call(Caller, path: String, body: TestJSON, keep: [String: String])
}

/// A recorded exchange and what follows it.
public struct Exchange: Sendable, CustomStringConvertible {
    /// One request and its reply.
    public struct Stage: Sendable {
        /// The caller.
        public let caller: Caller
        /// The request.
        public let request: RecordedRequest
        /// The expected reply.
        public let response: ExpectedResponse

        /// Makes a stage.
        public init(caller: Caller, request: RecordedRequest, response: ExpectedResponse) {
            self.caller = caller
            self.request = request
            self.response = response
        }
    }

    /// Its file's name without ending, or a scenario's name.
    public let name: String
    /// Where the exchange is documented.
    public let source: String
    /// The point, in one sentence.
    public let description: String
    /// The preparation.
    public let given: [SetupStep]
    /// The exchange, then those that use what it left behind.
    public let stages: [Stage]

    /// Makes an exchange.
    public init(name: String, source: String, description: String, given: [SetupStep], stages: [Stage]) {
        self.name = name
        self.source = source
        self.description = description
        self.given = given
        self.stages = stages
    }
}

/// A request with placeholders.
public struct RecordedRequest: Sendable {
    /// The body.
    public enum Body: Sendable {
        /// Nothing.
        case none
        /// JSON; placeholders in its strings are replaced. Content-Type is application/json unless headers say else.
        case json(TestJSON)
        /// Text as it is.
        case text(String)
        /// JSON values in envelopes. Content-Type is application/connect+json unless headers say else.
        case stream([TestJSON])
    }

    /// The method.
    public let method: String
    /// The target; `{org}` and `{app}` and other placeholders are replaced.
    public let path: String
    /// Header fields; nil leaves out a Content-Type that would be added.
    public let headers: [(name: String, value: String?)]
    /// The body.
    public let body: Body

    /// Makes a request.
    public init(
        _ method: String,
        _ path: String,
        headers: [(name: String, value: String?)] = [],
        body: Body = .none
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// The pattern of a reply.
public struct ExpectedResponse: Sendable {
    /// The pattern of the body.
    public enum Body: Sendable {
        /// Anything.
        case anything
        /// No bytes.
        case empty
        /// An object with exactly these members in this order, values free.
        case keys([String])
        /// A match of the pattern.
        case pattern(BodyPattern)
        /// Exactly this text, of any media type.
        case text(String)
        /// Envelopes with matches of these patterns, and the end.
        case stream([BodyPattern], end: BodyPattern)
    }

    /// The status code.
    public let status: Int
    /// Patterns of header values; nil means that the field must be absent.
    public let headers: [(name: String, value: BodyPattern?)]
    /// The body.
    public let body: Body

    /// Makes an expectation.
    public init(_ status: Int, headers: [(name: String, value: BodyPattern?)] = [], body: Body) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
