// The contract of receipts: what reaches users who want no messages, and what again when they do.

import Domain

extension Contract.MessageWorld {
    /// Sets what becomes of messages to a user, in one conversation or in all.
    fileprivate func set(
        _ option: UserProfile.MessageOption,
        of index: Int,
        in address: ConversationAddress? = nil
    ) throws {
        let user = users[index]
        try store.write(app) { (writer) throws(Failure) in
            if let address {
                try RefusalRules.set(option, of: user, in: address, at: Contract.later(1), in: writer)
            } else {
                _ = try RefusalRules.set(option, of: user.username.text, at: Contract.later(1), in: writer)
            }
        }
    }

    /// The places of those users who refuse a message, of all.
    fileprivate func refusers(of id: MessageID) throws -> [Int] {
        try store.read(app) { (reader) throws(Failure) in
            guard let message = try reader.message(id) else { return [-1] }
            var refusers: [Int] = []
            for index in users.indices
            where try RefusalRules.isRefused(message, by: users[index].id, in: reader) {
                refusers.append(index)
            }
            let canBe = try RefusalRules.canBeRefused(message, in: reader)
            return canBe || refusers.isEmpty ? refusers : [-2]
        }
    }

    /// Everything that a device of the user is given, waiting or not.
    fileprivate func synced(_ index: Int) throws -> [MessageID] {
        let user = users[index]
        return try store.read(app) { (reader) throws(Failure) in
            try DeliveryRules.missed(99, after: .none, isDevice: true, for: user, in: reader).map(\.id)
        }
    }

    fileprivate func stretches(_ index: Int) throws -> [RefusedStretch] {
        try store.read(app) { (reader) throws(Failure) in try reader.refusedStretches(of: users[index].id) }
    }

    /// Refuses and wants messages again, so many times, with a message from the next user in each state.
    ///
    /// - Parameter isAcknowledged: whether what is wanted is taken before the next change of mind.
    fileprivate func changeMind(
        of index: Int,
        times: Int,
        in address: ConversationAddress?,
        isAcknowledged: Bool = false
    ) throws -> (refused: [MessageID], wanted: [MessageID]) {
        let (sender, receiver) = ("u\(index + 1)", "u\(index)")
        var (refused, wanted): ([MessageID], [MessageID]) = ([], [])
        for _ in 0..<times {
            try set(.refused, of: index, in: address)
            refused.append(try id(try send("refused", from: sender, to: receiver)))
            try set(.told, of: index, in: address)
            let last = try id(try send("wanted", from: sender, to: receiver))
            wanted.append(last)
            if isAcknowledged { try acknowledge(last, by: index) }
        }
        return (refused, wanted)
    }

    fileprivate func isWaiting(_ id: MessageID, for index: Int) throws -> Bool {
        let user = users[index]
        return try store.read(app) { (reader) throws(Failure) in
            try DeliveryRules.isWaiting(id, for: user, in: reader)
        }
    }

    /// The conversation between two users.
    fileprivate func single(_ one: Int, _ other: Int) -> ConversationAddress {
        .between(users[one].username, users[other].username)
    }

    /// The number up to which a user has read a conversation.
    fileprivate func readNumber(_ index: Int, in address: ConversationAddress) throws -> Int64 {
        let user = users[index]
        return try store.read(app) { (reader) throws(Failure) in
            for followed in try reader.conversations(of: user.id)
            where followed.conversation.address == address {
                return try DeliveryRules.readNumber(in: followed, by: user, in: reader)
            }
            return -1
        }
    }

    fileprivate func read(_ number: Int64, by index: Int, in address: ConversationAddress) throws {
        let user = users[index]
        try store.write(app) { (writer) throws(Failure) in
            for followed in try writer.conversations(of: user.id)
            where followed.conversation.address == address {
                try SequenceRules.read(through: number, in: followed, for: user, in: writer)
            }
        }
    }
}

extension Contract {
    static let receipts: [ContractCase] = [
        ContractCase(promise: "Who refuses all messages gets none, and those who don't get theirs") { store in
            let world = try MessageWorld(store)
            try world.set(.refused, of: 0)
            let ids = [
                try world.id(try world.send("a", from: "u1", to: "u0")),
                try world.id(try world.post("b", from: "u1")),
                try world.broadcast("c"),
                try world.id(try world.post("d", from: "u1", members: ["u0", "u2"])),
            ]
            try expect(try world.waiting(0), is: [])
            try expect(try world.synced(0), is: [])
            try expect(try world.count(0), is: 0)
            for id in ids {
                try expect(try world.refusers(of: id), is: [0])
                try expect(try world.isWaiting(id, for: 0), is: false)
            }
            try expect(try world.waiting(2), is: [ids[1], ids[2], ids[3]])
            try expect(try world.count(2), is: 3)
            try expect(try world.message(ids[0])?.sequence, is: 1)
        },
        ContractCase(promise: "Who refuses one conversation gets the messages of the others") { store in
            let world = try MessageWorld(store)
            // Before its first message, too.
            try world.set(.refused, of: 0, in: world.single(0, 1))
            try world.set(.refused, of: 2, in: .of(world.group, .group))
            let single = try world.id(try world.send("a", from: "u1", to: "u0"))
            let other = try world.id(try world.send("b", from: "u2", to: "u0"))
            let group = try world.id(try world.post("c", from: "u1"))
            try expect(try (0..<3).map(world.waiting), is: [[other, group], [], []])
            try expect(try (0..<3).map(world.count), is: [2, 0, 0])
            try expect(try [single, other, group].map(world.refusers), is: [[0], [], [2]])
        },
        ContractCase(promise: "What was refused never comes, and what waited before and comes after does") {
            store in
            let world = try MessageWorld(store)
            let address = world.single(0, 1)
            var sent: [MessageID] = []
            func send(_ text: String) throws {
                sent.append(try world.id(try world.send(text, from: "u1", to: "u0")))
            }
            for option in [UserProfile.MessageOption.told, .refused, .refused, .silent, .refused, .told] {
                try world.set(option, of: 0, in: address)
                for text in ["a", "b"] { try send(text) }
                // One's own is no obstacle.
                _ = try world.send("own", from: "u0", to: "u1")
            }
            let received = [sent[0], sent[1], sent[6], sent[7], sent[10], sent[11]]
            try expect(try world.waiting(0), is: received)
            try expect(try world.count(0), is: 6)
            try expect(try world.synced(0), is: received)
            try expect(try world.readNumber(0, in: address), is: 0)
            try world.acknowledge(sent[3], by: 0)
            try expect(try world.waiting(0), is: Array(received[2...]))
            try expect(try world.count(0), is: 4)
            try world.acknowledge(sent[10], by: 0)
            try expect(try world.waiting(0), is: [sent[11]])
            try world.set(.refused, of: 0, in: address)
            try world.acknowledge(sent[11], by: 0)
            try send("refused")
            try expect(try world.count(0), is: 0)
            // What was delivered isn't read by that; behind what is read, only what was refused is left.
            try expect(try world.readNumber(0, in: address), is: 0)
            try world.read(17, by: 0, in: address)
            try expect(try world.readNumber(0, in: address), is: 19)
        },
        ContractCase(promise: "What waits and doesn't count, counts no more beside what is refused") {
            store in
            let world = try MessageWorld(store)
            let address = world.single(0, 1)
            func send(_ text: String, isCounted: Bool = true, isRefusable: Bool = true) throws -> MessageID {
                try world.id(
                    try world.send(
                        text,
                        from: "u1",
                        to: "u0",
                        isCounted: isCounted,
                        isRefusable: isRefusable
                    )
                )
            }
            let before = [try send("a"), try send("b", isCounted: false), try send("c"), try send("d")]
            try world.set(.refused, of: 0, in: address)
            let refused = [try send("e"), try send("f", isCounted: false)]
            let notices = [try send("g", isRefusable: false), try send("h", isRefusable: false)]
            try store.write(world.app) { (writer) throws(Failure) in
                try ConversationRules.remove(
                    [before[2], refused[0], notices[1]],
                    for: world.users[0],
                    in: writer
                )
            }
            try expect(try world.waiting(0), is: [before[0], before[1], before[3], notices[0]])
            try expect(try world.count(0), is: 3)
        },
        ContractCase(promise: "What the system itself tells can't be refused") { store in
            let world = try MessageWorld(store)
            try world.set(.refused, of: 0)
            _ = try world.send("a", from: "u1", to: "u0")
            let notice = try world.id(try world.send("b", from: nil, to: "u0", isRefusable: false))
            let own = try world.id(try world.post("c", from: "u0", isRefusable: false))
            let group = try world.id(try world.post("d", from: "u1", isRefusable: false))
            try expect(try world.waiting(0), is: [notice, group])
            try expect(try world.count(0), is: 2)
            try expect(try [notice, own, group].map(world.refusers), is: [[], [], []])
            try expect(try world.isWaiting(notice, for: 0), is: true)
            try expect(try world.message(notice)?.isRefusable, is: false)
        },
        ContractCase(promise: "The history has what its reader refused") { store in
            let world = try MessageWorld(store)
            try world.set(.refused, of: 0)
            let ids = [
                try world.id(try world.send("a", from: "u1", to: "u0")),
                try world.id(try world.post("b", from: "u1")),
            ]
            let seen = try store.read(world.app) { (reader) throws(Failure) in
                try HistoryRules.page(
                    9,
                    of: HistoryQuery(scope: .user(world.users[0]), isDescending: false),
                    after: nil,
                    application: world.app,
                    in: reader
                )
                .elements.map(\.id)
            }
            try expect(seen, is: ids)
        },
        ContractCase(promise: "Silence refuses nothing, and a change of mind without messages leaves nothing")
        {
            store in
            let world = try MessageWorld(store)
            let address = world.single(0, 1)
            try world.set(.silent, of: 0)
            try world.set(.silent, of: 0, in: address)
            for _ in 0..<3 {
                try world.set(.refused, of: 0)
                try world.set(.refused, of: 0, in: address)
                try world.set(.told, of: 0)
                try world.set(.told, of: 0, in: address)
            }
            let (stretches, option) = try store.read(world.app) { (reader) throws(Failure) in
                (
                    try reader.refusedStretches(of: world.users[0].id),
                    try reader.user(world.users[0].id)?.profile.messageOption
                )
            }
            try expect(stretches, is: [])
            try expect(option, is: .told)
            let id = try world.id(try world.send("a", from: "u1", to: "u0"))
            try expect(try world.waiting(0), is: [id])
        },
        ContractCase(
            promise: "However often a mind is changed, few stretches are kept: the newest as they were"
        ) {
            store in
            let world = try MessageWorld(store)
            let bound = RefusalRules.maximumEndedStretches
            for (index, address) in [(0, nil), (3, world.single(3, 4))] {
                let sent = try world.changeMind(of: index, times: index == 0 ? 500 : 50, in: address)
                try expect(try world.stretches(index).count, is: bound)
                // Before the oldest one that is kept as it was, all is refused.
                let wanted = Array(sent.wanted.suffix(bound))
                try expect(try world.waiting(index), is: wanted)
                try expect(try world.count(index), is: Int64(bound))
                try expect(try world.isWaiting(sent.refused[0], for: index), is: false)
                try expect(
                    try sent.refused.suffix(bound).map(world.refusers),
                    is: wanted.map { _ in [index] }
                )
                try world.acknowledge(wanted[0], by: index)
                try expect(try world.waiting(index), is: Array(wanted.dropFirst()))
            }
        },
        ContractCase(
            promise: "Whoever takes what is wanted loses none of it, however often its mind is changed"
        ) {
            store in
            let world = try MessageWorld(store)
            let bound = RefusalRules.maximumEndedStretches
            for (index, address) in [(0, nil), (3, world.single(3, 4))] {
                let sent = try world.changeMind(
                    of: index,
                    times: bound + 8,
                    in: address,
                    isAcknowledged: true
                )
                try expect(try world.stretches(index).count, is: bound)
                try expect(try world.waiting(index), is: [])
                let synced = Set(try world.synced(index))
                try expect(synced.isSuperset(of: sent.wanted), is: true)
                try expect(synced.isDisjoint(with: sent.refused.suffix(bound)), is: true)
                let last = try world.id(try world.send("a", from: "u\(index + 1)", to: "u\(index)"))
                try expect(try world.waiting(index), is: [last])
            }
        },
        ContractCase(promise: "Messages that are for others only leave nothing of a refusal") { store in
            let world = try MessageWorld(store)
            try world.set(.refused, of: 3)
            _ = try world.send("a", from: "u1", to: "u0")
            _ = try world.post("b", from: "u1")
            try world.set(.told, of: 3)
            try expect(try world.stretches(3), is: [])
            for send in [
                { _ = try world.send("c", from: "u1", to: "u3") }, { _ = try world.broadcast("d") },
            ] {
                try world.set(.refused, of: 3)
                try send()
                try world.set(.told, of: 3)
            }
            try expect(try world.stretches(3).count, is: 2)
            try world.set(.refused, of: 3, in: world.single(1, 3))
            _ = try world.send("own", from: "u3", to: "u1")
            try world.set(.told, of: 3, in: world.single(1, 3))
            try expect(try world.stretches(3).count, is: 2)
        },
        ContractCase(promise: "Stretches are a user's own, by conversation and beginning") { store in
            let world = try MessageWorld(store)
            let other = try store.makeApplication("other").id
            let (one, three) = (MessageID(rawValue: 1), MessageID(rawValue: 3))
            let conversation = ConversationID(rawValue: 4711)
            let found = try store.write(world.app) { (writer) throws(Failure) in
                let (first, second) = (world.users[0].id, world.users[1].id)
                for stretch in [
                    RefusedStretch(conversation: nil, after: three),
                    RefusedStretch(conversation: conversation, after: one),
                    RefusedStretch(conversation: nil, after: one),
                    RefusedStretch(conversation: conversation, after: one, through: three),
                ] { try writer.setRefusedStretch(stretch, of: first) }
                try writer.setRefusedStretch(RefusedStretch(conversation: nil, after: one), of: second)
                try writer.deleteRefusedStretch(RefusedStretch(conversation: nil, after: one), of: first)
                return (
                    try writer.refusedStretches(of: first),
                    try [1, 2, 3, 4].map { id throws(Failure) in
                        try writer.isInRefusedStretch(MessageID(rawValue: id), in: conversation, of: first)
                    },
                    try writer.isInRefusedStretch(three, in: ConversationID(rawValue: 1), of: first),
                    try writer.isInRefusedStretch(three, in: ConversationID(rawValue: 1), of: second),
                    try writer.refusedStretches(of: first, in: nil),
                    try writer.refusedStretches(of: first, in: conversation)
                )
            }
            try expect(found.4, is: [RefusedStretch(conversation: nil, after: three)])
            try expect(found.5, is: [RefusedStretch(conversation: conversation, after: one, through: three)])
            try expect(
                found.0,
                is: [
                    RefusedStretch(conversation: conversation, after: one, through: three),
                    RefusedStretch(conversation: nil, after: three),
                ]
            )
            try expect(found.1, is: [false, true, true, true])
            try expect([found.2, found.3], is: [false, true])
            let isAnybody = try store.read(other) { (reader) throws(Failure) in
                try reader.hasRefusedStretches(in: conversation)
            }
            try expect(isAnybody, is: false)
            try expect(
                try store.read(other) { (reader) throws(Failure) in
                    try reader.refusedStretches(of: world.users[0].id).count
                },
                is: 0
            )
        },
    ]
}
