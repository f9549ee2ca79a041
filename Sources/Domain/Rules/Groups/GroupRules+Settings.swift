// Changes of a group's settings: fields, the mute of all members, and whether anybody may send.

extension GroupRules {
    /// A setting that is nil stays as it is.
    public struct Change: Equatable, Sendable {
        /// The new name.
        public var name: String?
        /// The new description.
        public var description: String?
        /// Whether anybody can find it.
        public var isPublic: Bool?
        /// The new maximum of members.
        public var maximumMembers: Int?
        /// Whether joining needs consent.
        public var needsApproval: Bool?
        /// Whether members may invite.
        public var allowsInvites: Bool?
        /// Whether who is invited has to agree.
        public var needsInviteConsent: Bool?
        /// The new custom text.
        public var custom: String?
        /// The new key of a session's picture, which stands in place of the custom text.
        public var avatarKey: String?
        /// The new picture's address.
        public var icon: String?
        /// The new announcement.
        public var announcement: String?
        /// Whether it is called a large one.
        public var isLarge: Bool?

        /// Changes nothing.
        public init() {}

        /// The permissions that the caller needs: one for each kind of field that it has.
        var permissions: [RolePermission] {
            let namesOrOpens =
                name != nil || isPublic != nil || maximumMembers != nil || needsApproval != nil
                || allowsInvites != nil || needsInviteConsent != nil
            let describes = description != nil || custom != nil || announcement != nil
            let pictures = icon != nil || avatarKey != nil
            let parts = [
                (namesOrOpens, RolePermission.setName), (describes, .setDescription), (pictures, .setAvatar),
            ]
            return parts.filter(\.0).map(\.1)
        }
    }

    /// Changes a group's settings, all that are named or none; a change of nothing asks nothing.
    ///
    /// - Throws: `.forbidden(.permission(…))`, `.invalid("maxusers", …)`, `.group(.maximumBelowCount)`.
    public static func update(
        _ group: Group,
        _ change: Change,
        by caller: Caller,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        guard change != Change() else { return }
        let authority = try GroupAuthority(caller, group, store)
        for permission in change.permissions { try authority.require(permission) }
        if let maximum = change.maximumMembers {
            guard maximum >= group.memberCount else { throw .group(.maximumBelowCount) }
            try check(maximum, group.kind, of: application)
        }
        try requireUpdate(of: group, change, in: store)
        let written = try write(group, at: now, in: store) { changed in
            changed.settings.name = change.name ?? group.settings.name
            changed.settings.description = change.description ?? group.settings.description
            changed.settings.isPublic = change.isPublic ?? group.settings.isPublic
            changed.settings.maximumMembers = change.maximumMembers ?? group.settings.maximumMembers
            changed.settings.needsApproval = change.needsApproval ?? group.settings.needsApproval
            changed.settings.allowsInvites = change.allowsInvites ?? group.settings.allowsInvites
            changed.settings.needsInviteConsent =
                change.needsInviteConsent ?? group.settings.needsInviteConsent
            changed.settings.custom = change.avatarKey ?? change.custom ?? group.settings.custom
            changed.settings.icon = change.icon ?? group.settings.icon
            changed.announcement = change.announcement ?? group.announcement
            changed.settings.isLarge = change.isLarge ?? group.settings.isLarge
        }
        if written.settings != group.settings { try store.record(.updated, of: written) }
        if written.announcement != group.announcement {
            try store.record(.announcementUpdated, of: written) {
                $0.with("announcement", .text(written.announcement))
            }
        }
    }

    /// Asks about the change of a group, by the name that it would have.
    private static func requireUpdate(
        of group: Group,
        _ change: Change,
        in store: any Writer
    ) throws(Failure) {
        guard group.kind == .group else { return }
        try InquiryRules.require(.groupUpdated, store) {
            var asked = group
            asked.settings.name = change.name ?? group.settings.name
            return .group(asked)
        }
    }

    /// Mutes all but the owner, administrators and the allow list, or lets them speak again.
    ///
    /// - Parameter expiry: until when, whatever was said before; `Mutes.forever` for ever, nil lets them speak.
    static func setMuted(
        until expiry: Timestamp?,
        _ group: Group,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        try write(group, at: now, in: store) { $0.muteExpiry = expiry }
        if expiry != nil {
            try store.record(.allMuted, of: group) { $0.with("expires", ending: expiry) }
        } else if group.isMuted(at: now) {
            try store.record(.allUnmuted, of: group)
        }
    }

    /// Keeps anybody from sending, or lets them again, which is the application's to decide.
    ///
    /// - Throws: `.forbidden(.insufficientScope)`.
    public static func setDisabled(
        _ isDisabled: Bool,
        _ group: Group,
        by caller: Caller,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        try GroupAuthority(caller, group, store).requireApplication()
        try write(group, at: now, in: store) { $0.isDisabled = isDisabled }
        if group.isDisabled != isDisabled { try store.record(isDisabled ? .disabled : .enabled, of: group) }
    }

    @discardableResult
    private static func write(
        _ group: Group,
        at now: Timestamp,
        in store: any Writer,
        _ change: (inout Group) -> Void
    ) throws(Failure) -> Group {
        var changed = group
        change(&changed)
        changed.modified = now
        try store.update(changed)
        return changed
    }

    /// Holds a maximum of members to the application's settings.
    static func check(_ maximum: Int, _ kind: GroupKind, of application: Application) throws(Failure) {
        let settings = application.settings
        let bound = kind == .group ? settings.maximumGroupMembers : settings.maximumRoomMembers
        guard (1...bound).contains(maximum) else {
            throw .invalid(field: "maxusers", .outOfRange(minimum: 1, maximum: Int64(bound)))
        }
    }
}
