// Requests made from the table of routes, so that a new route is tested without anybody naming it.

import Domain
import HTTP
import OpenIMAPI
import OperationsAPI
import OurChatAPI
import PlatformAPI
package import Routing

/// Every route of the program, by how its dialect refuses.
package enum EveryRoute {
    /// Those that refuse by status.
    package static let all: [Route] = OperationsAPI.routes + PlatformAPI.routes
    /// The methods of RPC.
    package static let methods: [Route] = OurChatAPI.methods
    /// OurChat's routes beside its methods: its socket, and links in mails.
    package static let ourChat: [Route] = OurChatAPI.routes
    /// Those that refuse by a code in the body.
    package static let openIM: [Route] = OpenIMAPI.routes
}

/// The values that stand for the names in a path or a body.
package struct RouteNames {
    /// By the parameter's name.
    package var parameters: [String: String] = [:]
    /// The user named by a member `username`, or by the elements of `usernames` or `targets`.
    package var userInBody = "bob"
    /// The value of a member `secret`.
    package var secret = "secret"
    /// The group named by a member `groupID`; nil for no group that there is.
    package var groupInBody: String?
}

extension Route {
    /// A request that the route's declaration accepts.
    package func request(_ names: RouteNames) -> HTTPRequest {
        let target = path(names) + queryText(names)
        switch action.bodyKind {
        case .none:
            return HTTPRequest(method.text, target)
        case .form:
            return HTTPRequest(
                method.text,
                target,
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: .bytes(Array("nick=x".utf8))
            )
        case .multipart:
            return .upload(target, method.text)
        case .bytes:
            return HTTPRequest(method.text, target, body: .bytes(Array("{}\n".utf8)))
        case .envelopes:
            let message = action.body?.example(naming: names.userInBody) ?? [:]
            // One that goes on without end is asked for a moment of it.
            return .stream(target, [message], timeoutMilliseconds: action.work.isEndless ? 1 : nil)
        case .json, .message:
            guard let body = action.body else { return HTTPRequest(method.text, target) }
            return HTTPRequest(method.text, target, json: body.example(naming: names.userInBody))
        }
    }

    /// The path with its parameters filled in; one that has no value is `1`.
    package func path(_ names: RouteNames) -> String {
        let parts = pattern.segments.map { segment in
            switch segment {
            case .literal(let text): text
            case .parameter(let name): names.parameters[name] ?? "1"
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The required parameters, and a limit of one row for every list.
    private func queryText(_ names: RouteNames) -> String {
        Self.query(action.query.filter { $0.isRequired || $0.name == "limit" }, names)
    }

    /// The text of a query with a value for each of these parameters; empty for none.
    package static func query(_ members: [Shape.Member], _ names: RouteNames) -> String {
        let pairs = members.map { "\($0.name)=\(Self.queryValue(of: $0, names))" }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    private static func queryValue(of member: Shape.Member, _ names: RouteNames) -> String {
        switch (member.name, member.shape) {
        case ("msgId", _): names.parameters["msg_id"] ?? "1"
        case ("userId", _): "bob"
        case (_, .oneOfTexts(let texts)): texts.first ?? ""
        default: "1"
        }
    }

    /// The parameters that name a user.
    package var userParameters: [String] { pattern.parameterNames.filter { $0.hasSuffix("username") } }

    /// Whether the body names users.
    package var namesUsersInBody: Bool { action.body?.namesUsers ?? false }
}

extension Shape {
    /// A value that fits, with all its members.
    package func example(naming user: String, secret: String = "secret", group: String? = nil) -> TestJSON {
        switch plain {
        case .noted: return nil
        case .oneOfNumbers(let numbers): return .integer(numbers.first ?? 0)
        case .string(_, let pattern?, _) where pattern == Self.usernamePattern: return .string(user)
        case .string(let length, _, let format):
            if format == "uuid" { return "00000000-0000-4000-8000-000000000000" }
            let needed = max(length?.lowerBound ?? 1, min(3, length?.upperBound ?? 3))
            return .string(String(repeating: "a", count: needed))
        case .oneOfTexts(let texts): return .string(texts.first ?? "")
        case .integer(let range):
            return .integer(range.map { min(max($0.lowerBound, 1), $0.upperBound) } ?? 1)
        case .number: return 1
        case .boolean: return true
        case .array(let element, _):
            return .array([element.example(naming: user, secret: secret, group: group)])
        case .map(let shape): return .object([.init("k", shape.example(naming: user))])
        case .anyOf(let shapes):
            return shapes.first?.example(naming: user, secret: secret, group: group) ?? nil
        case .any: return 1
        case .object(_, let members):
            return .object(
                members.map { member in
                    switch member.name {
                    case "username", "owner", "newadmin", "superadmin": .init(member.name, .string(user))
                    case "from", "user": .init(member.name, .string("alice"))
                    case "usernames", "targets", "members": .init(member.name, .array([.string(user)]))
                    case "ignoreInterval": .init(member.name, "21:30-08:00")
                    case "secret": .init(member.name, .string(secret))
                    case "groupID" where group != nil: .init(member.name, .string(group ?? ""))
                    default:
                        .init(member.name, member.shape.example(naming: user, secret: secret, group: group))
                    }
                }
            )
        }
    }

    /// The form of a user's name.
    private static let usernamePattern: String? = {
        guard case .string(_, let pattern, _) = Value<Username>.username.shape else { return nil }
        return pattern
    }()

    fileprivate var namesUsers: Bool {
        switch plain {
        case .object(_, let members):
            members.contains { ["username", "usernames", "targets"].contains($0.name) }
        case .anyOf(let shapes): shapes.contains(where: \.namesUsers)
        default: false
        }
    }
}

extension HTTPRequest {
    /// A request with a small file.
    package static func upload(_ target: String, _ method: String = "POST") -> HTTPRequest {
        HTTPRequest(
            method,
            target,
            headers: ["Content-Type": MultipartForm.contentType],
            body: .bytes(MultipartForm.file([UInt8(ascii: "x")]))
        )
    }
}
