// Changing what users are notified of.

/// The rules of push preferences and templates.
public enum PushRules {
    /// The longest time without notifications that one call may ask for, in milliseconds: a week.
    public static let maximumQuietMilliseconds = 604_800_000
    /// Templates an application may have.
    public static let maximumTemplates = 1000

    /// A change of a push preference; what it has nil for stays as it is.
    public struct Change: Equatable, Sendable {
        /// Of which messages.
        public var level: PushLevel?
        /// The time of day; of no length to end it.
        public var quietHours: QuietHours?
        /// For how long from now; 0 to end it.
        public var quietMilliseconds: Int?

        /// Memberwise.
        public init(level: PushLevel? = nil, quietHours: QuietHours? = nil, quietMilliseconds: Int? = nil) {
            self.level = level
            self.quietHours = quietHours
            self.quietMilliseconds = quietMilliseconds
        }
    }

    /// The user's preference in a conversation at a moment; a time that is over is none.
    public static func preference(
        for subject: PushSubject,
        of user: User,
        at now: Timestamp,
        in store: any Reader
    ) throws(Failure) -> PushPreference {
        var preference = try store.pushPreference(for: subject, of: user.id) ?? PushPreference()
        if let end = preference.quietUntil, end <= now { preference.quietUntil = nil }
        return preference
    }

    /// Changes what the user wants in a conversation.
    ///
    /// - Returns: what holds from now on.
    public static func change(
        _ change: Change,
        for subject: PushSubject,
        of user: User,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> PushPreference {
        var preference = try preference(for: subject, of: user, at: now, in: store)
        if let level = change.level { preference.level = level }
        if let hours = change.quietHours { preference.quietHours = hours.start == hours.end ? nil : hours }
        if let span = change.quietMilliseconds {
            preference.quietUntil = span > 0 ? Timestamp(milliseconds: now.milliseconds + Int64(span)) : nil
        }
        try store.setPushPreference(preference, for: subject, of: user.id)
        return preference
    }

    /// Devices of a user that may be bound.
    public static let maximumBindings = 100

    /// Binds a device of a user to a push service, in place of what it was bound to; without a token or a notifier it is bound to
    /// nothing any more.
    ///
    /// - Throws: `.limitReached(.pushBindings, …)`.
    public static func bind(_ binding: PushBinding, of user: User, in store: any Writer) throws(Failure) {
        guard !binding.token.isEmpty, !binding.notifier.isEmpty else {
            return try store.deletePushBinding(of: binding.device, of: user.id)
        }
        let others = try store.pushBindings(of: user.id).count { $0.device != binding.device }
        guard others < maximumBindings else { throw .limitReached(.pushBindings, maximum: maximumBindings) }
        try store.setPushBinding(binding, of: user.id)
    }

    /// Makes a template, or changes the one of its name: any but `.` and `..`, which no path can name.
    ///
    /// - Throws: `.invalid("name", .illegal)`, `.limitReached(.pushTemplates, …)`.
    public static func set(
        template name: String,
        title: String,
        content: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> PushTemplate {
        guard !PathSteps.contains(name) else { throw .invalid(field: "name", .illegal(value: name)) }
        let known = try store.pushTemplate(named: name)
        if known == nil, try store.pushTemplateCount() >= maximumTemplates {
            throw .limitReached(.pushTemplates, maximum: maximumTemplates)
        }
        let template = PushTemplate(
            name: name,
            title: title,
            content: content,
            created: known?.created ?? now,
            modified: now
        )
        try store.setPushTemplate(template)
        return template
    }

    /// The template of a name.
    ///
    /// - Throws: `.notFound(.template, …)`.
    public static func find(template name: String, in store: any Reader) throws(Failure) -> PushTemplate {
        guard let template = try store.pushTemplate(named: name) else { throw .notFound(.template, id: name) }
        return template
    }

    /// Removes a template.
    ///
    /// - Returns: the template as it was.
    /// - Throws: `.notFound(.template, …)`.
    public static func delete(template name: String, in store: any Writer) throws(Failure) -> PushTemplate {
        let template = try find(template: name, in: store)
        _ = try store.deletePushTemplate(named: name)
        return template
    }
}
