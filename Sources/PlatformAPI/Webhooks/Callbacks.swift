// Rules of callbacks and of message hooks, and the deliveries of theirs that have failed.

import Crypto
import Domain
import Routing

/// The steps that both kinds of rules share.
enum CallbackRules {
    /// The rules of a kind, oldest first.
    static func all(_ kind: CallbackRule.Kind, in store: any Reader) throws(Failure) -> [CallbackEntry] {
        try WebhookRules.all(in: store).compactMap(CallbackEntry.init).filter { $0.rule.kind == kind }
    }

    /// The rule that a path names, by its name or its id.
    static func find(_ text: String, _ kind: CallbackRule.Kind, in store: any Reader) throws(Failure)
        -> CallbackEntry
    {
        let rules = try all(kind, in: store)
        guard
            let found = rules.first(where: { $0.webhook.name == text })
                ?? rules.first(where: { $0.webhook.id.text == text })
        else { throw .notFound(.webhook, id: text) }
        return found
    }

    /// Makes a rule.
    static func create(
        _ kind: CallbackRule.Kind,
        _ draft: CallbackDraft,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) -> CallbackEntry {
        try Webhooks.requireDelivery(call)
        guard let name = draft.name else { throw .invalid(field: "name", .missing) }
        guard draft.url != nil else { throw .invalid(field: "targetUrl", .missing) }
        try requireFree(name, kind, in: store)
        var settings = try self.settings(draft, CallbackRule(kind))
        settings.format = .easemob
        settings.isActive = draft.isActive ?? true
        if kind == .before { settings.inquiry = .some(.clients) }
        return try entry { () throws(Failure) in
            try WebhookRules.create(
                settings,
                secret: StandardWebhook.secret(),
                networks: call.services.webhooks.networks,
                at: call.now,
                in: store
            )
        }
    }

    /// Changes what was said of a rule.
    static func update(
        _ kind: CallbackRule.Kind,
        _ draft: CallbackDraft,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) -> CallbackEntry {
        let found = try find(call["rule_name"], kind, in: store)
        if let name = draft.name, name != found.webhook.name { try requireFree(name, kind, in: store) }
        let settings = try settings(draft, found.rule)
        return try entry { () throws(Failure) in
            try WebhookRules.update(
                found.webhook,
                settings,
                networks: call.services.webhooks.networks,
                at: call.now,
                in: store
            )
        }
    }

    /// Removes the rule that the path names.
    static func delete(_ kind: CallbackRule.Kind, _ call: Call, _ store: any Writer) throws(Failure)
        -> CallbackEntry
    {
        let found = try find(call["rule_name"], kind, in: store)
        try WebhookRules.delete(found.webhook, at: call.now, in: store)
        return found
    }

    private static func requireFree(
        _ name: String,
        _ kind: CallbackRule.Kind,
        in store: any Reader
    ) throws(Failure) {
        guard try !all(kind, in: store).contains(where: { $0.webhook.name == name }) else {
            throw .conflict(.webhook, id: name)
        }
    }

    /// The endpoint's settings that a draft means.
    private static func settings(_ draft: CallbackDraft, _ former: CallbackRule) throws(Failure)
        -> WebhookRules.Draft
    {
        var rule = former
        let known = CallbackRule.interests(of: rule.kind)
        if let interests = draft.interests { rule.interests = known.filter(interests.contains) }
        let types = CallbackRule.messageTypes(of: rule.kind)
        if let messageTypes = draft.messageTypes { rule.messageTypes = types.filter(messageTypes.contains) }
        rule.secret = draft.secret ?? rule.secret
        rule.ownSecret = draft.ownSecret ?? rule.ownSecret
        rule.takesBackends = draft.takesBackends ?? rule.takesBackends
        rule.phone = draft.phone ?? rule.phone
        rule.banSeconds = draft.banSeconds ?? rule.banSeconds
        rule.errorCode = draft.errorCode ?? rule.errorCode
        guard !rule.interests.isEmpty, !rule.selectors.isEmpty else {
            throw .invalid(field: "interested", .refused("must name something that happens on this server"))
        }
        guard !rule.messageTypes.isEmpty else { throw .invalid(field: "msgTypes", .empty) }
        var settings = WebhookRules.Draft()
        (settings.name, settings.url, settings.isActive) = (draft.name, draft.url, draft.isActive)
        settings.failurePolicy = draft.failurePolicy
        settings.timeoutMilliseconds = draft.timeoutMilliseconds
        (settings.selectors, settings.messages, settings.rule) = (rule.selectors, rule.messages, rule.bytes)
        return settings
    }

    /// Does something with an endpoint, and names its address as rules do where that is refused.
    private static func entry(_ change: () throws(Failure) -> Webhook) throws(Failure) -> CallbackEntry {
        do throws(Failure) {
            let webhook = try change()
            guard let entry = CallbackEntry(webhook) else { throw .notFound(.webhook, id: webhook.name) }
            return entry
        } catch .invalid("url", let reason) {
            throw .invalid(field: "targetUrl", reason)
        }
    }
}

/// Rules that are informed afterwards.
enum Callbacks {
    typealias Rules = Envelope<UploadedEntities, CallbackFace, NoElement>
    typealias Failures = Envelope<WrittenOutcome, NoElement, [FailedPeriodFace]>
    typealias Retried = Envelope<WrittenOutcome, NoElement, String>

    private static let path = "/callbacks"

    private static func reply(_ call: Call, _ action: StaticString, _ entries: [CallbackEntry]) -> Rules {
        let application = "\(call.application.organization.name)#\(call.application.name)"
        let faces = entries.map { CallbackFace(entry: $0, application: application) }
        var reply = Rules(call, action, path: path, entities: faces)
        // The collection's, whichever rule is meant: that is how clients compare it.
        reply.uriPath = path
        return reply
    }

    static func create(_ call: Call, _ input: CallbackInput, _ store: any Writer) throws(Failure) -> Rules {
        reply(call, "post", [try CallbackRules.create(.after, input.draft, call, store)])
    }

    static func list(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Rules {
        reply(call, "get", try CallbackRules.all(.after, in: store))
    }

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Rules {
        reply(call, "get", [try CallbackRules.find(call["rule_name"], .after, in: store)])
    }

    static func update(_ call: Call, _ input: CallbackInput, _ store: any Writer) throws(Failure) -> Rules {
        reply(call, "put", [try CallbackRules.update(.after, input.draft, call, store)])
    }

    static func delete(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Rules {
        reply(call, "delete", [try CallbackRules.delete(.after, call, store)])
    }

    // MARK: What has failed

    static func failures(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Failures {
        let periods = try WebhookRules.failures(in: .easemob, store)
        return Failures(call, "get", path: path + "/storage/info", data: periods.map(FailedPeriodFace.init))
    }

    static func retry(_ call: Call, _ input: CallbackRetryInput, _ store: any Writer) throws(Failure)
        -> Retried
    {
        do throws(Failure) {
            try WebhookRules.retryFailed(in: input.period, .easemob, url: input.url, store)
        } catch .invalid("url", let reason) {
            throw .invalid(field: "targetUrl", reason)
        }
        return Retried(call, "post", path: path + "/storage/retry", data: "success")
    }
}

/// Rules that are asked before a message is sent.
enum MessageHooks {
    typealias Rules = Envelope<UploadedEntities, MessageHookFace, NoElement>

    private static let path = "/msghooks"

    private static func reply(_ call: Call, _ action: StaticString, _ entries: [CallbackEntry]) -> Rules {
        Rules(call, action, path: path, entities: entries.map(MessageHookFace.init))
    }

    /// A reply about the rule that the path names.
    private static func one(_ call: Call, _ action: StaticString, _ entries: [CallbackEntry]) -> Rules {
        var reply = reply(call, action, entries)
        reply.path = "\(path)/\(call["rule_name"])"
        return reply
    }

    static func create(_ call: Call, _ input: MessageHookInput, _ store: any Writer) throws(Failure) -> Rules
    {
        reply(call, "post", [try CallbackRules.create(.before, input.draft, call, store)])
    }

    static func list(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Rules {
        reply(call, "get", try CallbackRules.all(.before, in: store))
    }

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Rules {
        one(call, "get", [try CallbackRules.find(call["rule_name"], .before, in: store)])
    }

    static func update(_ call: Call, _ input: MessageHookInput, _ store: any Writer) throws(Failure) -> Rules
    {
        one(call, "put", [try CallbackRules.update(.before, input.draft, call, store)])
    }

    static func delete(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Rules {
        _ = try CallbackRules.delete(.before, call, store)
        return one(call, "delete", [])
    }
}
