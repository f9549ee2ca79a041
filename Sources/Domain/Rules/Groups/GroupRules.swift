// The life of groups and rooms: made, changed, handed over, deleted.

/// The rules of groups and rooms as a whole.
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
        guard isLegalAlias(id) || isLegalOwnID(id), let group = try store.group(aliased: id) else {
            return nil
        }
        return group.kind == kind ? group : nil
    }

    /// Words that stand in paths where a group's id does: a group of that name could never be reached.
    public static let reservedAliases: Set<String> = ["count", "user"]

    /// Whether a text can be an alias: 1–64 bytes of `A–Z a–z 0–9 _ - . @`, no step or word of a path, and
    /// nothing that could be an id.
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
        guard isLegal, (1...64).contains(text.utf8.count), !PathSteps.contains(text),
            !reservedAliases.contains(text.lowercased())
        else { return false }
        return text.utf8.count <= 12 || !text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Digits of an id that a group's maker chooses, at most.
    public static let maximumOwnIDDigits = 20

    /// Whether a text can be an id of its maker's choice: digits only.
    public static func isLegalOwnID(_ text: String) -> Bool {
        (1...maximumOwnIDDigits).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Makes a group or room with its owner and first members, all or nothing.
    ///
    /// - Parameters:
    ///   - members: names in any spelling; the owner's and repeated ones count once.
    ///   - alias: what it shall be known by beside its id.
    ///   - ownID: the same as a number that no other group of the application has, be it chosen or given; no group is
    ///     given it later.
    /// - Throws: `.notFound(.user, …)`, `.invalid("maxusers", …)`, `.invalid("groupID", .illegal(…))` and
    ///   `.conflict(.group, …)` for the alias or own id, `.group` with `.tooManyGroups`, `.joinedTooMany` or `.full`.
    public static func create(
        _ kind: GroupKind,
        _ settings: GroupSettings,
        owner: String,
        members: [String],
        alias: String? = nil,
        ownID: String? = nil,
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
        try requireCreation(kind, settings, owner: owner, members: members, in: store)
        let id = try freeID(at: now, in: store)
        var group = try store.insertGroup(id, kind, settings, owner: owner.id, at: now)
        if let alias {
            guard isLegalAlias(alias) else {
                throw .invalid(field: "groupID", .illegal(value: String(alias.prefix(64))))
            }
            guard try store.setAlias(alias, of: id) else { throw .conflict(.group, id: alias) }
        }
        if let ownID {
            let isGiven = try GroupID(ownID).flatMap { id throws(Failure) in try store.group(id) } != nil
            guard !isGiven, try store.setAlias(ownID, of: id) else { throw .conflict(.group, id: ownID) }
        }
        if alias != nil || ownID != nil { group = try store.group(id) ?? group }
        var added: [User] = []
        if !members.isEmpty {
            do throws(Failure) {
                let first = members.map(UserReference.name)
                added = try GroupMemberRules.enter(first, group, of: application, at: now, in: store).added
            } catch .group(.alreadyMembers) {
                // Nobody but the owner was named.
            }
        }
        try store.record(.created, of: group) { details in
            let names = [owner.username.text] + added.map(\.username.text)
            return details.with("owner", .text(owner.username.text)).with("members", .texts(names))
        }
        return group
    }

    /// Asks about a group that has no id yet.
    private static func requireCreation(
        _ kind: GroupKind,
        _ settings: GroupSettings,
        owner: User,
        members: [String],
        in store: any Writer
    ) throws(Failure) {
        guard kind == .group else { return }
        try InquiryRules.require(.groupCreated, store) {
            EventDetails(lane: .user(owner.username), [.init("name", .text(settings.name))])
                .with("owner", .text(owner.username.text)).with("members", .texts(members))
        }
    }

    /// An id that no group of the application was given by its maker.
    private static func freeID(at now: Timestamp, in store: any Writer) throws(Failure) -> GroupID {
        while true {
            let id = GroupID(rawValue: try store.nextID(at: now))
            if try store.group(aliased: id.text) == nil { return id }
        }
    }

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
        if group.kind == .group {
            try InquiryRules.require(.groupUpdated, store) {
                var asked = group
                asked.settings.name = change.name ?? group.settings.name
                return .group(asked)
            }
        }
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

    /// Hands a group to one of its members; the old owner stays as an ordinary member.
    ///
    /// - Throws: `.forbidden(.insufficientScope)` for a caller who isn't the owner; `.group` with `.notMembers` (for an unknown
    ///   user too) or `.sameOwner`.
    public static func transfer(
        _ group: Group,
        to reference: UserReference,
        by caller: Caller,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        try GroupAuthority(caller, group, store).requireOwnership()
        let member = try GroupMemberRules.member(reference, of: group, in: store).membership
        guard member.role != .owner else { throw .group(.sameOwner) }
        try makeOwner(member, of: group, at: now, in: store)
    }

    /// Makes a member the owner, and nothing else; neither keeps a role of the group's own, and a mute of the
    /// new one ends.
    static func makeOwner(
        _ member: GroupMember,
        of group: Group,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        for user in [member.user, group.owner] { try store.setRole(nil, of: user, in: group.id) }
        guard try store.setOwner(member.user, of: group.id, at: now) else {
            throw .group(.notMembers([member.name], group.id))
        }
        try store.setGroupMute(until: nil, of: member.user, in: group.id)
        try store.record(.ownerChanged, of: group) {
            $0.with("owner", .text(member.name)).with("previous_owner", .text(group.ownerName))
        }
    }

    /// Deletes a group or room with all that belongs to it; its messages stay as history.
    ///
    /// - Throws: `.forbidden(.permission(.delete))`.
    public static func delete(_ group: Group, by caller: Caller, in store: any Writer) throws(Failure) {
        try GroupAuthority(caller, group, store).require(.delete)
        try remove(group, in: store)
    }

    /// Deletes a group or room, and nothing else.
    static func remove(_ group: Group, in store: any Writer) throws(Failure) {
        try store.deleteGroup(group.id)
        try store.record(.deleted, of: group)
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
