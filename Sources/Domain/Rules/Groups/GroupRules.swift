// The life of groups and rooms: made, handed over, deleted.

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
        try name(id, alias: alias, ownID: ownID, in: store)
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
}
