// The contract of delivery to whoever is connected: whom a message is for, what a connection missed, what is
// announced.

import Domain

extension Contract.MessageWorld {
    /// The audience of a message, by the users' places.
    fileprivate func audience(_ id: MessageID) throws -> [Int] {
        try store.read(app) { (reader) throws(Failure) in
            guard let message = try reader.message(id) else { return [] }
            let ids: [UserID]
            switch try DeliveryRules.audience(of: message, in: reader) {
            case .users(let users): ids = users
            case .everyone: ids = users.map(\.id)
            case .followers(let conversation, let size):
                var followers: [Follower] = []
                // One at a time, to see that no place is skipped.
                while let next = try reader.followers(of: conversation, after: followers.last?.user, limit: 1)
                    .first
                {
                    followers.append(next)
                }
                let isTold = size == followers.count
                ids = isTold ? followers.filter { $0.visibleAfter < id }.map(\.user) : []
                for user in users {
                    let isFollowed = try DeliveryRules.isFollowed(message, by: user.id, in: reader)
                    guard isFollowed == ids.contains(user.id) else { return [-1] }
                }
            }
            return users.indices.filter { ids.contains(users[$0].id) }
        }
    }

    /// The messages for a connection of a user, read two at a time.
    fileprivate func missed(_ index: Int, after id: MessageID = .none, isDevice: Bool = false) throws
        -> [MessageID]
    {
        let user = users[index]
        return try store.read(app) { (reader) throws(Failure) in
            var ids: [MessageID] = []
            var last = id
            while true {
                let page = try DeliveryRules.missed(2, after: last, isDevice: isDevice, for: user, in: reader)
                ids += page.map(\.id)
                guard let next = page.last?.id else { return ids }
                last = next
            }
        }
    }
}

extension Contract {
    static let live: [ContractCase] = [
        ContractCase(
            promise: "A message is for its two ends, its group's members of now, its recipients or everybody"
        ) {
            store in
            let world = try MessageWorld(store)
            try expect(
                try world.audience(try world.id(try world.send("x", from: "u3", to: "u4"))),
                is: [3, 4]
            )
            try expect(try world.audience(try world.id(try world.send("x", from: nil, to: "u4"))), is: [4])
            let posted = try world.id(try world.post("x", from: "u0"))
            try expect(try world.audience(posted), is: [0, 1, 2])
            let directed = try world.id(try world.post("x", from: "u0", members: ["u2"]))
            try expect(try world.audience(directed), is: [2])
            try store.write(world.app) { (writer) throws(Failure) in
                _ = try writer.insertMember(world.users[3].id, into: world.group, at: later(2))
                _ = try writer.deleteMember(world.users[1].id, from: world.group)
            }
            // A former member gets nothing, and neither does a later one.
            try expect(try world.audience(posted), is: [0, 2])
            try expect(try world.audience(try world.broadcast("all", at: later(3))), is: [0, 1, 2, 3, 4])
        },
        ContractCase(
            promise: "A directed message that isn't queued is told its recipients, and waits for none"
        ) { store in
            let world = try MessageWorld(store)
            for retention in [MessageRetention.archived, .live] {
                let id = try world.id(
                    try world.post("x", from: "u0", members: ["u1"], retention: retention)
                )
                try expect(try world.audience(id), is: [1])
                let (user, other) = (world.users[1], world.users[2])
                let seen = try store.read(world.app) { (reader) throws(Failure) in
                    [
                        try HistoryRules.message(id, for: user, in: reader) != nil,
                        try HistoryRules.message(id, for: other, in: reader) != nil,
                        try DeliveryRules.isWaiting(id, for: user, in: reader),
                    ]
                }
                try expect(seen, is: [true, false, false])
            }
            try expect(try (0..<3).map(world.waiting), is: [[], [], []])
            try expect(try (0..<3).map(world.count), is: [0, 0, 0])
        },
        ContractCase(promise: "A connection is given what waits, and a device all behind what it has") {
            store in
            let world = try MessageWorld(store)
            let first = try world.id(try world.send("1", from: "u1", to: "u0"))
            let second = try world.id(try world.post("2", from: "u1"))
            let own = try world.id(try world.send("3", from: "u0", to: "u1"))
            let last = try world.id(try world.send("4", from: "u1", to: "u0"))
            try expect(try world.missed(0), is: [first, second, last])
            try expect(try world.missed(1), is: [own])
            try world.acknowledge(second, by: 0)
            try expect(try world.missed(0), is: [last])
            try expect(try world.missed(0, after: first), is: [last])
            try expect(try world.missed(0, isDevice: true), is: [first, second, last])
            try expect(try world.missed(0, after: first, isDevice: true), is: [second, last])
            try expect(try world.missed(0, after: last, isDevice: true), is: [])
        },
        ContractCase(
            promise:
                "A device is given the directed messages that another one acknowledged, and no archived one"
        ) { store in
            let world = try MessageWorld(store)
            let first = try world.id(try world.post("1", from: "u0", members: ["u1", "u2"]))
            for retention in [MessageRetention.archived, .live] {
                _ = try world.post("-", from: "u0", members: ["u1"], retention: retention)
            }
            let second = try world.id(try world.post("2", from: "u0", members: ["u1"]))
            let third = try world.id(try world.post("3", from: "u0"))
            try expect(try world.missed(1), is: [first, second, third])
            try world.acknowledge(second, by: 1)
            try expect(try world.missed(1), is: [third])
            try expect(try world.missed(1, isDevice: true), is: [first, second, third])
            try expect(try world.missed(1, after: first, isDevice: true), is: [second, third])
            try expect(try world.missed(1, after: third, isDevice: true), is: [])
            // Another recipient's acknowledgement is its own.
            try expect(try world.missed(2), is: [first, third])
            try expect(try world.missed(2, isDevice: true), is: [first, third])
        },
        ContractCase(
            promise: "What a device says it has counts as far as it can be, also while the clock goes back"
        ) { store in
            let world = try MessageWorld(store)
            func begin(_ given: MessageID, at now: Timestamp) throws -> MessageID {
                let user = world.users[0].id
                return try store.read(world.app) { (reader) throws(Failure) in
                    try DeliveryRules.start(behind: .message(given), for: user, at: now, in: reader)
                }
            }
            let first = try world.id(try world.send("1", from: "u1", to: "u0", at: later(10)))
            let last = try world.id(try world.send("2", from: "u1", to: "u0", at: later(10)))
            // Not cut where the clock is behind what has been given out: nothing is told twice.
            for now in [later(0), later(10), later(20)] {
                for id in [.none, first, last] { try expect(try begin(id, at: now), is: id) }
            }
            try expect(try begin(.last, at: later(0)), is: last)
            // Nor does one of this very moment get lost that comes behind.
            let moment = later(20)
            try expect(try begin(.last, at: moment) < MessageID.first(at: moment), is: true)
            try expect(try begin(.last, at: moment) >= last, is: true)
        },
        ContractCase(
            promise:
                "A recall is told, at its own place, to whom the message was for, whether it was read or not"
        ) { store in
            let world = try MessageWorld(store)
            func recalled(_ index: Int, after id: MessageID = .none) throws -> [MessageID] {
                let user = world.users[index]
                return try store.read(world.app) { (reader) throws(Failure) in
                    // One at a time, to see that no place is skipped.
                    var messages: [MessageID] = []
                    var last = id
                    while let next = try DeliveryRules.missedRecalls(1, after: last, for: user, in: reader)
                        .first
                    {
                        messages.append(next.message)
                        last = next.id
                    }
                    return messages
                }
            }
            let single = try world.id(try world.send("1", from: "u1", to: "u0"))
            let posted = try world.id(try world.post("2", from: "u1"))
            let own = try world.id(try world.post("3", from: "u0", returns: true))
            let directed = try world.id(try world.post("4", from: "u1", members: ["u2"]))
            let all = try world.broadcast("5", at: later(3))
            try world.acknowledge(all, by: 0)
            try expect(try recalled(0), is: [])
            for id in [posted, all, directed, own, single] {
                guard case .recalled(_, by: let place) = try world.recall(id, force: true) else {
                    throw ContractViolation(description: "not recalled")
                }
                try expect(place > all, is: true)
                // Read or not, it is behind all that was there.
                try expect(try recalled(2, after: all).contains(id), is: ![single].contains(id))
                try expect(try recalled(2, after: place), is: [])
            }
            try expect(try recalled(0, after: all), is: [posted, all, own, single])
            // One's own that doesn't come back isn't told of either.
            try expect(try recalled(1), is: [all, own])
            try expect(try recalled(3), is: [all])
            // Nor is what was before one came, nor what one has removed.
            try store.write(world.app) { (writer) throws(Failure) in
                _ = try writer.insertMember(world.users[3].id, into: world.group, at: later(9))
                try writer.remove(own, for: world.users[2].id)
            }
            try expect(try recalled(3), is: [all])
            try expect(try recalled(2), is: [posted, all, directed])
        },
        ContractCase(promise: "Every message that is stored is announced, and so is a recall") { store in
            let world = try MessageWorld(store)
            let told = store.announced.count
            let sent = try world.id(try world.send("1", from: "u1", to: "u0"))
            _ = try world.send("1", from: "u1", to: "nobody")
            let posted = try world.id(try world.post("2", from: "u1"))
            let directed = try world.id(try world.post("3", from: "u1", members: ["u2"]))
            _ = try world.recall(sent, force: true)
            let recall = try store.read(world.app) { (reader) throws(Failure) in
                try reader.recall(try reader.lastRecall())
            }
            try expect(
                store.announced.dropFirst(told).map { $0.event },
                is: [
                    .messageSent(sent), .messageSent(posted), .messageSent(directed),
                    .messageRecalled(try require(recall)),
                ]
            )
        },
    ]
}
