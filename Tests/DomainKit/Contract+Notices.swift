// The contract of notices, and of the rules that keep them.

import Domain

extension Contract {
    static let notices: [ContractCase] = [
        ContractCase(
            promise: "Notices are a user's own, by id, tell what became of the proposal, and go with it"
        ) {
            store in
            let app = try store.makeApplication().id
            let other = try store.makeApplication("other").id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let proposal = try store.write(app) { (writer) throws(Failure) in
                try writer.insert(.sample(.contact(users[1]), from: users[0]), at: start)
            }
            let ids = (1...3).map { MessageID(rawValue: $0) }
            try store.write(app) { (writer) throws(Failure) in
                try writer.insertNotice(ids[1], for: users[0], about: proposal.id, isAnswer: true)
                try writer.insertNotice(ids[0], for: users[0], about: proposal.id, isAnswer: false)
                try writer.insertNotice(ids[2], for: users[1], about: proposal.id, isAnswer: false)
            }
            try store.write(other) { (writer) throws(Failure) in
                try writer.insertNotice(ids[2], for: users[0], about: proposal.id, isAnswer: false)
            }
            let found = try store.read(app) { (reader) throws(Failure) in
                [
                    try reader.notices(for: users[0], after: .none, limit: 9),
                    try reader.notices(for: users[0], after: .none, limit: 1),
                    try reader.notices(for: users[0], after: ids[0], limit: 9),
                    try reader.notices(for: users[1], after: .none, limit: 9),
                    [try reader.notice(ids[1], for: users[0]), try reader.notice(ids[1], for: users[1])]
                        .compactMap(\.self),
                ]
            }
            let (first, second) = (
                Notice(id: ids[0], proposal: proposal, isAnswer: false),
                Notice(id: ids[1], proposal: proposal, isAnswer: true)
            )
            let third = Notice(id: ids[2], proposal: proposal, isAnswer: false)
            try expect(found, is: [[first, second], [first], [second], [third], [second]])
            let left = try store.write(app) { (writer) throws(Failure) in
                // Proposed again: what was told of it before is over.
                _ = try writer.insert(.sample(.contact(users[1]), from: users[0]), at: later(1))
                return try writer.notices(for: users[0], after: .none, limit: 9)
            }
            try expect(left, is: [])
        },
        ContractCase(
            promise:
                "Whom a proposal concerns is told that it was made and how it was answered, and nobody else"
        ) {
            store in
            let application = try store.makeApplication()
            let users = try store.register(["ann", "bob", "cid", "dan"], in: application.id)
            let group = try store.makeGroup(
                of: users[0].id,
                with: [users[1].id, users[3].id],
                in: application.id
            )
            try store.write(application.id) { (writer) throws(Failure) in
                _ = try GroupMemberRules.addAdministrator("bob", to: group, by: backend, in: writer)
            }
            func told(_ work: @escaping @Sendable (any Writer) throws(Failure) -> Void) throws -> [String] {
                let before = store.announced.count
                try store.write(application.id, work)
                return store.announced.dropFirst(before).compactMap { announcement in
                    guard case .noticeKept(_, let user) = announcement.event else { return nil }
                    return users.first { $0.id == user }?.username.text
                }.sorted()
            }
            func answer(_ subject: ProposalSubject, from sender: User) throws -> [String] {
                try told { (writer) throws(Failure) in
                    let made = try ProposalRules.pending(subject, from: sender, at: later(1), in: writer)
                    _ = try ProposalRules.refuse(made, by: backend, at: later(1), in: writer)
                }
            }
            let request = try told { (writer) throws(Failure) in
                _ = try ProposalRules.requestContact(
                    with: users[2],
                    from: users[3],
                    of: application,
                    at: start,
                    in: writer
                )
            }
            try expect(request, is: ["cid", "dan"])
            try expect(try answer(.contact(users[2].id), from: users[3]), is: ["cid", "dan"])
            let applied = try told { (writer) throws(Failure) in
                _ = try ProposalRules.apply(to: group, as: users[2], of: application, at: start, in: writer)
            }
            try expect(applied, is: ["ann", "bob"])
            try expect(try answer(.application(group.id), from: users[2]), is: ["cid"])
            let invited = try told { (writer) throws(Failure) in
                _ = try ProposalRules.invite(
                    .user(users[2]),
                    into: group,
                    from: users[3],
                    of: application,
                    at: start,
                    in: writer
                )
            }
            try expect(invited, is: ["cid"])
            try expect(try answer(.invitation(users[2].id, group.id), from: users[3]), is: ["dan"])
        },
    ]
}
