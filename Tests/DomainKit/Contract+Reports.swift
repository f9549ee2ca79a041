// The contract of reports: kept counts, connections, receipts, and groups by name.

import Domain

extension Contract {
    static let reports: [ContractCase] = keptCounts + connections + messageReceipts + namedGroups

    private static let keptCounts: [ContractCase] = [
        ContractCase(promise: "The size of an application is kept, also over what goes by cascade") { store in
            let app = try store.makeApplication().id
            let other = try store.makeApplication("other").id
            let users = try store.register(["ann", "bob", "cid"], in: app)
            try store.register("ann", in: other)
            _ = try store.makeGroup(of: users[0].id, with: [users[1].id], in: app)
            func counts(_ app: ApplicationID) throws -> ApplicationCounts {
                try store.read(app) { (reader) throws(Failure) in try reader.counts() }
            }
            try expect(
                try counts(app),
                is: ApplicationCounts(users: 3, groups: 1, rooms: 0, fileBytes: 0)
            )
            try store.write(app) { (writer) throws(Failure) in try writer.delete(users[0].id) }
            try expect(
                try counts(app),
                is: ApplicationCounts(users: 2, groups: 0, rooms: 0, fileBytes: 0)
            )
            try expect(try counts(other).users, is: 1)
            try store.administer(writing: { (writer) throws(Failure) in try writer.deleteApplication(app) })
            try expect(try counts(other).users, is: 1)
        },
        ContractCase(
            promise:
                "Messages are counted by minute and day, of one application, and not those of a failed transaction"
        ) { store in
            let world = try MessageWorld(store)
            func counts(_ span: CountedSpan, _ from: Int64 = 0) throws -> [Int] {
                try store.read(world.app) { (reader) throws(Failure) in
                    try reader.messageCounts(by: span, from: later(from)).map(\.count)
                }
            }
            try expect(try counts(.minute), is: [])
            // The first moment is 20 seconds into a minute.
            for second in [1, 2, 39, 41] as [Int64] {
                _ = try world.send("m", from: "u1", to: "u0", at: later(second))
            }
            try expect(try counts(.minute), is: [3, 1])
            try expect(try counts(.minute, 40), is: [1])
            try expect(try counts(.day), is: [4])
            try expect(.notFound(.user, id: "x")) {
                try store.write(world.app) { (writer) throws(Failure) in
                    let from = try MessageRules.sender("u1", for: .single, at: later(50), in: writer)
                    _ = try MessageRules.send(
                        MessageDraft(MessageContent(kind: .text, text: "lost")),
                        from: from,
                        toUser: "u0",
                        at: later(50),
                        in: writer
                    )
                    throw Failure.notFound(.user, id: "x")
                }
            }
            try expect(try counts(.day), is: [4])
            let other = try store.makeApplication("other").id
            let foreign = try store.read(other) { (reader) throws(Failure) in
                try reader.messageCounts(by: .day, from: start)
            }
            try expect(foreign, is: [])
            let report = try store.read(world.app) { (reader) throws(Failure) in
                (
                    try ReportRules.traffic(by: .day, at: later(60), in: reader).map(\.count),
                    try ReportRules.traffic(by: .minute, at: later(60), in: reader).map(\.count)
                )
            }
            try expect(report.0, is: Array(repeating: 0, count: 29) + [4])
            try expect(report.1, is: Array(repeating: 0, count: 58) + [3, 1])
        },
    ]

    private static let connections: [ContractCase] = [
        ContractCase(
            promise: "Connections are a user's own, newest first, a page at a time, until they are too old"
        ) {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app)
            let day: Int64 = 86_400
            func begin(_ number: Int64, _ user: Int, at seconds: Int64) throws {
                try store.write(app) { (writer) throws(Failure) in
                    let began = NewConnection(
                        user: users[user].id,
                        number: number,
                        opened: later(seconds),
                        address: "192.0.2.\(number)",
                        platform: 2
                    )
                    try ConnectionRules.note([.began(began)], at: later(seconds), in: writer)
                }
            }
            for (number, user, seconds) in [(1, 0, 0), (2, 1, 10), (3, 0, 20)] as [(Int64, Int, Int64)] {
                try begin(number, user, at: seconds)
            }
            let end = PastConnection.End(at: later(30), reason: .signedOut)
            try store.write(app) { (writer) throws(Failure) in
                // Another user's, and one that was never there, stay as they are.
                try ConnectionRules.note(
                    [
                        .ended(1, of: users[0].id, end), .ended(2, of: users[0].id, end),
                        .ended(9, of: users[0].id, end),
                    ],
                    at: later(30),
                    in: writer
                )
            }
            func page(_ user: Int, _ limit: Int, _ cursor: Cursor? = nil, at seconds: Int64 = 60) throws
                -> Page<PastConnection>
            {
                try store.read(app) { (reader) throws(Failure) in
                    try ConnectionRules.page(
                        limit,
                        before: cursor,
                        of: users[user],
                        at: later(seconds),
                        in: reader
                    )
                }
            }
            let first = try page(0, 1)
            try expect(first.elements.map(\.address), is: ["192.0.2.3"])
            try expect(first.elements[0].end, is: nil)
            let second = try page(0, 1, first.next)
            try expect(second.elements.map(\.address), is: ["192.0.2.1"])
            try expect(second.elements[0].end, is: end)
            try expect(second.next, is: nil)
            try expect(try page(1, 9).elements.map(\.end), is: [nil])
            try expect(try page(0, 9, at: 30 * day + 10).elements.map(\.address), is: ["192.0.2.3"])
            try begin(4, 1, at: 30 * day + 15)
            let kept = try store.read(app) { (reader) throws(Failure) in
                try reader.connections(of: users[0].id, since: start, before: nil, limit: 9).map(\.address)
            }
            try expect(kept, is: ["192.0.2.3"])
            try store.administer(writing: { (writer) throws(Failure) in
                try writer.endLostConnections(at: later(31 * day))
            })
            let lost = PastConnection.End(at: later(31 * day), reason: .lost)
            try expect(try page(1, 9, at: 30 * day + 15).elements.map(\.end), is: [lost])
            try store.write(app) { (writer) throws(Failure) in try writer.delete(users[1].id) }
            try expect(try page(1, 9).elements.count, is: 0)
        }
    ]

    private static let messageReceipts: [ContractCase] = [
        ContractCase(promise: "A message says whom it has come to, who has read it and who refuses it") {
            store in
            let world = try MessageWorld(store)
            let id = try world.id(try world.post("m", from: "u1"))
            func report(_ limit: Int = 9, _ cursor: Cursor? = nil) throws -> ReceiptRules.Report {
                try store.read(world.app) { (reader) throws(Failure) in
                    try ReceiptRules.report(on: id.text, limit, after: { _ in cursor }, in: reader)
                }
            }
            try expect(.notFound(.message, id: "7")) {
                try store.read(world.app) { (reader) throws(Failure) in
                    _ = try ReceiptRules.report(on: "7", 9, after: { _ in nil }, in: reader)
                }
            }
            try expect(try report().counts, is: ReceiptCounts(receivers: 2))
            try expect(try report().page.elements.map(\.receipt.name), is: ["u0", "u2"])
            try store.write(world.app) { (writer) throws(Failure) in
                try DeliveryRules.acknowledge(through: id, by: world.users[0], in: writer)
            }
            try expect(try report().counts, is: ReceiptCounts(receivers: 2, delivered: 1))
            let first = try report(1)
            try expect(first.page.elements.map(\.receipt.isDelivered), is: [true])
            try expect(first.page.elements[0].receipt.deliveredAt, is: start)
            try expect(try report(1, first.page.next).page.elements.map(\.receipt.name), is: ["u2"])
            try store.write(world.app) { (writer) throws(Failure) in
                let user = world.users[0]
                guard let message = try writer.message(id),
                    let conversation = try writer.conversation(message.address),
                    let position = try writer.position(of: user.id, in: conversation.id)
                else { return }
                try SequenceRules.read(
                    through: conversation.lastSequence,
                    in: FollowedConversation(conversation, position),
                    for: user,
                    in: writer
                )
            }
            try expect(try report().counts, is: ReceiptCounts(receivers: 2, delivered: 1, read: 1))
            try expect(try report().page.elements.map(\.receipt.readAt), is: [start, nil])
            let address = try require(try world.message(id)?.address)
            try store.write(world.app) { (writer) throws(Failure) in
                let user = world.users[2]
                try RefusalRules.set(.refused, of: user, in: address, at: later(5), in: writer)
            }
            let refused = try world.id(try world.post("n", from: "u1", at: later(6)))
            let lines = try store.read(world.app) { (reader) throws(Failure) in
                try ReceiptRules.report(on: refused.text, 9, after: { _ in nil }, in: reader).page.elements
            }
            try expect(lines.map(\.isRefused), is: [false, true])
        },
        ContractCase(promise: "A message for some members names these as its receivers") { store in
            let world = try MessageWorld(store)
            let id = try world.id(try world.post("m", from: "u1", members: ["u2"]))
            let report = try store.write(world.app) { (writer) throws(Failure) in
                try DeliveryRules.acknowledge(through: id, by: world.users[2], in: writer)
                return try ReceiptRules.report(on: id.text, 9, after: { _ in nil }, in: writer)
            }
            try expect(report.counts, is: ReceiptCounts(receivers: 1, delivered: 1))
            try expect(report.page.elements.map(\.receipt.name), is: ["u2"])
            try expect(report.page.elements[0].receipt.deliveredAt, is: start)
        },
    ]

    private static let namedGroups: [ContractCase] = [
        ContractCase(promise: "Groups are found by a part of their name in any case, a page at a time") {
            store in
            let application = try store.makeApplication()
            let owner = try store.register("ann", in: application.id)
            try store.write(application.id) { (writer) throws(Failure) in
                for (index, name) in ["Ärzte Nord", "Sales", "ärzte süd", "presales", "Sales"].enumerated() {
                    let kind: GroupKind = index == 4 ? .room : .group
                    let settings = GroupSettings(
                        name: name,
                        description: "",
                        isPublic: true,
                        maximumMembers: 9
                    )
                    let id = GroupID(rawValue: try writer.nextID(at: later(Int64(index))))
                    _ = try writer.insertGroup(id, kind, settings, owner: owner.id, at: start)
                }
            }
            func page(_ text: String, _ limit: Int = 9, _ cursor: Cursor? = nil) throws -> Page<Group> {
                try store.read(application.id) { (reader) throws(Failure) in
                    try ReportRules.page(
                        .group,
                        named: text,
                        limit,
                        before: cursor,
                        of: application,
                        in: reader
                    )
                }
            }
            func names(_ page: Page<Group>) -> [String] { page.elements.map(\.settings.name) }
            try expect(names(try page("x")), is: [])
            try expect(names(try page("ÄRZTE")), is: ["ärzte süd", "Ärzte Nord"])
            try expect(names(try page("sales")), is: ["presales", "Sales"])
            let first = try page("SALES", 1)
            try expect(names(first), is: ["presales"])
            let second = try page("SALES", 1, first.next)
            try expect(names(second), is: ["Sales"])
            let third = try second.next.map { try page("SALES", 1, $0) }
            try expect(third.map(names) ?? [], is: [])
        }
    ]
}
