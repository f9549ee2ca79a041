// Users and files brought in: with a hash made elsewhere, a profile, and when they came.

extension ImportRules {
    mutating func take(_ user: TransferUser, _ store: any Writer) throws(Failure) -> ImportOutcome {
        if let known = try known(user.name.text, store) { return try update(known, from: user, store) }
        guard try !store.isKept(user.name, from: nil, at: now) else {
            throw .conflict(.user, id: user.name.text)
        }
        try checkEmail(user.email, of: nil, store)
        let new = NewUser(
            username: user.name,
            passwordHash: user.passwordHash,
            nickname: user.nickname,
            uuid: secrets.uuid(at: now),
            profile: user.profile
        )
        var made = try store.insert(new, at: user.created ?? now)
        if let email = user.email { try store.setEmail(email, of: made.id, isVerified: true) }
        if !user.isActivated || user.push != PushSettings() {
            made.isActivated = user.isActivated
            made.push = user.push
            try store.update(made)
        }
        users[user.name.key] = .some(made)
        return .created
    }

    /// Overwrites what a line says of a user that is there, but for its password.
    private mutating func update(_ known: User, from user: TransferUser, _ store: any Writer) throws(Failure)
        -> ImportOutcome
    {
        guard options.updates else { return .existing }
        try checkEmail(user.email, of: known.id, store)
        var changed = known
        changed.nickname = user.nickname ?? known.nickname
        changed.profile = user.profile
        changed.push = user.push
        changed.isActivated = user.isActivated
        var isNewEmail = false
        if let email = user.email { isNewEmail = try store.email(of: known.id) != email }
        guard changed != known || isNewEmail else { return .existing }
        if known.isActivated, !changed.isActivated { changed.tokenGeneration += 1 }
        changed.modified = now
        try store.update(changed)
        if let email = user.email, isNewEmail { try store.setEmail(email, of: known.id, isVerified: true) }
        users[user.name.key] = .some(changed)
        return .updated
    }

    private func checkEmail(_ email: EmailAddress?, of id: UserID?, _ store: any Writer) throws(Failure) {
        guard let email, let owner = try store.user(withEmail: email), owner.id != id else { return }
        throw .conflict(.email, id: email.text)
    }

    /// A file whose bytes are there; the job holds them until the line is committed.
    mutating func take(_ file: TransferFile, _ store: any Writer) throws(Failure) -> ImportOutcome {
        guard try store.file(file.uuid) == nil else { return .existing }
        let owner = try known(file.owner, store)
        var owning: Group?
        if let id = file.group { owning = try group(id, .group, "group", store) }
        let maximum = application.settings.maximumFileBytes
        guard try store.fileBytes() + file.content.size <= maximum else {
            throw .limitReached(.fileBytes, maximum: maximum)
        }
        let new = NewFile(
            uuid: file.uuid,
            owner: owner?.id,
            ownerName: owner?.username.text ?? file.owner,
            content: file.content,
            shareSecret: file.shareSecret,
            group: owning?.id,
            expires: file.expires
        )
        _ = try store.insert(new, at: file.created)
        return .created
    }
}
