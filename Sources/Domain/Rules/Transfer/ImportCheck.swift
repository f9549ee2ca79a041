// A trial of an import: each line is held against what is there and what the lines before it would make.

/// Checks lines without changing anything.
public struct ImportCheck {
    private let options: ImportOptions
    private let application: Application
    private let now: Timestamp
    private var users: Set<String> = []
    private var groups: Set<String> = []

    /// Begins a trial.
    public init(_ options: ImportOptions, of application: Application, at now: Timestamp) {
        (self.options, self.application, self.now) = (options, application, now)
    }

    /// The outcome that a line would have.
    ///
    /// - Throws: why it would be refused.
    public mutating func take(_ record: TransferRecord, in store: any Reader) throws(Failure) -> ImportOutcome
    {
        switch record {
        case .user(let user):
            if try isUser(user.name.text, store) { return options.updates ? .updated : .existing }
            guard try !store.isKept(user.name, from: nil, at: now) else {
                throw .conflict(.user, id: user.name.text)
            }
            users.insert(user.name.key)
        case .contact(let owner, let other): try require([("username", owner), ("contact", other)], store)
        case .remark(let owner, let contact, _):
            try require([("username", owner), ("contact", contact)], store)
        case .block(let owner, let other): try require([("username", owner), ("blocked", other)], store)
        case .mute(let mute):
            try require([("username", mute.name)], store)
            if let group = mute.group { try requireGroup(group, store) }
        case .metadata(let metadata):
            try require([("username", metadata.name)], store)
            if let group = metadata.group { try requireGroup(group, store) }
        case .group(let group):
            if let id = group.id, try isGroup(id, store) { return options.updates ? .updated : .existing }
            try require([("owner", group.owner)], store)
            if let id = group.id { groups.insert(id) }
        case .member(let member):
            try requireGroup(member.group, store)
            try require([("username", member.name)], store)
        case .announcement(let group, _, _): try requireGroup(group, store)
        case .role(let role):
            try requireGroup(role.group, store)
            try require(role.members.map { ("members", $0) }, store)
        case .message(let message): try check(message, store)
        case .position(let position):
            try require([("username", position.name)], store)
            if position.kind == .group || position.kind == .room {
                try requireGroup(position.conversation, store)
            }
        case .file(let file):
            if try store.file(file.uuid) != nil { return .existing }
        }
        return .created
    }

    private func check(_ message: TransferMessage, _ store: any Reader) throws(Failure) {
        try MessageRules.check(message.content, of: application)
        guard Username(message.sender) != nil else {
            throw .invalid(field: "from", .illegal(value: String(message.sender.prefix(64))))
        }
        let sent = message.sent ?? now
        let epoch = TimeOrderedIDs.epoch
        guard epoch <= sent, sent <= now else {
            throw .invalid(
                field: "timestamp",
                .outOfRange(minimum: epoch.milliseconds, maximum: now.milliseconds)
            )
        }
        switch message.kind {
        case .broadcast: break
        case .group, .room: try requireGroup(message.receiver, store, field: "to")
        case .single:
            if try !isUser(message.sender, store) { try require([("to", message.receiver)], store) }
        }
    }

    private func isUser(_ name: String, _ store: any Reader) throws(Failure) -> Bool {
        guard let username = Username(name) else { return false }
        if users.contains(username.key) { return true }
        return try store.user(named: username) != nil
    }

    private func require(_ names: [(field: String, name: String)], _ store: any Reader) throws(Failure) {
        for (field, name) in names {
            if try isUser(name, store) { continue }
            throw .invalid(field: field, .unknownReference(.user, id: String(name.prefix(64))))
        }
    }

    private func isGroup(_ id: String, _ store: any Reader) throws(Failure) -> Bool {
        if groups.contains(id) { return true }
        for kind in GroupKind.allCases where try GroupRules.known(id, kind, in: store) != nil { return true }
        return false
    }

    private func requireGroup(_ id: String, _ store: any Reader, field: String = "group") throws(Failure) {
        guard try !isGroup(id, store) else { return }
        throw .invalid(field: field, .unknownReference(.group, id: String(id.prefix(64))))
    }
}
