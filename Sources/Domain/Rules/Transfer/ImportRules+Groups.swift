// Groups and rooms brought in, with their members, announcements and roles.

extension ImportRules {
    mutating func take(_ group: TransferGroup, _ store: any Writer) throws(Failure) -> ImportOutcome {
        if let id = group.id {
            for kind in GroupKind.allCases {
                guard let known = try GroupRules.known(id, kind, in: store) else { continue }
                guard kind == group.kind else {
                    throw .conflict(known.kind == .group ? .group : .room, id: id)
                }
                return try update(known, from: group, store)
            }
            guard GroupRules.isLegalAlias(id) || GroupRules.isLegalOwnID(id) || GroupID(id) != nil else {
                throw .invalid(field: "id", .illegal(value: String(id.prefix(64))))
            }
        }
        let owner = try user(group.owner, "owner", store)
        guard try store.groupCount(group.kind) < application.settings.maximumGroups else {
            throw .group(.tooManyGroups)
        }
        let id = GroupID(rawValue: try store.nextID(at: now))
        var made = try store.insertGroup(
            id,
            group.kind,
            group.settings,
            owner: owner.id,
            at: group.created ?? now
        )
        if let alias = group.id, try !store.setAlias(alias, of: id) {
            throw .conflict(group.kind == .group ? .group : .room, id: alias)
        }
        if group.isDisabled || group.muteExpiry != nil {
            made.isDisabled = group.isDisabled
            made.muteExpiry = group.muteExpiry
            try store.update(made)
        }
        return .created
    }

    private mutating func update(_ known: Group, from group: TransferGroup, _ store: any Writer)
        throws(Failure) -> ImportOutcome
    {
        guard options.updates else { return .existing }
        var changed = known
        changed.settings = group.settings
        changed.isDisabled = group.isDisabled
        changed.muteExpiry = group.muteExpiry
        guard changed != known else { return .existing }
        changed.modified = now
        try store.update(changed)
        groups.removeAll()
        return .updated
    }

    mutating func take(_ member: TransferMember, _ store: any Writer) throws(Failure) -> ImportOutcome {
        let group = try group(member.group, nil, "group", store)
        let user = try user(member.name, "username", store)
        if let known = try store.membership(of: user.id, in: group.id) {
            guard options.updates || known.role == .owner else { return .existing }
            return try update(known, from: member, in: group, store)
        }
        guard member.role != .owner else {
            throw .invalid(field: "role", .refused("can't be owner: the group's line names another one"))
        }
        let count = try store.group(group.id)?.memberCount ?? 0
        guard count < group.settings.maximumMembers else { throw .group(.full(group.id)) }
        _ = try store.insertMember(user.id, into: group.id, at: member.joined ?? now)
        if member.role == .administrator { _ = try store.setAdministrator(true, user.id, in: group.id) }
        if member.profile != MemberProfile() {
            _ = try store.setProfile(member.profile, of: user.id, in: group.id)
        }
        return .created
    }

    private func update(
        _ known: GroupMember,
        from member: TransferMember,
        in group: Group,
        _ store: any Writer
    ) throws(Failure) -> ImportOutcome {
        var isChanged = false
        if known.role != .owner, member.role != .owner, known.role != member.role {
            let isAdministrator = member.role == .administrator
            isChanged = try store.setAdministrator(isAdministrator, known.user, in: group.id)
        }
        if member.profile != known.profile, options.updates || known.profile == MemberProfile() {
            isChanged = try store.setProfile(member.profile, of: known.user, in: group.id) || isChanged
        }
        return isChanged ? .updated : .existing
    }

    mutating func takeAnnouncement(_ text: String, _ id: String, _ kind: GroupKind, _ store: any Writer)
        throws(Failure) -> ImportOutcome
    {
        let named = try group(id, kind, "group", store)
        guard var found = try store.group(named.id) else { return .existing }
        guard found.announcement != text else { return .existing }
        found.announcement = text
        try store.update(found)
        return .created
    }

    mutating func take(_ role: TransferRole, _ store: any Writer) throws(Failure) -> ImportOutcome {
        let group = try group(role.group, nil, "group", store)
        var members: [UserID] = []
        for name in role.members {
            let user = try user(name, "members", store)
            guard try store.membership(of: user.id, in: group.id) != nil else {
                throw .group(.notMembers([user.username.text], group.id))
            }
            members.append(user.id)
        }
        if let first = members.first, try store.ownRole(of: first, in: group.id)?.name == role.name {
            return .existing
        }
        let maximum = GroupRoleRules.maximumRoles
        guard try store.roleCount(of: group.id) < maximum else {
            throw .limitReached(.roles, maximum: maximum)
        }
        let made = try store.insertRole(
            role.name,
            description: role.description,
            role.permissions,
            of: group.id
        )
        for member in members { try store.setRole(made.id, of: member, in: group.id) }
        return .created
    }
}
