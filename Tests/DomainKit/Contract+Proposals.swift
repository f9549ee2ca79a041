// The contract of the repository of friend requests, group applications and invitations.

public import Domain

extension Store {
    /// Puts proposals of each kind between two users: `bob` has asked, applied and invited, and `ann` has answered.
    ///
    /// - Parameter group: where `bob` applies, and whom both invite into.
    public func furnishProposals(
        _ ann: UserID,
        _ bob: UserID,
        _ group: GroupID,
        in application: ApplicationID
    ) throws {
        try write(application) { (writer) throws(Failure) in
            for (sender, subject) in [
                (bob, ProposalSubject.contact(ann)), (ann, .contact(bob)), (bob, .application(group)),
                (ann, .application(group)), (bob, .invitation(ann, group)), (ann, .invitation(bob, group)),
            ] {
                let made = try writer.insert(.sample(subject, from: sender), at: Contract.start)
                let decision = ProposalDecision(
                    isAccepted: false,
                    reply: "no",
                    moment: Contract.start,
                    handler: sender == ann ? bob : ann,
                    handlerName: nil
                )
                _ = try writer.decide(made.id, decision, keptUntil: Contract.later(60))
            }
        }
    }
}

extension NewProposal {
    /// A proposal that can be decided for a minute and is kept for two.
    static func sample(_ subject: ProposalSubject, from sender: UserID, message: String = "hi") -> NewProposal
    {
        NewProposal(
            subject: subject,
            sender: sender,
            message: message,
            remark: "r",
            expires: Contract.later(60),
            keptUntil: Contract.later(120)
        )
    }
}

extension Contract {
    static let proposals: [ContractCase] = [
        ContractCase(
            promise: "A proposal of each kind is found by its sender and subject, with all it was given"
        ) {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["Ann", "Bob"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], in: app).id
            let subjects: [ProposalSubject] = [
                .contact(users[1]), .application(group), .invitation(users[1], group),
            ]
            for subject in subjects {
                let (made, found) = try store.write(app) { (writer) throws(Failure) in
                    (
                        try writer.insert(.sample(subject, from: users[0]), at: start),
                        try writer.proposal(subject, from: users[0])
                    )
                }
                try expect(found, is: made)
                let expected = Proposal(
                    id: made.id,
                    subject: subject,
                    sender: users[0],
                    senderName: "Ann",
                    recipientName: subject.recipient == nil ? nil : "Bob",
                    message: "hi",
                    remark: "r",
                    created: start,
                    expires: later(60),
                    decision: nil
                )
                try expect(made, is: expected)
            }
        },
        ContractCase(promise: "The same proposal made again replaces the one before and is the newest") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid"], in: app).map(\.id)
            let found = try store.write(app) { (writer) throws(Failure) in
                let first = try writer.insert(.sample(.contact(users[1]), from: users[0]), at: start)
                let no = ProposalDecision(
                    isAccepted: false,
                    reply: "",
                    moment: start,
                    handler: users[1],
                    handlerName: "bob"
                )
                _ = try writer.decide(first.id, no, keptUntil: later(9))
                _ = try writer.insert(.sample(.contact(users[2]), from: users[0]), at: start)
                _ = try writer.insert(
                    .sample(.contact(users[1]), from: users[0], message: "again"),
                    at: later(1)
                )
                return try writer.proposals(.sent(users[0], .contact), pendingAt: nil, before: nil, limit: 9)
            }
            try expect(found.map(\.recipientName), is: ["bob", "cid"])
            try expect(found.map(\.message), is: ["again", "hi"])
            try expect(found.map(\.decision), is: [nil, nil])
        },
        ContractCase(promise: "Both directions, and invitations of two inviters, stand beside each other") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], in: app).id
            let counts = try store.write(app) { (writer) throws(Failure) in
                for (sender, subject) in [
                    (users[0], ProposalSubject.contact(users[1])), (users[1], .contact(users[0])),
                    (users[0], .invitation(users[2], group)), (users[1], .invitation(users[2], group)),
                ] {
                    _ = try writer.insert(.sample(subject, from: sender), at: start)
                }
                var counts: [Int] = []
                for list in [
                    ProposalList.received(users[0], .contact), .received(users[1], .contact),
                    .received(users[2], .invitation), .sent(users[0], .invitation),
                    .sent(users[0], .application),
                ] {
                    counts.append(try writer.proposals(list, pendingAt: nil, before: nil, limit: 9).count)
                }
                return counts
            }
            try expect(counts, is: [1, 1, 2, 1, 0])
        },
        ContractCase(promise: "A proposal is decided once, and keeps who decided, when and with which words")
        { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let yes = ProposalDecision(
                isAccepted: true,
                reply: "fine",
                moment: later(5),
                handler: users[1],
                handlerName: "bob"
            )
            let no = ProposalDecision(
                isAccepted: false,
                reply: "no",
                moment: later(6),
                handler: nil,
                handlerName: nil
            )
            let (done, found) = try store.write(app) { (writer) throws(Failure) in
                let made = try writer.insert(.sample(.contact(users[1]), from: users[0]), at: start)
                let done = [
                    try writer.decide(made.id, yes, keptUntil: later(99)),
                    try writer.decide(made.id, no, keptUntil: later(99)),
                    try writer.decide(ProposalID(rawValue: 4711), no, keptUntil: later(99)),
                ]
                return (done, try writer.proposal(.contact(users[1]), from: users[0]))
            }
            try expect(done, is: [true, false, false])
            try expect(found?.decision, is: yes)
        },
        ContractCase(
            promise: "Lists come newest first, page by key, and leave out what can't be decided on demand"
        ) {
            store in
            let app = try store.makeApplication().id
            let names = (0..<7).map { "user\($0)" }
            let users = try store.register(["ann"] + names, in: app).map(\.id)
            let pages = try store.write(app) { (writer) throws(Failure) in
                for user in users.dropFirst() {
                    _ = try writer.insert(.sample(.contact(users[0]), from: user), at: start)
                }
                let list = ProposalList.received(users[0], .contact)
                let all = try writer.proposals(list, pendingAt: nil, before: nil, limit: 9)
                let no = ProposalDecision(
                    isAccepted: false,
                    reply: "",
                    moment: start,
                    handler: nil,
                    handlerName: nil
                )
                _ = try writer.decide(all[1].id, no, keptUntil: later(9))
                return [
                    try writer.proposals(list, pendingAt: nil, before: nil, limit: 3),
                    try writer.proposals(list, pendingAt: nil, before: all[2].id, limit: 3),
                    try writer.proposals(list, pendingAt: later(59), before: nil, limit: 3),
                    try writer.proposals(list, pendingAt: later(60), before: nil, limit: 3),
                ]
            }
            try expect(
                pages.map { $0.map(\.senderName) },
                is: [
                    ["user6", "user5", "user4"], ["user3", "user2", "user1"], ["user6", "user4", "user3"], [],
                ]
            )
        },
        ContractCase(promise: "Who keeps groups in order sees the applications to all of them, newest first")
        { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid", "dan"], in: app).map(\.id)
            let own = try store.makeGroup(of: users[0], with: [users[1]], in: app).id
            let helped = try store.makeGroup(of: users[1], with: [users[0]], in: app).id
            let foreign = try store.makeGroup(of: users[1], with: [users[0]], in: app).id
            let found = try store.write(app) { (writer) throws(Failure) in
                _ = try writer.setAdministrator(true, users[0], in: helped)
                for (sender, group) in [(2, own), (2, helped), (3, foreign), (3, own)] {
                    _ = try writer.insert(.sample(.application(group), from: users[sender]), at: start)
                }
                _ = try writer.insert(.sample(.invitation(users[3], own), from: users[0]), at: start)
                let first = try writer.proposals(.managed(users[0]), pendingAt: nil, before: nil, limit: 2)
                return [
                    first,
                    try writer.proposals(.managed(users[0]), pendingAt: nil, before: first[1].id, limit: 2),
                    try writer.proposals(.managed(users[2]), pendingAt: nil, before: nil, limit: 2),
                    try writer.proposals(.applications(own), pendingAt: nil, before: nil, limit: 9),
                ]
            }
            try expect(
                found.map { $0.map { "\($0.senderName) \($0.subject.group == own)" } },
                is: [["dan true", "cid false"], ["cid true"], [], ["dan true", "cid true"]]
            )
        },
        ContractCase(
            promise: "Proposals go with either user and with the group; of the handler only the name goes"
        ) {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid", "dan"], in: app).map(\.id)
            let group = try store.makeGroup(of: users[0], in: app).id
            let other = try store.makeGroup(of: users[0], in: app).id
            let left = try store.write(app) { (writer) throws(Failure) in
                for (sender, subject) in [
                    (users[1], ProposalSubject.contact(users[2])), (users[2], .contact(users[1])),
                    (users[2], .application(group)), (users[2], .application(other)),
                    (users[0], .invitation(users[2], group)),
                ] {
                    let made = try writer.insert(.sample(subject, from: sender), at: start)
                    let yes = ProposalDecision(
                        isAccepted: true,
                        reply: "",
                        moment: start,
                        handler: users[3],
                        handlerName: "dan"
                    )
                    _ = try writer.decide(made.id, yes, keptUntil: later(9))
                }
                try writer.delete(users[1])
                try writer.deleteGroup(group)
                try writer.delete(users[3])
                return [
                    try writer.proposals(.sent(users[2], .contact), pendingAt: nil, before: nil, limit: 9),
                    try writer.proposals(
                        .received(users[2], .contact),
                        pendingAt: nil,
                        before: nil,
                        limit: 9
                    ),
                    try writer.proposals(
                        .received(users[2], .invitation),
                        pendingAt: nil,
                        before: nil,
                        limit: 9
                    ),
                    try writer.proposals(
                        .sent(users[2], .application),
                        pendingAt: nil,
                        before: nil,
                        limit: 9
                    ),
                ]
            }
            try expect(left.map(\.count), is: [0, 0, 0, 1])
            let decision = left[3][0].decision
            try expect(
                decision,
                is: ProposalDecision(
                    isAccepted: true,
                    reply: "",
                    moment: start,
                    handler: nil,
                    handlerName: nil
                )
            )
        },
        ContractCase(promise: "Old rows are removed in the order of their end, so many and no more") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob", "cid", "dan"], in: app).map(\.id)
            let counts = try store.write(app) { (writer) throws(Failure) in
                for (index, user) in users.dropFirst().enumerated() {
                    _ = try writer.insert(
                        NewProposal(
                            subject: .contact(user),
                            sender: users[0],
                            message: "",
                            remark: nil,
                            expires: start,
                            keptUntil: index == 2 ? nil : later(Int64(20 - index))
                        ),
                        at: start
                    )
                }
                var left: [[String?]] = []
                for (seconds, limit) in [(18, 9), (20, 1), (20, 1), (9_000_000, 9)] {
                    try writer.deleteProposals(keptUntil: later(Int64(seconds)), limit: limit)
                    left.append(
                        try writer.proposals(.sent(users[0], .contact), pendingAt: nil, before: nil, limit: 9)
                            .map(\.recipientName)
                    )
                }
                return left
            }
            try expect(counts, is: [["dan", "cid", "bob"], ["dan", "bob"], ["dan"], ["dan"]])
        },
        ContractCase(promise: "A proposal to or of somebody who doesn't exist can't be made") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let (nobody, nowhere) = (UserID(rawValue: 4711), GroupID(rawValue: 4711))
            for (sender, subject) in [
                (ann, ProposalSubject.contact(nobody)), (nobody, .contact(ann)), (ann, .application(nowhere)),
                (ann, .invitation(nobody, nowhere)),
            ] {
                try expect(.notFound(.user, id: "")) {
                    try store.write(app) { (writer) throws(Failure) in
                        try writer.insert(.sample(subject, from: sender), at: start)
                    }
                }
            }
        },
    ]

    static let proposalTenancy: [ContractCase] = [
        ContractCase(promise: "No method reads or changes proposals through another application's keys") {
            store in
            let (mine, theirs) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
            let users = try store.register(["ann", "bob"], in: theirs).map(\.id)
            let own = try store.register("own", in: mine).id
            let group = try store.makeGroup(of: users[0], in: theirs).id
            let lists: [ProposalList] = [
                .sent(users[1], .contact), .received(users[0], .contact), .applications(group),
                .managed(users[0]),
            ]
            let before = try store.write(theirs) { (writer) throws(Failure) in
                _ = try writer.insert(.sample(.contact(users[0]), from: users[1]), at: start)
                _ = try writer.insert(.sample(.application(group), from: users[1]), at: start)
                var found: [[Proposal]] = []
                for list in lists {
                    found.append(try writer.proposals(list, pendingAt: nil, before: nil, limit: 9))
                }
                return found
            }
            try expect(before.map(\.count), is: [1, 1, 1, 1])
            let yes = ProposalDecision(
                isAccepted: true,
                reply: "",
                moment: start,
                handler: own,
                handlerName: "own"
            )
            let seen = try store.write(mine) { (writer) throws(Failure) in
                var seen: [Bool] = [
                    try writer.proposal(.contact(users[0]), from: users[1]) != nil,
                    try writer.decide(before[0][0].id, yes, keptUntil: start),
                ]
                for list in lists {
                    seen.append(try !writer.proposals(list, pendingAt: nil, before: nil, limit: 9).isEmpty)
                }
                try writer.deleteProposals(keptUntil: later(9_000_000), limit: 99)
                return seen
            }
            try expect(seen, is: Array(repeating: false, count: 6))
            for (sender, subject) in [
                (own, ProposalSubject.contact(users[0])), (users[0], .contact(own)),
                (own, .application(group)),
                (own, .invitation(users[0], group)),
            ] {
                try expect(.notFound(.user, id: "")) {
                    try store.write(mine) { (writer) throws(Failure) in
                        try writer.insert(.sample(subject, from: sender), at: start)
                    }
                }
            }
            let after = try store.read(theirs) { (reader) throws(Failure) in
                var found: [[Proposal]] = []
                for list in lists {
                    found.append(try reader.proposals(list, pendingAt: nil, before: nil, limit: 9))
                }
                return found
            }
            try expect(after, is: before)
        },
        ContractCase(promise: "Who decided is only ever a user of the same application") { store in
            let (mine, theirs) = (try store.makeApplication("a").id, try store.makeApplication("b").id)
            let stranger = try store.register("cid", in: theirs).id
            let users = try store.register(["ann", "bob"], in: mine).map(\.id)
            let found = try store.write(mine) { (writer) throws(Failure) in
                let made = try writer.insert(.sample(.contact(users[0]), from: users[1]), at: start)
                let yes = ProposalDecision(
                    isAccepted: true,
                    reply: "",
                    moment: start,
                    handler: stranger,
                    handlerName: "cid"
                )
                _ = try writer.decide(made.id, yes, keptUntil: later(9))
                return try writer.proposal(.contact(users[0]), from: users[1])
            }
            try expect(found?.decision?.handler, is: nil)
            try expect(found?.decision?.handlerName, is: nil)
        },
    ]
}
