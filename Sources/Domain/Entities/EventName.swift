// The names of the events that a backend can be informed of, and sets of them.

/// The name of an event, as an endpoint of webhooks asks for it: `family.change`.
///
/// A number is never stored; the text is, so cases may be added anywhere.
public enum EventName: String, CaseIterable, Sendable {
    case userRegistered = "user.registered"
    case userUpdated = "user.updated"
    case userDeleted = "user.deleted"
    case userActivated = "user.activated"
    case userDeactivated = "user.deactivated"
    case userPasswordChanged = "user.password_changed"
    case userOnline = "user.online"
    case userOffline = "user.offline"
    case userMuted = "user.muted"
    case userUnmuted = "user.unmuted"
    case userMetadataUpdated = "user.metadata_updated"
    case contactAdded = "contact.added"
    case contactRemoved = "contact.removed"
    case contactRequested = "contact.requested"
    case contactAccepted = "contact.accepted"
    case contactDeclined = "contact.declined"
    case blockAdded = "block.added"
    case blockRemoved = "block.removed"
    case groupCreated = "group.created"
    case groupUpdated = "group.updated"
    case groupDeleted = "group.deleted"
    case groupOwnerChanged = "group.owner_changed"
    case groupMemberAdded = "group.member_added"
    case groupMemberRemoved = "group.member_removed"
    case groupMemberLeft = "group.member_left"
    case groupAdminAdded = "group.admin_added"
    case groupAdminRemoved = "group.admin_removed"
    case groupMuted = "group.muted"
    case groupUnmuted = "group.unmuted"
    case groupAllMuted = "group.all_muted"
    case groupAllUnmuted = "group.all_unmuted"
    case groupBlocked = "group.blocked"
    case groupUnblocked = "group.unblocked"
    case groupAllowed = "group.allowed"
    case groupDisallowed = "group.disallowed"
    case groupAnnouncementUpdated = "group.announcement_updated"
    case groupFileAdded = "group.file_added"
    case groupFileRemoved = "group.file_removed"
    case groupRoleChanged = "group.role_changed"
    case groupDisabled = "group.disabled"
    case groupEnabled = "group.enabled"
    case groupJoinRequested = "group.join_requested"
    case groupJoinDecided = "group.join_decided"
    case groupInvited = "group.invited"
    case groupInviteDecided = "group.invite_decided"
    case roomCreated = "room.created"
    case roomUpdated = "room.updated"
    case roomDeleted = "room.deleted"
    case roomOwnerChanged = "room.owner_changed"
    case roomMemberAdded = "room.member_added"
    case roomMemberRemoved = "room.member_removed"
    case roomAdminAdded = "room.admin_added"
    case roomAdminRemoved = "room.admin_removed"
    case roomMuted = "room.muted"
    case roomUnmuted = "room.unmuted"
    case roomAllMuted = "room.all_muted"
    case roomAllUnmuted = "room.all_unmuted"
    case roomBlocked = "room.blocked"
    case roomUnblocked = "room.unblocked"
    case roomAllowed = "room.allowed"
    case roomDisallowed = "room.disallowed"
    case roomAnnouncementUpdated = "room.announcement_updated"
    case messageSent = "message.sent"
    case messageRecalled = "message.recalled"
    case messageRewritten = "message.rewritten"
    case messageDelivered = "message.delivered"
    case messageRead = "message.read"
    case fileUploaded = "file.uploaded"
    case endpointDisabled = "endpoint.disabled"
    case ping = "ping"

    /// The part before the dot: `user`, `group`…; the name itself where it has none.
    public var family: Substring { rawValue.prefix { $0 != "." } }

    /// The place among all cases, for sets.
    var place: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
    )
}

/// A set of events: 128 bits, so that asking for a member costs nothing.
public struct EventSet: Equatable, Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// No event.
    public init() {}

    /// The events that a list of selectors asks for: an event's name, a family's with `.*`, or `*` for all.
    ///
    /// - Returns: nil where one of them selects nothing.
    public init?(selectors: some Sequence<String>) {
        for selector in selectors {
            let chosen = EventName.allCases.filter { name in
                selector == "*" || selector == name.rawValue
                    || selector.hasSuffix(".*") && selector.dropLast(2) == name.family && name != .ping
            }
            guard !chosen.isEmpty else { return nil }
            for name in chosen { insert(name) }
        }
    }

    /// Adds an event.
    public mutating func insert(_ name: EventName) {
        let place = name.place
        if place < 64 { low |= 1 << UInt64(place) } else { high |= 1 << UInt64(place - 64) }
    }

    /// Adds the events of another set.
    public mutating func formUnion(_ other: EventSet) {
        low |= other.low
        high |= other.high
    }

    /// Whether an event is in the set.
    public func contains(_ name: EventName) -> Bool {
        let place = name.place
        return place < 64 ? low >> UInt64(place) & 1 == 1 : high >> UInt64(place - 64) & 1 == 1
    }

    /// Whether no event is in the set.
    public var isEmpty: Bool { low == 0 && high == 0 }
}
