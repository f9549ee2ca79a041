// Holds every reply of the program to the declaration of its route: status, media type, members of the body.

import Dialects
import Domain
import HTTP
import JSON
import PlatformAPI
import Routing
import Testing

/// The audit that knows the table of routes.
///
/// Every client of every test server is watched by it.
public struct Conformance: ResponseAudit {
    /// The one that is installed.
    public static let installed = Conformance(routes: ServedDialect.routes)

    private let table: RouteTable
    /// By route: what its failures look like.
    private let failures: [[FailureForm]]
    /// Replies to bytes that are no request, and to paths outside of all dialects.
    private let refusals: [FailureForm]
    /// By dialect: what is answered where one of its paths leads nowhere.
    private let refusalsNear: [String: [FailureForm]]

    /// A failure as a reply shows it.
    private struct FailureForm: Hashable {
        let status: Int
        let keys: [String]
        /// The value of `error`, where it is what tells the failure.
        let error: String?
    }

    init(routes: [Route]) {
        table = RouteTable(routes, aliases: [OpenIMRoot.alias])
        failures = routes.map { route in
            let manners = route.dialect?.manners ?? []
            return Self.unique(
                manners.flatMap { route.declaredFailures(in: $0) }.map {
                    Self.form($0.response, telling: false)
                }
            )
        }
        refusals = Self.refusals(of: PlatformDialect())
        let dialects = routes.compactMap(\.dialect).map { ($0.name, $0) }
        refusalsNear = Dictionary(dialects) { first, _ in first }.mapValues(Self.refusals)
    }

    private static func refusals(of dialect: any Dialect) -> [FailureForm] {
        unique(dialect.manners.flatMap(\.declaredRefusals).map { form($0.response, telling: true) })
    }

    private static func unique(_ forms: [FailureForm]) -> [FailureForm] { Array(Set(forms)) }

    private static func form(_ response: HTTP.Response, telling: Bool) -> FailureForm {
        guard case .bytes(let bytes) = response.body, let json = try? TestJSON(parsing: bytes) else {
            return FailureForm(status: response.status.code, keys: [], error: nil)
        }
        return FailureForm(
            status: response.status.code,
            keys: json.keys ?? [],
            error: telling ? json["error"]?.string : nil
        )
    }

    /// Records an issue for a reply that isn't as declared.
    public func inspect(_ exchange: ObservedExchange) {
        guard exchange.isOfTestServer else { return }
        let found = violations(in: exchange)
        guard !found.isEmpty else { return }
        let text = found.joined(separator: "\n")
        Issue.record("not as declared:\n\(text)\n\(Replayer.transcript(exchange.request, exchange.reply))")
    }

    /// Deviations from the declaration, one sentence each.
    public func violations(in exchange: ObservedExchange) -> [String] {
        fieldViolations(exchange) + bodyViolations(exchange)
    }

    /// The name of the route that takes a request; nil where none does.
    public func route(_ method: String, _ target: String) -> String? {
        guard let method = HTTP.Method(method), let target = Self.parsed(target),
            case .route(let index, _) = table.match(method, target)
        else { return nil }
        return table.routes[index].name
    }

    /// The names of all routes that answer with 200; a socket's answer is another one.
    public var routeNames: [String] {
        table.routes.filter { if case .socket = $0.action.reply { false } else { true } }.map(\.name)
    }

    private static func parsed(_ target: String) -> RequestTarget? {
        do throws(ParseError) {
            return try RequestTarget(parsing: Array(target.utf8).span)
        } catch {
            return nil
        }
    }
}

// MARK: - Header fields

extension Conformance {
    /// Fields that a status calls for (RFC 9110 §15), and those that every reply has.
    private func fieldViolations(_ exchange: ObservedExchange) -> [String] {
        let reply = exchange.reply
        var needed = ["X-Content-Type-Options", "X-Request-Id"]
        switch reply.status {
        case 401: needed.append("WWW-Authenticate")
        case 405: needed.append("Allow")
        case 429: needed.append("Retry-After")
        default: break
        }
        if !reply.body.isEmpty { needed.append("Content-Type") }
        var found = needed.filter { (reply.headers[$0] ?? "").isEmpty }.map { "no \($0)" }
        for field in Set(reply.headers.fields.map { $0.name.lowercased() })
        where reply.headers.all(field).count > 1 { found.append("\(field) stands there twice") }
        return found
    }
}

// MARK: - Bodies

extension Conformance {
    private func bodyViolations(_ exchange: ObservedExchange) -> [String] {
        let (request, reply) = (exchange.request, exchange.reply)
        if let type = reply.headers["Content-Type"], type.hasPrefix("application/grpc") {
            return callViolations(request, reply)
        }
        if request.method == "HEAD" || reply.status == 204 {
            return reply.body.isEmpty ? [] : ["a body where none may be"]
        }
        guard let method = HTTP.Method(request.method), let target = Self.parsed(request.target),
            case .route(let index, _) = table.match(method, target)
        else { return failureViolations(reply, refusals + refusals(near: request)) }
        let route = table.routes[index]
        var isRange = false
        if case .file = route.action.reply { isRange = reply.status == 206 || reply.status == 416 }
        if isRange { return rangeViolations(reply).map { "\(route.name): \($0)" } }
        if case .asset = route.action.reply, reply.status == 302 || reply.status == 304 {
            return reply.body.isEmpty ? [] : ["\(route.name): a body where none may be"]
        }
        if reply.status == 200 {
            let found = successViolations(reply, route.action.reply)
            // Some dialects tell failures with this status, too.
            if !found.isEmpty, failureViolations(reply, failures[index]).isEmpty { return [] }
            return found.map { "\(route.name): \($0)" }
        }
        return failureViolations(reply, failures[index] + refusals).map { "\(route.name): \($0)" }
    }

    private func refusals(near request: HTTPRequest) -> [FailureForm] {
        let near = Self.parsed(request.target).flatMap { table.dialect(near: $0) }
        let dialect = near ?? table.dialect { request.headers["\($0)"]?.isEmpty == false }
        return dialect.flatMap { refusalsNear[$0.name] } ?? []
    }

    private func successViolations(_ reply: HTTPReply, _ content: ReplyContent) -> [String] {
        let mediaType = reply.headers["Content-Type"] ?? ""
        switch content {
        case .socket: return ["a socket is answered with 200"]
        case .other(let expected), .file(let expected), .asset(let expected):
            let isOne = expected.hasSuffix("/*") && mediaType.hasPrefix(expected.dropLast())
            return mediaType == expected || isOne ? [] : ["the media type is \(mediaType), not \(expected)"]
        case .message(let shape):
            // The binary form is held to its declaration by those tests that read it.
            if mediaType == "application/proto" { return [] }
            guard mediaType == "application/json" else { return ["the media type is \(mediaType)"] }
            do throws(JSONError) {
                return shape.violations(in: try JSONDocument(reply.body).root)
            } catch {
                return ["no JSON: \(error)"]
            }
        case .stream(let shape):
            return streamViolations(reply, shape)
        case .json(let shape):
            guard mediaType == "\(JSONText.mediaType)" else { return ["the media type is \(mediaType)"] }
            do throws(JSONError) {
                return shape.violations(in: try JSONDocument(reply.body).root)
            } catch {
                return ["no JSON: \(error)"]
            }
        }
    }

    /// The fault of a reply of gRPC-Web: its type, its status, its messages, and the trailers at its end.
    private func callViolations(_ request: HTTPRequest, _ reply: HTTPReply) -> [String] {
        guard reply.status == 200 else { return ["a call is answered with \(reply.status)"] }
        let type = reply.headers["Content-Type"]
        guard type == request.headers["Content-Type"] else { return ["the media type is \(type ?? "none")"] }
        // Its outcome stands behind the body.
        guard type?.hasPrefix("application/grpc-web") == true else { return [] }
        do {
            let call = try GRPCWebReply(reply)
            guard type?.hasSuffix("+json") == true, let method = HTTP.Method(request.method),
                let target = Self.parsed(request.target),
                case .route(let index, _) = table.match(method, target)
            else { return [] }
            switch table.routes[index].action.reply {
            case .message(let shape), .stream(let shape):
                return try call.messages.flatMap { shape.violations(in: try JSONDocument($0).root) }
            default: return ["no method is answered as a call"]
            }
        } catch {
            return ["no reply of gRPC-Web: \(error)"]
        }
    }

    /// The fault of a stream: the messages before its end, or the error that it ends with.
    private func streamViolations(_ reply: HTTPReply, _ shape: Shape) -> [String] {
        guard reply.isStream else { return ["the media type is no stream's"] }
        do {
            let stream = try reply.stream()
            if let error = stream.end?["error"], error.keys != ["code", "message"] {
                return ["the error is \(error)"]
            }
            guard reply.headers["Content-Type"] == EnvelopeStream.jsonType else { return [] }
            return try stream.messages.flatMap { message in
                shape.violations(in: try JSONDocument(message).root)
            }
        } catch {
            return ["no stream: \(error)"]
        }
    }

    /// Faults of a 206 or 416 and its range (RFC 9110 section 14.4).
    private func rangeViolations(_ reply: HTTPReply) -> [String] {
        let field = reply.headers["Content-Range"] ?? ""
        if reply.status == 416 {
            let isGood = reply.body.isEmpty && field.wholeMatch(of: /bytes \*\/[0-9]+/) != nil
            return isGood ? [] : ["416 with \(reply.body.count) bytes and \(field)"]
        }
        guard let match = field.wholeMatch(of: /bytes ([0-9]+)-([0-9]+)\/[0-9]+/), let first = Int(match.1),
            let last = Int(match.2), last - first + 1 == reply.body.count
        else { return ["206 with \(reply.body.count) bytes and \(field)"] }
        return []
    }

    private func failureViolations(_ reply: HTTPReply, _ forms: [FailureForm]) -> [String] {
        guard forms.contains(where: { $0.status == reply.status }) else {
            return ["status \(reply.status) isn't declared"]
        }
        guard let json = try? reply.json() else { return ["the body of the failure is no JSON"] }
        let keys = json.keys ?? []
        let fits = forms.contains { form in
            form.status == reply.status && form.keys == keys
                && (form.error == nil || form.error == json["error"]?.string)
        }
        return fits ? [] : ["no failure of status \(reply.status) with the members \(keys) is declared"]
    }
}
