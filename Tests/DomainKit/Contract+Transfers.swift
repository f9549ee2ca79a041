// The contract of jobs and of lines that are brought in and written out.

import Domain

extension Contract {
    private static func file(_ byte: UInt8) -> UploadedFile {
        UploadedFile(
            name: "import.ndjson",
            contentType: "application/x-ndjson",
            size: 10,
            digest: FileDigest(Array(repeating: byte, count: 32))
        )
    }

    static let jobs: [ContractCase] = [
        ContractCase(promise: "Jobs are an application's own, by number, and keep how far they have come") {
            store in
            let app = try store.makeApplication().id
            let other = try store.makeApplication("other").id
            let made = try store.write(app) { (writer) throws(Failure) in
                [
                    try JobRules.beginImport(file(1), ImportOptions(updates: true), at: start, in: writer),
                    try JobRules.beginExport(at: later(1), in: writer),
                ]
            }
            try expect(store.announced.suffix(2).map(\.event), is: made.map { .jobBegun($0.id) })
            try expect(made[0].source?.digest, is: file(1).digest)
            try expect(made[0].options.updates, is: true)
            try expect(.notFound(.job, id: made[0].id.text)) {
                try store.read(other) { (reader) throws(Failure) in
                    try JobRules.find(made[0].id.text, in: reader)
                }
            }
            for text in ["", "0", "x", "01", "99"] {
                try expect(.notFound(.job, id: text)) {
                    try store.read(app) { (reader) throws(Failure) in try JobRules.find(text, in: reader) }
                }
            }
            var changed = made[0]
            changed.progress.line = 3
            changed.progress.offset = 40
            changed.progress.digest = [1, 2]
            changed.progress.count("user") { $0.created += 2 }
            changed.progress.count("message") { $0.existing += 1 }
            changed.progress.errors = 2
            let state = changed
            try store.write(app) { (writer) throws(Failure) in
                try writer.update(state)
                try writer.insert(
                    [JobError(line: 2, reason: "a"), JobError(line: 3, reason: "b")],
                    of: state.id
                )
                // A slice that is done again says nothing new.
                try writer.insert([JobError(line: 2, reason: "c")], of: state.id)
            }
            try store.write(other) { (writer) throws(Failure) in
                try writer.insert([JobError(line: 9, reason: "x")], of: state.id)
                var stranger = state
                stranger.state = .failed
                try writer.update(stranger)
            }
            let found = try store.read(app) { (reader) throws(Failure) in
                (
                    try reader.job(state.id), try reader.jobs(before: nil, limit: 9).map(\.id),
                    try reader.errors(of: state.id, after: 0, limit: 9),
                    try reader.errors(of: state.id, after: 2, limit: 9)
                )
            }
            try expect(found.0, is: state)
            try expect(found.1, is: [made[1].id, made[0].id])
            try expect(found.2, is: [JobError(line: 2, reason: "a"), JobError(line: 3, reason: "b")])
            try expect(found.3, is: [JobError(line: 3, reason: "b")])
            func running() throws -> [JobID] {
                try store.administer(reading: { (reader) throws(Failure) in
                    try reader.runningJobs().map(\.job)
                })
            }
            try expect(try running(), is: made.map(\.id))
            var ended = state
            (ended.state, ended.finished, ended.failure) = (.failed, later(5), "gone")
            let end = ended
            try store.write(app) { (writer) throws(Failure) in try writer.update(end) }
            try expect(try running(), is: [made[1].id])
            try store.write(app) { (writer) throws(Failure) in
                try writer.forgetJobs(endedBefore: later(5), limit: 9)
            }
            try expect(
                try store.read(app) { (reader) throws(Failure) in try reader.job(end.id) },
                is: end
            )
            try store.write(app) { (writer) throws(Failure) in
                try writer.forgetJobs(endedBefore: later(6), limit: 9)
            }
            let left = try store.read(app) { (reader) throws(Failure) in
                try reader.jobs(before: nil, limit: 9).map(\.id)
            }
            try expect(left, is: [made[1].id])
            let released = try store.administer(reading: { (reader) throws(Failure) in
                try reader.releasedDigests(limit: 9)
            })
            try expect(released, is: [file(1).digest])
        }
    ]

    /// Brings lines in, in one transaction.
    private static func take(
        _ records: [TransferRecord],
        _ options: ImportOptions = ImportOptions(),
        into application: Application,
        at seconds: Int64 = 100,
        _ store: any Store
    ) throws -> [String] {
        try store.write(application.id) { (writer) throws(Failure) -> [String] in
            var rules = ImportRules(options, of: application, secrets: PlainSecrets(), at: later(seconds))
            var outcomes: [String] = []
            for record in records {
                do throws(Failure) {
                    outcomes.append("\(try rules.take(record, in: writer))")
                } catch {
                    guard error.isOfLine else { throw error }
                    outcomes.append(error.lineReason)
                }
            }
            try rules.finish(in: writer)
            return outcomes
        }
    }

    private static func written(_ application: Application, _ store: any Store) throws -> [TransferRecord] {
        try store.read(application.id) { (reader) throws(Failure) in
            var rules = ExportRules()
            var records: [TransferRecord] = []
            while let page = try rules.next(at: later(100), in: reader) { records += page }
            return records
        }
    }

    private static func user(_ name: String, _ hash: String? = nil) throws -> TransferRecord {
        var user = TransferUser(name: try require(Username(name)))
        user.passwordHash = hash
        user.created = later(-50)
        return .user(user)
    }

    private static func group(_ id: String, owner: String, _ kind: GroupKind = .group) -> TransferRecord {
        let settings = GroupSettings(name: "g", description: "", isPublic: true, maximumMembers: 5)
        return .group(
            TransferGroup(kind: kind, id: id, owner: owner, settings: settings, created: later(-40))
        )
    }

    private static func message(
        _ id: String?,
        _ from: String,
        _ to: String,
        at seconds: Int64,
        _ kind: ConversationKind = .single
    )
        -> TransferRecord
    {
        .message(
            TransferMessage(
                id: id,
                sender: from,
                receiver: to,
                kind: kind,
                sent: later(seconds),
                content: MessageContent(kind: .text, text: "m \(id ?? "")")
            )
        )
    }

    static let transfers: [ContractCase] = [
        ContractCase(
            promise: "A line is taken whole or refused with its reason, and what is there stays as it is"
        ) {
            store in
            let application = try store.makeApplication()
            let events = store.announced.count
            let outcomes = try take(
                [
                    try user("ann", "$2b$10$x"), try user("bob"), try user("ANN"),
                    .contact("ann", "bob"), .contact("bob", "ann"), .contact("ann", "ann"),
                    .contact("ann", "nobody"), .remark("ann", contact: "bob", text: "Bobby"),
                    .block("bob", "ann"), .block("bob", "ann"),
                    group("g1", owner: "ann"), group("g1", owner: "ann"), group("g2", owner: "nobody"),
                    .member(TransferMember(group: "g1", name: "bob", role: .administrator)),
                    .member(TransferMember(group: "g9", name: "bob")),
                    message("m1", "ann", "bob", at: -10), message("m1", "ann", "bob", at: -10),
                    message("m2", "ann", "nobody", at: -10), message("m3", "x", "y", at: -10),
                    message("m4", "ann", "g1", at: -5, .group), message("m5", "ann", "bob", at: 101),
                ],
                into: application,
                store
            )
            let unknown = "names the user [nobody], which does not exist"
            try expect(
                outcomes,
                is: [
                    "created", "created", "existing",
                    "created", "existing", "contact must not be the user itself",
                    "contact \(unknown)", "created",
                    "created", "existing",
                    "created", "existing", "owner \(unknown)",
                    "created", "group names the group [g9], which does not exist",
                    "created", "existing",
                    "created", "to names the user [y], which does not exist",
                    "created", "timestamp must be between 1577836800000 and \(later(100).milliseconds)",
                ]
            )
            try expect(store.announced.count, is: events)
            let seen = try store.read(application.id) { (reader) throws(Failure) -> [Int64] in
                var waiting: [Int64] = []
                for user in try reader.users(after: nil, limit: 9) {
                    waiting.append(try DeliveryRules.waitingCount(for: user, in: reader))
                }
                return waiting
            }
            try expect(seen, is: [0, 0])
        },
        ContractCase(promise: "Only where it is asked for a line overwrites a profile, and never a password")
        { store in
            let application = try store.makeApplication()
            _ = try take([try user("ann", "$2b$10$old")], into: application, store)
            guard case .user(var changed) = try user("ann", "$2b$10$new") else { return }
            changed.nickname = "Annie"
            let line = TransferRecord.user(changed)
            try expect(try take([line], into: application, store), is: ["existing"])
            let options = ImportOptions(updates: true)
            try expect(
                try take([line, line], options, into: application, store),
                is: ["updated", "existing"]
            )
            let found = try store.read(application.id) { (reader) throws(Failure) in
                let user = try reader.users(after: nil, limit: 1).first
                return (
                    user?.nickname,
                    try user.flatMap { user throws(Failure) in try reader.passwordHash(of: user.id) }
                )
            }
            try expect(found.0, is: "Annie")
            try expect(found.1, is: "$2b$10$old")
        },
        ContractCase(promise: "What is written out and brought in again is the same") { store in
            let source = try store.makeApplication()
            let target = try store.makeApplication("target")
            let first: [TransferRecord] = [
                try user("ann", "$2b$10$x"), try user("bob"), try user("cid"),
                .contact("ann", "bob"), .remark("bob", contact: "ann", text: "A."), .block("cid", "ann"),
                .mute(TransferMute(name: "cid", mutes: Mutes(chat: later(900)))),
                .metadata(TransferMetadata(name: "ann", entries: [MetadataEntry(key: "k", value: "v")])),
                group("g1", owner: "ann"), .announcement(group: "g1", .group, text: "hello"),
                .member(TransferMember(group: "g1", name: "bob", role: .administrator, joined: later(-30))),
                .member(TransferMember(group: "g1", name: "cid", joined: later(-20))),
                .role(
                    TransferRole(
                        group: "g1",
                        name: "r",
                        description: nil,
                        permissions: .all,
                        members: ["cid"]
                    )
                ),
                .mute(TransferMute(name: "cid", group: "g1", mutes: Mutes(groupchat: later(800)))),
                group("r1", owner: "bob", .room),
                message("m1", "ann", "bob", at: -10), message("m2", "bob", "g1", at: -9, .group),
            ]
            let outcomes = try take(first, into: source, store)
            try expect(outcomes, is: Array(repeating: "created", count: first.count))
            // One that waits, and was read in part.
            let live = try store.write(source.id) { (writer) throws(Failure) -> Int64 in
                let from = try MessageRules.sender("ann", for: .single, at: later(50), in: writer)
                let draft = MessageDraft(MessageContent(kind: .text, text: "live"))
                _ = try MessageRules.send(draft, from: from, toUser: "bob", at: later(50), in: writer)
                guard let name = Username("bob"), let bob = try writer.user(named: name) else { return -1 }
                return try DeliveryRules.waitingCount(for: bob, in: writer)
            }
            try expect(live, is: 1)
            let lines = try written(source, store)
            try expect(Set(lines.map(\.type)).count, is: 13)
            let refused = try take(lines, into: target, at: 200, store).filter {
                !["created", "existing", "updated"].contains($0)
            }
            try expect(refused, is: [])
            let again = try written(target, store)
            try expect(
                again.map { "\($0)" }.sorted(),
                is: lines.map { "\($0)" }.sorted()
            )
            let more = try take(lines, into: target, at: 200, store)
            try expect(more.contains("created") && more.filter { $0 == "created" }.count > 4, is: false)
            let waiting = try store.read(target.id) { (reader) throws(Failure) -> Int64 in
                guard let name = Username("bob"), let bob = try reader.user(named: name) else { return -1 }
                return try DeliveryRules.waitingCount(for: bob, in: reader)
            }
            try expect(waiting, is: 0)
        },
        ContractCase(promise: "A trial finds what would be refused, and changes nothing") { store in
            let application = try store.makeApplication()
            let lines: [TransferRecord] = [
                try user("ann"), .contact("ann", "bob"), try user("bob"), .contact("ann", "bob"),
                group("g1", owner: "ann"), .member(TransferMember(group: "g1", name: "bob")),
                message(nil, "ann", "g1", at: -1, .group), message(nil, "ann", "g2", at: -1, .group),
            ]
            let outcomes = try store.read(application.id) { (reader) throws(Failure) -> [String] in
                var check = ImportCheck(ImportOptions(isDryRun: true), of: application, at: later(100))
                return lines.map { line in
                    do throws(Failure) { return "\(try check.take(line, in: reader))" } catch {
                        return error.lineReason
                    }
                }
            }
            try expect(
                outcomes,
                is: [
                    "created", "contact names the user [bob], which does not exist", "created", "created",
                    "created", "created", "created", "to names the group [g2], which does not exist",
                ]
            )
            let count = try store.read(application.id) { (reader) throws(Failure) in try reader.userCount() }
            try expect(count, is: 0)
        },
    ]
}
