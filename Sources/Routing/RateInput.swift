// Rates on the wire: an object by group, in settings and of clients.

public import Domain
import JSON

extension Value<RatesChange> {
    /// `{"messages":{"requests":2,"burst":5}}`; `null` lifts a rate, and without a burst it is as large as the rate.
    public static let rates = Value<RatesChange>.object(named: "RatesChange") { object throws(FieldProblem) in
        var change = RatesChange()
        change.rates[.users] = try object.clearable("users", rate)
        change.rates[.groups] = try object.clearable("groups", rate)
        change.rates[.messages] = try object.clearable("messages", rate)
        change.rates[.files] = try object.clearable("files", rate)
        change.rates[.token] = try object.clearable("token", rate)
        return change
    }

    private static let rate = Value<Rate>.object(named: "Rate") { object throws(FieldProblem) in
        let requests = try object.required("requests", .integer(Rate.range))
        return Rate(
            requests: requests,
            burst: try object.optional("burst", .integer(Rate.range)) ?? requests
        )
    }
}

/// Rates as they are.
public struct RatesFace: ReplyObject {
    private let rates: Rates

    /// Wraps them.
    public init(_ rates: Rates) { self.rates = rates }

    /// One rate.
    struct One: ReplyObject {
        let rate: Rate

        static let schemaName: String? = "Rate"
        static let fields: [ReplyField<One>] = [
            .field("requests") { $0.rate.requests }, .field("burst") { $0.rate.burst },
        ]
    }

    /// `Rates`.
    public static let schemaName: String? = "Rates"
    /// Those groups that have one.
    public static let fields: [ReplyField<RatesFace>] = [
        .optional("users") { $0.rates[.users].map(One.init) },
        .optional("groups") { $0.rates[.groups].map(One.init) },
        .optional("messages") { $0.rates[.messages].map(One.init) },
        .optional("files") { $0.rates[.files].map(One.init) },
        .optional("token") { $0.rates[.token].map(One.init) },
    ]
}

extension Route {
    /// The group whose rate a call counts for; nil for calls that no rate bounds.
    public var rateGroup: RateGroup? {
        // A change of a password presents credentials, and is a call about users.
        if action.account != nil, requirement == .anybody || requirement == .open { return .token }
        return switch scope {
        case .usersRead, .usersWrite: .users
        case .groupsRead, .groupsWrite: .groups
        case .messagesRead, .messagesSend, .messagesWrite: .messages
        case .filesRead, .filesWrite: .files
        case .webhooks, .clients, .audit, .settings, nil: nil
        }
    }
}
