// The reason of a grave act, as its caller gives it: a parameter of the query, or a member of a JSON body.

public import Domain
import HTTP
import JSON

/// The field in which the caller of some routes may say why.
enum ReasonField {
    static let name: StaticString = "reason"

    private static let value = Value<String>.text(0...AuditRules.maximumReasonCharacters)

    /// Its place in the API document.
    static let member = Shape.Member(
        name.description,
        value.shape.remark("It may stand in a JSON body instead."),
        isRequired: false,
        meaning: "The reason for it, which the audit has."
    )

    /// Bodies that are looked through for it; no route that takes it has larger ones.
    private static let maximumBodyBytes = 64 << 10

    /// The reason in a request; nil where there is none.
    ///
    /// - Throws: `.invalid("reason", …)`.
    static func read(_ target: CallTarget, _ body: [UInt8]) throws(Failure) -> String? {
        do throws(FieldProblem) {
            let texts = target.decoded.queryValues(name)
            guard texts.count <= 1 else { throw FieldProblem(.repeated) }
            if let text = texts.first { return try value.value(of: text) }
            // A body that isn't JSON is the route's to refuse, where it reads one.
            guard !body.isEmpty, body.count <= maximumBodyBytes, let root = try? JSONDocument(body).root,
                root.kind == .object, let member = root[name], member.kind != .null
            else { return nil }
            return try value.value(of: member)
        } catch {
            throw .invalid(field: name.description, error.reason)
        }
    }
}

extension Action {
    /// The same action, whose caller may give a reason, which the audit has.
    public var takingReason: Action {
        var action = self
        action.takesReason = true
        action.query.append(ReasonField.member)
        return action
    }

    /// The same action, which reads messages of users: that leaves a row in the audit where an administrator or operator does it.
    public var readingMessages: Action {
        var action = self
        action.readsMessages = true
        return action
    }

    /// The same action, which changes something that isn't in the store: the audit gets its row behind it.
    public var audited: Action {
        var action = self
        action.isAuditedBehind = true
        return action
    }
}

extension Call {
    /// The same call with the reason in its request, where its action takes one.
    public func reading(_ body: [UInt8], for action: Action) throws(Failure) -> Call {
        guard action.takesReason, let reason = try ReasonField.read(target, body) else { return self }
        return giving(reason: reason)
    }
}
