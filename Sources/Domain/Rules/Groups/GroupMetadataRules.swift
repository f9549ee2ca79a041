// Metadata of a group's members and of rooms, and the rooms' super administrators.

/// The rules of the metadata of a group's members.
public enum MemberMetadataRules {
    /// Bytes of a key.
    public static let maximumKeyBytes = 16
    /// Bytes of a value.
    public static let maximumValueBytes = 512
    /// Bytes of all keys and values of one member.
    public static let maximumBytes = 4096
    /// Members one call may ask about.
    public static let maximumMembers = 10
    /// Members whose entries one call may set.
    public static let maximumBatch = 20

    /// Adds or replaces entries of a member; an empty value removes its key.
    ///
    /// - Returns: the entries as given.
    /// - Throws: `.forbidden`, `.group(.notMembers)`, `.invalid`, `.limitReached(.memberMetadataBytes, …)`.
    public static func set(
        _ entries: [MetadataEntry],
        of name: String,
        in group: Group,
        by caller: Caller,
        store: any Writer
    ) throws(Failure) {
        let authority = try GroupAuthority(caller, group, store)
        let (user, member) = try GroupMemberRules.member(.name(name), of: group, in: store)
        if !authority.isAbout(user.id) { try authority.require(.mute, against: member) }
        for entry in entries {
            guard (1...maximumKeyBytes).contains(entry.key.utf8.count) else {
                throw .invalid(field: "metaData", .illegal(value: String(entry.key.prefix(64))))
            }
            guard entry.value.utf8.count <= maximumValueBytes else {
                throw .invalid(
                    field: "metaData.\(entry.key)",
                    .tooLong(maximum: maximumValueBytes, unit: "bytes")
                )
            }
            if entry.value.isEmpty {
                try store.deleteMemberMetadata(entry.key, of: user.id, in: group.id)
            } else {
                try store.setMemberMetadata(entry, of: user.id, in: group.id)
            }
        }
        let bytes = try store.memberMetadata(of: user.id, in: group.id)
            .reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard bytes <= maximumBytes else { throw .limitReached(.memberMetadataBytes, maximum: maximumBytes) }
    }

    /// A member's entries by key.
    ///
    /// - Throws: `.group(.notMembers)`.
    public static func entries(
        of name: String,
        in group: Group,
        store: any Reader
    ) throws(Failure) -> [MetadataEntry] {
        let user = try GroupMemberRules.member(.name(name), of: group, in: store).user
        return try store.memberMetadata(of: user.id, in: group.id)
    }

    /// A member's entries by key; none for a stranger.
    public static func knownEntries(
        of name: String,
        in group: Group,
        store: any Reader
    ) throws(Failure) -> [MetadataEntry] {
        guard let user = try UserRules.known(.name(name), in: store) else { return [] }
        return try store.memberMetadata(of: user.id, in: group.id)
    }
}

/// The rules of a room's metadata: a key belongs to who set it.
public enum GroupMetadataRules {
    /// Keys one call may set.
    public static let maximumEntries = 10
    /// Keys one room may have.
    public static let maximumKeys = 100
    /// Characters of a key.
    public static let maximumKeyCharacters = 128
    /// Characters of a value.
    public static let maximumValueCharacters = 4096

    /// The outcome for the keys of one call.
    public struct Outcome: Equatable, Sendable {
        /// Those set or removed, in the order given.
        public var done: [String] = []
        /// The others, with the reason.
        public var refused: [(key: String, reason: Failure)] = []

        /// Equal when the keys and reasons are, in the same order.
        public static func == (left: Self, right: Self) -> Bool {
            left.done == right.done && left.refused.elementsEqual(right.refused, by: ==)
        }
    }

    /// Sets entries of a room; a key of another user harms no other.
    ///
    /// - Parameters:
    ///   - name: whose entries they become; a member.
    ///   - isForced: whether another user's keys may be taken.
    /// - Throws: `.forbidden(.insufficientScope)` for a user: entries of rooms are the application's to write;
    ///   `.group(.notMembers)`.
    public static func set(
        _ entries: [MetadataEntry],
        of name: String,
        in room: Group,
        endsWithOwner: Bool,
        isForced: Bool,
        by caller: Caller,
        store: any Writer
    ) throws(Failure) -> Outcome {
        try GroupAuthority(caller, room, store).requireApplication()
        let user = try holder(of: name, in: room, isForced: isForced, store)
        let present = try store.roomMetadata(of: room.id)
        var count = present.count
        var outcome = Outcome()
        for entry in entries {
            let old = try store.roomMetadata(entry.key, of: room.id)
            if let old, old.owner != user, !isForced {
                outcome.refused.append((entry.key, .group(.keyOfAnother(entry.key))))
            } else if old == nil, count >= maximumKeys {
                outcome.refused.append((entry.key, .limitReached(.roomMetadataKeys, maximum: maximumKeys)))
            } else {
                if old == nil { count += 1 }
                try store.setRoomMetadata(
                    RoomMetadataEntry(
                        key: entry.key,
                        value: entry.value,
                        owner: user,
                        endsWithOwner: endsWithOwner
                    ),
                    of: room.id
                )
                outcome.done.append(entry.key)
            }
        }
        return outcome
    }

    /// The user whose entries those of a name are: a member or, where the application forces them under the name that it
    /// sends by, the room's owner.
    private static func holder(
        of name: String,
        in room: Group,
        isForced: Bool,
        _ store: any Reader
    ) throws(Failure) -> UserID {
        if isForced, Username(name) == Username.backend { return room.owner }
        return try GroupMemberRules.member(.name(name), of: room, in: store).user.id
    }

    /// Removes entries of a room; a key of another user harms no other, and one that isn't there counts as removed.
    ///
    /// - Throws: as `set`.
    public static func remove(
        _ keys: [String],
        of name: String,
        in room: Group,
        isForced: Bool,
        by caller: Caller,
        store: any Writer
    ) throws(Failure) -> Outcome {
        try GroupAuthority(caller, room, store).requireApplication()
        let user = try holder(of: name, in: room, isForced: isForced, store)
        var outcome = Outcome()
        for key in keys {
            if let old = try store.roomMetadata(key, of: room.id), old.owner != user, !isForced {
                outcome.refused.append((key, .group(.keyOfAnother(key))))
            } else {
                try store.deleteRoomMetadata(key, of: room.id)
                outcome.done.append(key)
            }
        }
        return outcome
    }
}

/// The rules of users who administer every room of an application.
public enum SuperAdministratorRules {
    /// Makes a user a super administrator; nothing changes when it is one.
    ///
    /// - Throws: `.notFound(.user, …)`.
    public static func add(_ name: String, at now: Timestamp, in store: any Writer) throws(Failure) {
        let user = try UserRules.find(name, in: store)
        _ = try store.insertSuperAdministrator(user.id, at: now)
    }

    /// Ends it.
    ///
    /// - Throws: `.notFound(.user, …)`, `.group(.notSuperAdministrator)`.
    public static func remove(_ name: String, in store: any Writer) throws(Failure) -> User {
        let user = try UserRules.find(name, in: store)
        guard try store.deleteSuperAdministrator(user.id) else { throw .group(.notSuperAdministrator(name)) }
        return user
    }
}
