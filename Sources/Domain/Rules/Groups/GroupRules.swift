// The life of groups and rooms: made, changed, handed over, deleted, listed.

/// What may be done with groups and rooms as a whole.
public enum GroupRules {
    /// The longest accepted name, in characters.
    public static let maximumNameCharacters = 128
    /// The longest accepted name of a session, in characters.
    public static let maximumSessionNameCharacters = 200
    /// The longest accepted description, in characters.
    public static let maximumDescriptionCharacters = 512
    /// The longest accepted custom text, in characters.
    public static let maximumCustomCharacters = 1024
    /// The longest accepted announcement, in characters.
    public static let maximumAnnouncementCharacters = 512
    /// Members of a group whose maker names no maximum.
    public static let defaultMaximumMembers = 200
    /// Members that may come with a new group.
    public static let maximumFirstMembers = 100

    /// The group or room that a text names.
    ///
    /// - Throws: `.notFound(.group, …)` or `.notFound(.room, …)`, for a text that can't be an id too, and for the
    ///   id of the other kind.
    public static func find(_ id: String, _ kind: GroupKind, in store: any Reader) throws(Failure) -> Group {
        guard let group = try known(id, kind, in: store) else {
            throw .notFound(kind == .group ? .group : .room, id: id)
        }
        return group
    }

    /// The group that a text names by its id or its alias; nil where there is none of that kind.
    public static func known(_ id: String, _ kind: GroupKind, in store: any Reader) throws(Failure) -> Group?
    {
        if let groupID = GroupID(id), let group = try store.group(groupID) {
            return group.kind == kind ? group : nil
        }
        guard isLegalAlias(id), let group = try store.group(aliased: id) else { return nil }
        return group.kind == kind ? group : nil
    }

    /// Whether a text can be an alias: 1–64 bytes of `A–Z a–z 0–9 _ - . @`, and nothing that could be an id.
    ///
    /// Ids count milliseconds since 2020 and have 14 digits at least, so numbers of up to 12 are never one.
    public static func isLegalAlias(_ text: String) -> Bool {
        let isLegal = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "."),
                UInt8(ascii: "@"):
                true
            default: false
            }
        }
        guard isLegal, (1...64).contains(text.utf8.count) else { return false }
        return text.utf8.count <= 12 || !text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Makes a group or room with its owner and first members, all or nothing.
    ///
    /// - Parameters:
    ///   - members: names in any spelling; the owner's and repeated ones count once.
    ///   - alias: what it shall be known by beside its id.
    /// - Throws: `.notFound(.user, …)`, `.invalid("maxusers", …)`, `.invalid("groupID", .illegal(…))` and
    ///   `.conflict(.group, …)` for the alias, `.group` with `.tooManyGroups`, `.joinedTooMany` or `.full`.
    public static func create(
        _ kind: GroupKind,
        _ settings: GroupSettings,
        owner: String,
        members: [String],
        alias: String? = nil,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> Group {
        try check(settings.maximumMembers, kind, of: application)
        let owner = try UserRules.find(owner, in: store)
        guard try store.groupCount(kind) < application.settings.maximumGroups else {
            throw .group(.tooManyGroups)
        }
        try GroupMemberRules.checkPlace(of: owner, kind, of: application, in: store)
        let id = GroupID(rawValue: try store.nextID(at: now))
        let group = try store.insertGroup(id, kind, settings, owner: owner.id, at: now)
        if let alias {
            guard isLegalAlias(alias) else {
                throw .invalid(field: "groupID", .illegal(value: String(alias.prefix(64))))
            }
            guard try store.setAlias(alias, of: id) else { throw .conflict(.group, id: alias) }
        }
        if !members.isEmpty {
            do throws(Failure) {
                _ = try GroupMemberRules.add(members, to: group, of: application, at: now, in: store)
            } catch .group(.alreadyMembers) {
                // Nobody but the owner was named.
            }
        }
        return group
    }

    /// What a change of settings leaves as it is, it has nil for.
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
        /// The new picture's address.
        public var icon: String?

        /// Changes nothing.
        public init() {}
    }

    /// Changes a group's settings.
    ///
    /// - Throws: `.invalid("maxusers", …)`, `.group(.maximumBelowCount)`.
    public static func update(
        _ group: Group,
        _ change: Change,
        of application: Application,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        if let maximum = change.maximumMembers {
            try check(maximum, group.kind, of: application)
            guard maximum >= group.memberCount else { throw .group(.maximumBelowCount) }
        }
        try write(group, at: now, in: store) { changed in
            changed.settings.name = change.name ?? group.settings.name
            changed.settings.description = change.description ?? group.settings.description
            changed.settings.isPublic = change.isPublic ?? group.settings.isPublic
            changed.settings.maximumMembers = change.maximumMembers ?? group.settings.maximumMembers
            changed.settings.needsApproval = change.needsApproval ?? group.settings.needsApproval
            changed.settings.allowsInvites = change.allowsInvites ?? group.settings.allowsInvites
            changed.settings.needsInviteConsent =
                change.needsInviteConsent ?? group.settings.needsInviteConsent
            changed.settings.custom = change.custom ?? group.settings.custom
            changed.settings.icon = change.icon ?? group.settings.icon
        }
    }

    /// Replaces a group's announcement.
    public static func announce(
        _ text: String,
        in group: Group,
        at now: Timestamp,
        store: any Writer
    ) throws(Failure) {
        try write(group, at: now, in: store) { $0.announcement = text }
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
    }

    /// Keeps anybody from sending, or lets them again.
    public static func setDisabled(
        _ isDisabled: Bool,
        _ group: Group,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        try write(group, at: now, in: store) { $0.isDisabled = isDisabled }
    }

    private static func write(
        _ group: Group,
        at now: Timestamp,
        in store: any Writer,
        _ change: (inout Group) -> Void
    ) throws(Failure) {
        var changed = group
        change(&changed)
        changed.modified = now
        try store.update(changed)
    }

    /// Hands a group to one of its members; the old owner stays as an ordinary member.
    ///
    /// - Throws: `.group` with `.notMembers` (for an unknown user too) or `.sameOwner`.
    public static func transfer(
        _ group: Group,
        to name: String,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        guard let user = try GroupMemberRules.known(name, in: store),
            let member = try store.membership(of: user.id, in: group.id)
        else { throw .group(.notMembers([name], group.id)) }
        guard member.role != .owner, try store.setOwner(user.id, of: group.id, at: now) else {
            throw .group(.sameOwner)
        }
    }

    /// One page of an application's groups or rooms, newest first.
    public static func page(
        _ kind: GroupKind,
        _ limit: Int,
        before cursor: Cursor?,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Page<Group> {
        let rows = try store.groups(kind, before: cursor.map { GroupID(rawValue: $0.key) }, limit: limit + 1)
        return page(rows, limit, kind == .group ? .groups : .rooms, of: application.id.rawValue)
    }

    /// One page of an application's public groups, newest first.
    public static func publicPage(
        _ limit: Int,
        before cursor: Cursor?,
        of application: Application,
        in store: any Reader
    ) throws(Failure) -> Page<Group> {
        let rows = try store.publicGroups(before: cursor.map { GroupID(rawValue: $0.key) }, limit: limit + 1)
        return page(rows, limit, .publicGroups, of: application.id.rawValue)
    }

    /// One page of the groups or rooms that a user is in, newest first.
    public static func joinedPage(
        of user: User,
        _ kind: GroupKind,
        _ limit: Int,
        before cursor: Cursor?,
        in store: any Reader
    ) throws(Failure) -> Page<Group> {
        let rows = try store.joinedGroups(
            of: user.id,
            kind,
            before: cursor.map { GroupID(rawValue: $0.key) },
            limit: limit + 1
        )
        return page(rows, limit, .joinedGroups, of: user.id.rawValue)
    }

    private static func page(
        _ rows: [Group],
        _ limit: Int,
        _ collection: PagedCollection,
        of owner: Int64
    ) -> Page<Group> {
        Page(rows: rows, limit: limit) { Cursor(collection: collection, owner: owner, key: $0.id.rawValue) }
    }

    private static func check(_ maximum: Int, _ kind: GroupKind, of application: Application) throws(Failure)
    {
        let settings = application.settings
        let bound = kind == .group ? settings.maximumGroupMembers : settings.maximumRoomMembers
        guard (1...bound).contains(maximum) else {
            throw .invalid(field: "maxusers", .outOfRange(minimum: 1, maximum: Int64(bound)))
        }
    }
}
