// The promises of the rules of proposals, on a store of their own: who may ask, who may decide, and what follows.

import Domain

extension Contract {
    /// An application with four users, and a group of `ann` in which `bob` is an administrator and `cid` a member.
    private struct World {
        let application: Application
        let users: [User]
        let group: Group
    }

    private static func world(_ store: any Store) throws -> World {
        let application = try store.makeApplication()
        let users = try store.register(["ann", "bob", "cid", "dan", "eve"], in: application.id)
        let group = try store.makeGroup(
            of: users[0].id,
            with: [users[1].id, users[2].id],
            in: application.id
        )
        let found = try store.write(application.id) { (writer) throws(Failure) -> Group? in
            _ = try writer.setAdministrator(true, users[1].id, in: group.id)
            return try writer.group(group.id)
        }
        return World(application: application, users: users, group: try require(found))
    }

    static let proposalRules: [ContractCase] = [
        ContractCase(
            promise: "An accepted friend request makes both contacts, and its sender's remark is set"
        ) { store in
            let world = try world(store)
            let (ann, bob, app) = (world.users[0], world.users[1], world.application)
            let (decided, contacts) = try store.write(app.id) { (writer) throws(Failure) in
                let words = ProposalRules.Words(message: "hello", remark: "the builder")
                let made = try ProposalRules.requestContact(
                    with: bob,
                    from: ann,
                    words,
                    of: app,
                    at: start,
                    in: writer
                )
                let decided = try ProposalRules.accept(
                    made,
                    by: .user(bob),
                    reply: "yes",
                    of: app,
                    at: later(1),
                    in: writer
                )
                return (
                    decided,
                    [
                        try writer.contacts(of: ann.id, after: nil, limit: 9),
                        try writer.contacts(of: bob.id, after: nil, limit: 9),
                    ]
                )
            }
            try expect(contacts[0], is: [Contact(user: bob, remark: "the builder", created: later(1))])
            try expect(contacts[1], is: [Contact(user: ann, remark: nil, created: later(1))])
            let found = try store.read(app.id) { (reader) throws(Failure) in
                try reader.proposal(.contact(bob.id), from: ann.id)
            }
            try expect(found, is: decided)
            try expect(found?.state(at: later(1)), is: .accepted)
            try expect(found?.decision?.handlerName, is: "bob")
        },
        ContractCase(promise: "One yes answers the request in the other direction, too") { store in
            let world = try world(store)
            let (ann, bob, app) = (world.users[0], world.users[1], world.application)
            let (twin, remarks) = try store.write(app.id) { (writer) throws(Failure) in
                let made = try ProposalRules.requestContact(
                    with: bob,
                    from: ann,
                    .init(remark: "b"),
                    of: app,
                    at: start,
                    in: writer
                )
                _ = try ProposalRules.requestContact(
                    with: ann,
                    from: bob,
                    .init(remark: "a"),
                    of: app,
                    at: start,
                    in: writer
                )
                _ = try ProposalRules.accept(made, by: .user(bob), of: app, at: start, in: writer)
                return (
                    try writer.proposal(.contact(ann.id), from: bob.id),
                    try writer.contacts(of: ann.id, after: nil, limit: 9).map(\.remark)
                        + writer.contacts(of: bob.id, after: nil, limit: 9).map(\.remark)
                )
            }
            try expect(twin?.state(at: start), is: .accepted)
            try expect(remarks, is: ["b", "a"])
        },
        ContractCase(
            promise: "A refused request makes nobody a contact, can't be accepted, and can be made again"
        ) {
            store in
            let world = try world(store)
            let (ann, bob, app) = (world.users[0], world.users[1], world.application)
            let made = try store.write(app.id) { (writer) throws(Failure) in
                let made = try ProposalRules.requestContact(
                    with: bob,
                    from: ann,
                    of: app,
                    at: start,
                    in: writer
                )
                _ = try ProposalRules.refuse(made, by: .user(bob), reply: "no", at: start, in: writer)
                return made
            }
            try expect(.notFound(.proposal, id: "ann")) {
                try store.write(app.id) { (writer) throws(Failure) in
                    try ProposalRules.accept(made, by: .user(bob), of: app, at: start, in: writer)
                }
            }
            try expect(.notFound(.proposal, id: "ann")) {
                try store.read(app.id) { (reader) throws(Failure) in
                    try ProposalRules.pending(.contact(bob.id), from: ann, at: start, in: reader)
                }
            }
            let (count, again) = try store.write(app.id) { (writer) throws(Failure) in
                (
                    try writer.contactCount(of: ann.id) + writer.contactCount(of: bob.id),
                    try ProposalRules.requestContact(with: bob, from: ann, of: app, at: start, in: writer)
                )
            }
            try expect(count, is: 0)
            try expect(again.state(at: start), is: .pending)
        },
        ContractCase(
            promise: "A proposal expires by itself: after the application's time, after its own, or never"
        ) {
            store in
            let world = try world(store)
            let (ann, app) = (world.users[0], world.application)
            let week = Int64(app.settings.proposalSeconds)
            for (lifetime, seconds, state) in [
                (nil, week - 1, ProposalState.pending), (nil, week, .expired),
                (3 * 86_400, 3 * 86_400 - 1, .pending),
                (3 * 86_400, 3 * 86_400, .expired), (0, 9_000_000_000, .pending),
            ] as [(Int?, Int64, ProposalState)] {
                let made = try store.write(app.id) { (writer) throws(Failure) in
                    try ProposalRules.requestContact(
                        with: world.users[1],
                        from: ann,
                        .init(lifetimeSeconds: lifetime),
                        of: app,
                        at: start,
                        in: writer
                    )
                }
                try expect(made.state(at: later(seconds)), is: state)
                guard state == .expired else { continue }
                for isAccepted in [true, false] {
                    try expect(.notFound(.proposal, id: "ann")) {
                        try store.write(app.id) { (writer) throws(Failure) in
                            isAccepted
                                ? try ProposalRules.accept(
                                    made,
                                    by: backend,
                                    of: app,
                                    at: later(seconds),
                                    in: writer
                                )
                                : try ProposalRules.refuse(
                                    made,
                                    by: backend,
                                    at: later(seconds),
                                    in: writer
                                )
                        }
                    }
                }
            }
        },
        ContractCase(
            promise:
                "Requests to oneself, to a contact, to who blocks the sender, or beyond the limit are refused"
        ) {
            store in
            let world = try world(store)
            let users = world.users
            try store.write(world.application.id) { (writer) throws(Failure) in
                try ContactRules.add(users[1], to: users[0], of: world.application, at: start, in: writer)
                _ = try writer.insertBlock(users[0].id, by: users[2].id, at: start)
            }
            for (other, failure) in [
                (users[0], Failure.invalid(field: "contact_username", .selfReference)),
                (users[1], .conflict(.contact, id: "bob")), (users[2], .forbidden(.blocked)),
            ] {
                try expect(failure) {
                    try store.write(world.application.id) { (writer) throws(Failure) in
                        try ProposalRules.requestContact(
                            with: other,
                            from: users[0],
                            of: world.application,
                            at: start,
                            in: writer
                        )
                    }
                }
            }
            var settings = world.application.settings
            settings.maximumContacts = 1
            let full = world.application.with(settings)
            try expect(.limitReached(.contacts, maximum: 1)) {
                try store.write(full.id) { (writer) throws(Failure) in
                    try ProposalRules.requestContact(
                        with: users[3],
                        from: users[0],
                        of: full,
                        at: start,
                        in: writer
                    )
                }
            }
            let made = try store.write(full.id) { (writer) throws(Failure) in
                try ProposalRules.requestContact(
                    with: users[0],
                    from: users[3],
                    of: full,
                    at: start,
                    in: writer
                )
            }
            // The other side's limit counts when it says yes; then the request stays.
            try expect(.limitReached(.contacts, maximum: 1)) {
                try store.write(full.id) { (writer) throws(Failure) in
                    try ProposalRules.accept(made, by: .user(users[0]), of: full, at: start, in: writer)
                }
            }
            let still = try store.read(full.id) { (reader) throws(Failure) in
                try ProposalRules.pending(.contact(users[0].id), from: users[3], at: start, in: reader)
            }
            try expect(still, is: made)
        },
        ContractCase(
            promise:
                "Only the recipient decides a request or invitation, only owner and administrators an application"
        ) {
            store in
            let world = try world(store)
            let (users, group, app) = (world.users, world.group, world.application)
            let made = try store.write(app.id) { (writer) throws(Failure) in
                [
                    try ProposalRules.requestContact(
                        with: users[3],
                        from: users[4],
                        of: app,
                        at: start,
                        in: writer
                    ),
                    try ProposalRules.invite(
                        .user(users[3]),
                        into: group,
                        from: users[2],
                        of: app,
                        at: start,
                        in: writer
                    ),
                    try ProposalRules.apply(to: group, as: users[4], of: app, at: start, in: writer),
                ]
            }
            for (index, decider, failure) in [
                (0, 4, Failure.forbidden(.insufficientScope)), (0, 0, .forbidden(.insufficientScope)),
                (1, 2, .forbidden(.insufficientScope)), (1, 0, .forbidden(.insufficientScope)),
                (2, 2, .forbidden(.permission(.accept))),
                (2, 4, .forbidden(.permission(.accept))),
            ] {
                for isAccepted in [true, false] {
                    try expect(failure) {
                        try store.write(app.id) { (writer) throws(Failure) in
                            isAccepted
                                ? try ProposalRules.accept(
                                    made[index],
                                    by: .user(users[decider]),
                                    of: app,
                                    at: start,
                                    in: writer
                                )
                                : try ProposalRules.refuse(
                                    made[index],
                                    by: .user(users[decider]),
                                    at: start,
                                    in: writer
                                )
                        }
                    }
                }
            }
            let members = try store.write(app.id) { (writer) throws(Failure) in
                _ = try ProposalRules.accept(made[2], by: .user(users[1]), of: app, at: start, in: writer)
                _ = try ProposalRules.accept(made[1], by: .user(users[3]), of: app, at: start, in: writer)
                return try writer.members(of: group.id, after: nil, limit: 9).map(\.name)
            }
            try expect(members, is: ["bob", "cid", "eve", "dan", "ann"])
        },
        ContractCase(
            promise:
                "Nobody applies to a room, to an own group or past its block list, and only members invite"
        ) {
            store in
            let world = try world(store)
            let (users, group, app) = (world.users, world.group, world.application)
            let room = try store.makeGroup(.room, of: users[0].id, in: app.id)
            try store.write(app.id) { (writer) throws(Failure) in
                _ = try writer.block(users[3].id, until: nil, in: group.id, at: start)
                _ = try writer.insertBlock(users[0].id, by: users[4].id, at: start)
            }
            for (user, place, failure) in [
                (users[3], group, Failure.group(.blocked("dan", group.id))),
                (users[2], group, .group(.alreadyMembers(["cid"], group.id))),
                (users[4], room, .notFound(.group, id: room.id.text)),
            ] {
                try expect(failure) {
                    try store.write(app.id) { (writer) throws(Failure) in
                        try ProposalRules.apply(to: place, as: user, of: app, at: start, in: writer)
                    }
                }
                try expect(failure) {
                    try store.write(app.id) { (writer) throws(Failure) in
                        try ProposalRules.invite(
                            .user(user),
                            into: place,
                            from: users[0],
                            of: app,
                            at: start,
                            in: writer
                        )
                    }
                }
            }
            for (sender, failure) in [
                (users[3], Failure.forbidden(.insufficientScope)), (users[0], .forbidden(.blocked)),
            ] {
                try expect(failure) {
                    try store.write(app.id) { (writer) throws(Failure) in
                        try ProposalRules.invite(
                            .user(users[4]),
                            into: group,
                            from: sender,
                            of: app,
                            at: start,
                            in: writer
                        )
                    }
                }
            }
        },
        ContractCase(promise: "Who came in another way meanwhile can still be accepted, and comes in once") {
            store in
            let world = try world(store)
            let (users, group, app) = (world.users, world.group, world.application)
            let count = try store.write(app.id) { (writer) throws(Failure) in
                let made = try ProposalRules.apply(to: group, as: users[3], of: app, at: start, in: writer)
                _ = try writer.insertMember(users[3].id, into: group.id, at: start)
                _ = try ProposalRules.accept(made, by: backend, of: app, at: start, in: writer)
                return try writer.group(group.id)?.memberCount
            }
            try expect(count, is: 4)
        },
        ContractCase(promise: "Pages of proposals hold together, and each list has cursors of its own") {
            store in
            let world = try world(store)
            let (users, app) = (world.users, world.application)
            let names = try store.write(app.id) { (writer) throws(Failure) in
                for user in users.dropFirst() {
                    _ = try ProposalRules.requestContact(
                        with: users[0],
                        from: user,
                        of: app,
                        at: start,
                        in: writer
                    )
                }
                var names: [[String]] = []
                var cursor: Cursor?
                repeat {
                    let page = try ProposalRules.page(
                        .received(users[0].id, .contact),
                        pendingAt: start,
                        3,
                        before: cursor,
                        in: writer
                    )
                    names.append(page.elements.map(\.senderName))
                    cursor = page.next
                } while cursor != nil
                return names
            }
            try expect(names, is: [["eve", "dan", "cid"], ["bob"]])
        },
    ]
}

extension Application {
    /// The same application with other settings.
    fileprivate func with(_ settings: ApplicationSettings) -> Application {
        Application(
            id: id,
            uuid: uuid,
            organization: organization,
            name: name,
            created: created,
            settings: settings,
            credentials: credentials
        )
    }
}
