// Which failures a route may answer with, and how they look: its own, and those of its kind.

import Domain
public import HTTP
import JSON

/// A failure that a route may answer with, as its dialect puts it.
public struct DeclaredFailure: Sendable {
    /// The name in the document.
    ///
    /// Unique among the failures of one route.
    public let name: String
    /// The response, from the dialect's own translation.
    public let response: Response
}

extension Route {
    /// Every failure that the route's declaration lets one expect, as an example each.
    ///
    /// First its own, then those of its requirement, its body, its query and the server's state. Their statuses, and
    /// those of its reply, are all that the route may answer with. The route must have a dialect.
    public var declaredFailures: [DeclaredFailure] {
        guard let dialect else {
            preconditionFailure("\(name) has no dialect, so its failures have no form.")
        }
        return declaredFailures(in: dialect)
    }

    /// The same, as one manner of the route's dialect puts them.
    public func declaredFailures(in dialect: any Dialect) -> [DeclaredFailure] {
        let context = exampleContext
        var names: Set<String> = []
        var handshake: [DeclaredFailure] = []
        if case .socket = action.reply {
            handshake = WebSocketHandshakeError.allCases.map { error in
                DeclaredFailure(name: "\(error)", response: dialect.refusal(error, at: OpenAPIExample.now))
            }
        }
        return handshake
            + (failures + identityFailures + inputFailures + stateFailures).compactMap { failure in
                let name = failure.exampleName
                guard names.insert(name).inserted else { return nil }
                return DeclaredFailure(name: name, response: dialect.response(to: failure, context))
            }
    }

    /// The statuses that the route may answer with, ascending.
    public var declaredStatuses: [Status] {
        Set(declaredFailures.map(\.response.status) + action.reply.statuses).sorted { $0.code < $1.code }
    }

    private var exampleContext: FailureContext {
        let isAboutUser = pattern.parameterNames.contains { $0 == "username" || $0 == "owner_username" }
        return FailureContext(
            method: method,
            path: OpenAPIExample.path,
            route: name,
            requirement: requirement,
            application: pattern.isTenant ? OpenAPIExample.application : nil,
            user: isAboutUser ? OpenAPIExample.user : nil,
            now: OpenAPIExample.now,
            secrets: ExampleSecrets()
        )
    }

    /// Refusals by caller and place.
    private var identityFailures: [Failure] {
        let tenant: [Failure] =
            pattern.isTenant
            ? [.notFound(.application, id: OpenAPIExample.applicationName), .forbidden(.suspended)] : []
        var token: [Failure] = [.unauthenticated(.corrupt), .unauthenticated(.expired)]
        if dialect?.isSchemeExact == true {
            // The kinds of faults of a field are distinguished there.
            token += [.malformed, .otherScheme, .orphaned].map(Failure.unauthenticated)
        }
        let scopes: [Failure] = scope.map { [.forbidden(.lacksScope(Scopes($0)))] } ?? []
        return scopes
            + refusals(tenant: tenant, token: token)
    }

    private func refusals(tenant: [Failure], token: [Failure]) -> [Failure] {
        switch requirement {
        case .open, .anybody:
            tenant + (action.account == nil ? [] : Self.loginFailures)
        case .openRegistration:
            tenant + token + [.forbidden(.registrationClosed), .forbidden(.insufficientScope)]
        case .user: tenant + [.unauthenticated(.missing)] + token + [.forbidden(.insufficientScope)]
        case .userOrNobody: tenant + token + [.forbidden(.insufficientScope)]
        case .operator:
            // Elsewhere than on the administration socket, the route isn't there.
            tenant + [.noSuchRoute]
        case .applicationOrSecret:
            tenant + token + [.forbidden(.insufficientScope)] + Self.loginFailures
        case .application, .applicationOrUser, .applicationOrAnyUser:
            tenant + [.unauthenticated(.missing)] + token + [.forbidden(.insufficientScope)]
        case .organization:
            tenant + [.unauthenticated(.missing)] + token
                + [
                    .forbidden(.insufficientScope),
                    .notFound(.organization, id: OpenAPIExample.organizationName),
                ]
        }
    }

    private static let loginFailures: [Failure] = [
        .wrongCredentials(.wrongPassword), .forbidden(.deactivated),
    ]

    /// Refusals of the body and the query.
    private var inputFailures: [Failure] {
        var found: [Failure] = [.bodyTooLarge(maximum: action.bodyMaximum)]
        switch action.bodyKind {
        case .none: break
        case .json:
            found.append(.malformedBody(OpenAPIExample.malformedJSON))
            found.append(.unsupportedEncoding(known: action.contentCodings))
        case .form:
            found.append(.malformedBody(ParseError.invalidPercentEncoding.explanation))
            found.append(.unsupportedMediaType(expected: "application/x-www-form-urlencoded"))
            found.append(.unsupportedEncoding(known: action.contentCodings))
        case .multipart:
            found.append(.malformedBody(MultipartProblem.missingEnd.explanation))
            found.append(.unsupportedMediaType(expected: "multipart/form-data"))
            found.append(.unsupportedEncoding(known: action.contentCodings))
        case .message:
            found.append(.malformedBody(OpenAPIExample.malformedJSON))
            found.append(.unsupportedMediaType(expected: MessageDecoding.mediaTypes))
            found.append(.unsupportedEncoding(known: action.contentCodings))
            found.append(.deadlineExceeded)
        case .envelopes:
            found.append(.malformedBody(EnvelopeProblem.truncated.explanation))
            found.append(.unsupportedMediaType(expected: MessageDecoding.streamTypes))
            found.append(.unsupportedEncoding(known: MessageDecoding.encodings))
            found.append(.deadlineExceeded)
        }
        if let member = action.body?.firstRequiredMember { found.append(.invalid(field: member, .missing)) }
        found += action.query.filter(\.isRequired).map { .invalid(field: $0.name, .missing) }
        return found + action.query.map { .invalid(field: $0.name, $0.shape.likelyProblem) }
    }

    private static let wrongKey = Failure.invalid(
        field: "Idempotency-Key",
        .tooLong(maximum: 255, unit: "characters")
    )

    /// Refusals by the server's state.
    private var stateFailures: [Failure] {
        let isBounded = action.account != nil || rateGroup != nil
        let throttle: [Failure] = isBounded ? [.throttled(retryAfterSeconds: 1)] : []
        let closed: [Failure] =
            (isServedInMaintenance ? [] : [Maintenance.failure])
            + (takesKey ? [.repetition(.running), .repetition(.otherRequest), Self.wrongKey] : [])
        // Even a caller may have to be looked up.
        if case .pure = action.work, requirement == .open { return throttle + closed }
        return throttle + closed + [
            .overloaded(retryAfterSeconds: 1), .storage(reference: OpenAPIExample.requestID),
        ]
    }
}

extension Dialect {
    /// Replies where no route was found, or where the bytes aren't a request.
    public var declaredRefusals: [DeclaredFailure] {
        let context = FailureContext(
            method: .post,
            path: OpenAPIExample.path,
            route: nil,
            requirement: nil,
            application: nil,
            user: nil,
            now: OpenAPIExample.now,
            secrets: ExampleSecrets()
        )
        let failures: [Failure] = [.noSuchRoute, .methodNotAllowed(allowed: ["GET", "HEAD", "OPTIONS"])]
        let refusals: [(name: String, status: Status, text: String)] = [
            ("malformedRequest", ParseError.bareLF.status, ParseError.bareLF.explanation),
            ("slowRequest", .requestTimeout, "The request did not arrive in time"),
            (
                "longRequestLine", ParseError.requestLineTooLong.status,
                ParseError.requestLineTooLong.explanation
            ),
            ("unknownMethod", ParseError.unknownMethod.status, ParseError.unknownMethod.explanation),
        ]
        return failures.map { DeclaredFailure(name: $0.exampleName, response: response(to: $0, context)) }
            + refusals.map { name, status, text in
                DeclaredFailure(name: name, response: refusal(status, text, at: OpenAPIExample.now))
            }
    }
}

extension Shape {
    /// The first member that an object must have; of alternatives, the first one's.
    fileprivate var firstRequiredMember: String? {
        switch plain {
        case .object(_, let members): members.first(where: \.isRequired)?.name
        case .anyOf(let shapes): shapes.first?.firstRequiredMember
        default: nil
        }
    }
}

extension Shape {
    /// The fault of a value of the right type.
    fileprivate var likelyProblem: InvalidReason {
        switch plain {
        case .integer(let range?): .outOfRange(minimum: range.lowerBound, maximum: range.upperBound)
        case .string(let length?, _, _): .tooLong(maximum: length.upperBound, unit: "characters")
        default: .illegal(value: "?")
        }
    }
}

extension Failure {
    /// The failure's name in the document.
    fileprivate var exampleName: String {
        switch self {
        case .malformedBody: "malformedBody"
        case .invalid(let field, let reason):
            "\(field.isEmpty ? "body" : Self.words(of: field)).\(reason.exampleName)"
        case .unauthenticated(let problem): "token.\(problem)"
        case .forbidden(.lacksScope): "lacksScope"
        case .forbidden(let prohibition): "\(prohibition)"
        case .wrongCredentials(.unsupportedGrant): "unsupportedGrant"
        case .wrongCredentials(.invalidScope): "invalidScope"
        case .wrongCredentials(let problem): "\(problem)"
        case .notFound(let kind, _): "\(kind.rawValue).notFound"
        case .conflict(let kind, _): "\(kind.rawValue).exists"
        case .limitReached(let limit, _): "\(limit.rawValue).limitReached"
        case .group(let problem): "group.\("\(problem)".prefix(while: \.isLetter))"
        case .tooMany(let field, _): "\(Self.words(of: field)).tooMany"
        case .noSuchRoute: "noSuchRoute"
        case .methodNotAllowed: "methodNotAllowed"
        case .bodyTooLarge: "bodyTooLarge"
        case .unsupportedMediaType: "unsupportedMediaType"
        case .unsupportedEncoding: "unsupportedEncoding"
        case .throttled: "throttled"
        case .mail(let problem): "mail.\(problem)"
        case .denied: "denied"
        case .repetition(let problem): "key.\(problem)"
        case .overloaded: "overloaded"
        case .underMaintenance: "underMaintenance"
        case .deadlineExceeded: "deadlineExceeded"
        case .storage: "storageFailure"
        }
    }

    /// A field's path with dots alone: `events[0]` is `events.0`.
    private static func words(of field: String) -> String {
        String(field.compactMap { $0 == "[" ? "." : $0 == "]" ? nil : $0 })
    }
}

extension InvalidReason {
    fileprivate var exampleName: String {
        switch self {
        case .missing: "missing"
        case .empty: "empty"
        case .wrongType: "wrongType"
        case .tooLong: "tooLong"
        case .outOfRange: "outOfRange"
        case .illegal: "illegal"
        case .malformed: "malformed"
        case .duplicate: "duplicate"
        case .taken: "taken"
        case .repeated: "repeated"
        case .foreignCursor: "foreignCursor"
        case .unknownReference: "unknownReference"
        case .contradiction: "contradiction"
        case .selfReference: "selfReference"
        case .refused: "refused"
        case .unknownField: "unknownField"
        case .unknownParameter: "unknownParameter"
        }
    }
}
