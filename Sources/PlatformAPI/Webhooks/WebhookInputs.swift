// The bodies of requests about webhooks.

import Crypto
import Domain
import JSON
import Routing

/// The settings of an endpoint that an owner gives.
struct WebhookInput: BodyInput {
    let draft: WebhookRules.Draft

    static let value = Value<WebhookInput>.object(named: "WebhookSettings") { object throws(FieldProblem) in
        var draft = WebhookRules.Draft()
        draft.name = try object.optional("name", .text(0...WebhookRules.maximumNameCharacters))
        draft.url = try object.optional("url", .text(1...WebhookAddress.maximumBytes))
        draft.selectors = try object.optional("events", selectors)
        draft.format = try object.optional("format", .oneOf(WebhookFormat.allCases.map(\.rawValue)))
            .flatMap(WebhookFormat.init)
        draft.isActive = try object.optional("active", .flag)
        draft.timeoutMilliseconds = try object.optional("timeout_ms", .integer(1...3_600_000))
        let scopes = InquiryScope.allCases.map(\.rawValue) + [informedAfterwards]
        if let scope = try object.optional("before", .oneOf(scopes)) {
            draft.inquiry = .some(InquiryScope(rawValue: scope))
        }
        draft.failurePolicy = try object.optional(
            "on_failure",
            .oneOf(FailurePolicy.allCases.map(\.rawValue))
        ).flatMap(FailurePolicy.init)
        draft.secret = try object.optional("secret", secret)
        return WebhookInput(draft: draft)
    }

    /// The word of a change that ends an endpoint's being asked.
    private static let informedAfterwards = "none"

    static let selectors = Value<[String]>.list(of: .text(1...64), maximum: 200)

    /// A secret as it is shown: `whsec_` and base64 of 24 to 64 bytes.
    static let secret = Value<[UInt8]>.textual(
        .string(length: 32...100),
        placeholder: [UInt8](repeating: 0, count: 32)
    ) { text throws(FieldProblem) in
        guard text.hasPrefix(StandardWebhook.prefix), let secret = StandardWebhook.secret(ofText: text) else {
            throw FieldProblem(.refused("must be whsec_ and base64 of 24 to 64 bytes"))
        }
        return secret
    }
}

/// A new key, or none: then one is made.
struct WebhookSecretInput: Input {
    let secret: [UInt8]?

    init(_ reader: inout InputReader) throws(FieldProblem) {
        secret = try reader.optionalBody(Self.value)?.secret
    }

    private struct Body: Sendable { let secret: [UInt8]? }

    private static let value = Value<Body>.object(named: "WebhookSecret") { object throws(FieldProblem) in
        Body(secret: try object.optional("secret", WebhookInput.secret))
    }
}

/// `?state&limit&cursor`: a page of deliveries.
struct DeliveryPageInput: Input {
    static let bodyKind = BodyKind.none
    let page: PageInput<Webhooks.Rows>
    let states: [DeliveryState]

    init(_ reader: inout InputReader) throws(FieldProblem) {
        page = try PageInput(&reader)
        let word = try reader.query("state", .oneOf(["pending", "delivered", "failed"]))
        states = word.map(DeliveryState.named) ?? DeliveryState.allCases
    }
}

/// Which events are delivered again.
struct ReplayInput: BodyInput {
    let after, before: Timestamp
    let types: [String]

    static let value = Value<ReplayInput>.object(named: "WebhookReplay") { object throws(FieldProblem) in
        ReplayInput(
            after: try object.required("after", moment),
            before: try object.required("before", moment),
            types: try object.optional("types", WebhookInput.selectors) ?? []
        )
    }

    /// A moment: milliseconds since 1970, or as RFC 3339 has it.
    static let moment = Value<Timestamp>(
        .integer(0...Self.latest),
        placeholder: Timestamp(milliseconds: 0),
        read: { view throws(FieldProblem) in
            if let text = view.string { return try moment(of: text) }
            return try moment(of: view.int64.map { String($0) } ?? "")
        },
        readText: { text throws(FieldProblem) in try moment(of: text) }
    )

    private static let latest: Int64 = 253_402_300_799_999

    private static func moment(of text: String) throws(FieldProblem) -> Timestamp {
        guard text.first != "+", let milliseconds = Int64(text) ?? InternetTime.milliseconds(text),
            (0...latest).contains(milliseconds)
        else { throw FieldProblem(.wrongType(expected: "milliseconds since 1970 or a time of RFC 3339")) }
        return Timestamp(milliseconds: milliseconds)
    }
}
