// Changes of groups and rooms as events: each change has a name in the family of its kind.

/// The changes of a group or room that are events.
enum GroupChange: String {
    case created, updated, deleted, muted, unmuted, blocked, unblocked, allowed, disallowed, disabled, enabled
    case ownerChanged = "owner_changed"
    case memberAdded = "member_added"
    case memberRemoved = "member_removed"
    case memberLeft = "member_left"
    case adminAdded = "admin_added"
    case adminRemoved = "admin_removed"
    case allMuted = "all_muted"
    case allUnmuted = "all_unmuted"
    case announcementUpdated = "announcement_updated"
    case roleChanged = "role_changed"

    /// The event; nil where the kind has none of it.
    func event(_ kind: GroupKind) -> EventName? { (kind == .group ? Self.ofGroups : Self.ofRooms)[self] }

    private static let ofGroups = events(of: "group")
    private static let ofRooms = events(of: "room")

    private static func events(of family: String) -> [GroupChange: EventName] {
        let pairs = EventName.allCases.filter { $0.family == family }.compactMap { event in
            GroupChange(rawValue: String(event.rawValue.dropFirst(family.count + 1))).map { ($0, event) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}

extension Writer {
    /// Records a change of a group or room.
    ///
    /// - Parameter facts: adds what there is to say beside its id and name; called only where an endpoint asks for it.
    func record(
        _ change: GroupChange,
        of group: Group,
        _ facts: (EventDetails) -> EventDetails = { $0 }
    ) throws(Failure) {
        guard let event = change.event(group.kind) else { return }
        try record(event) { facts(.group(group)) }
    }

    /// Records a change that one user of a group or room is the object of.
    func record(
        _ change: GroupChange,
        of user: UserID,
        in group: Group,
        _ facts: (EventDetails) -> EventDetails = { $0 }
    ) throws(Failure) {
        guard let event = change.event(group.kind), try isHeard(event),
            let user = try self.user(user)
        else { return }
        try record(event) { facts(.group(group, user: user.username)) }
    }

    /// Whether an endpoint asks for an event, or the audit for what it is about.
    private func isHeard(_ event: EventName) throws(Failure) -> Bool {
        if isAudited { return true }
        return try isWatched(event)
    }

    /// Records a change that some users of a group or room are the object of, one event each.
    func record(_ change: GroupChange, of names: [String], in group: Group) throws(Failure) {
        guard let event = change.event(group.kind), try isHeard(event) else { return }
        for name in names { try record(event) { EventDetails.group(group).with("user", .text(name)) } }
    }
}

extension EventDetails {
    /// The same with a moment, where there is one that isn't for ever.
    func with(_ name: String, ending moment: Timestamp?) -> EventDetails {
        guard let moment, moment != Mutes.forever else { return self }
        return with(name, .time(moment))
    }
}
