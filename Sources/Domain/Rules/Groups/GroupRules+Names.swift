// The names of groups: ids, aliases and ids of a maker's choice, and the group that a text names.

extension GroupRules {
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

    /// Gives a new group the names that its maker chose.
    static func name(
        _ group: GroupID,
        alias: String?,
        ownID: String?,
        in store: any Writer
    ) throws(Failure) {
        if let alias {
            guard isLegalAlias(alias) else {
                throw .invalid(field: "groupID", .illegal(value: String(alias.prefix(64))))
            }
            guard try store.setAlias(alias, of: group) else { throw .conflict(.group, id: alias) }
        }
        if let ownID {
            let isGiven = try GroupID(ownID).flatMap { id throws(Failure) in try store.group(id) } != nil
            guard !isGiven, try store.setAlias(ownID, of: group) else { throw .conflict(.group, id: ownID) }
        }
    }

    /// Digits of an id that a group's maker chooses, at most.
    public static let maximumOwnIDDigits = 20

    /// Whether a text can be an id of its maker's choice: digits only.
    public static func isLegalOwnID(_ text: String) -> Bool {
        (1...maximumOwnIDDigits).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
