// The contract of the repositories of contacts and of blocks.

import Domain

extension Contract {
    static let contacts: [ContractCase] = [
        ContractCase(promise: "A contact is one directed row, added once and removed once") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let results = try store.write(app) { (writer) throws(Failure) in
                [
                    try writer.isContact(users[1], of: users[0]),
                    try writer.insertContact(users[1], of: users[0], at: start),
                    try writer.insertContact(users[1], of: users[0], at: later(9)),
                    try writer.isContact(users[1], of: users[0]),
                    try writer.isContact(users[0], of: users[1]),
                    try writer.deleteContact(users[0], of: users[1]),
                    try writer.deleteContact(users[1], of: users[0]),
                    try writer.deleteContact(users[1], of: users[0]),
                ]
            }
            try expect(results, is: [false, true, false, true, false, false, true, false])
        },
        ContractCase(promise: "Adding a contact again keeps its date and remark") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app)
            try store.write(app) { (writer) throws(Failure) in
                _ = try writer.insertContact(users[1].id, of: users[0].id, at: start)
                _ = try writer.setRemark("friend", on: users[1].id, of: users[0].id)
                _ = try writer.insertContact(users[1].id, of: users[0].id, at: later(9))
            }
            let contacts = try store.read(app) { (reader) throws(Failure) in
                try reader.contacts(of: users[0].id, after: nil, limit: 10)
            }
            try expect(contacts, is: [Contact(user: users[1], remark: "friend", created: start)])
        },
        ContractCase(promise: "Contact names come newest first, at equal dates by key, latest first") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["Ann", "Bob", "Cid", "Dan"], in: app).map(\.id)
            let names = try store.write(app) { (writer) throws(Failure) in
                for (index, seconds) in [(1, 5), (2, 9), (3, 5)] {
                    _ = try writer.insertContact(users[index], of: users[0], at: later(Int64(seconds)))
                }
                return try writer.contactNames(of: users[0])
            }
            try expect(names, is: ["Cid", "Dan", "Bob"])
            let count = try store.read(app) { (reader) throws(Failure) in
                try reader.contactCount(of: users[0])
            }
            try expect(count, is: 3)
        },
        ContractCase(promise: "Pages of contacts follow the key, also while rows come and go") { store in
            let app = try store.makeApplication().id
            let users = try store.register((0..<10).map { "user\($0)" }, in: app).map(\.id)
            try store.write(app) { (writer) throws(Failure) in
                for id in users.dropFirst().reversed() where id != users[6] {
                    _ = try writer.insertContact(id, of: users[0], at: start)
                }
            }
            let first = try store.read(app) { (reader) throws(Failure) in
                try reader.contacts(of: users[0], after: nil, limit: 4).map(\.user.id)
            }
            try expect(first, is: Array(users[1...4]))
            try store.write(app) { (writer) throws(Failure) in
                _ = try writer.deleteContact(users[4], of: users[0])
                _ = try writer.deleteContact(users[8], of: users[0])
                _ = try writer.insertContact(users[6], of: users[0], at: later(9))
            }
            let rest = try store.read(app) { (reader) throws(Failure) in
                try reader.contacts(of: users[0], after: users[4], limit: 10).map(\.user.id)
            }
            try expect(rest, is: [users[5], users[6], users[7], users[9]])
        },
        ContractCase(promise: "A remark is set, replaced and removed, and only where there is a contact") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let isSet = try store.write(app) { (writer) throws(Failure) in
                _ = try writer.insertContact(users[1], of: users[0], at: start)
                return [
                    try writer.setRemark("x", on: users[1], of: users[0]),
                    try writer.setRemark("x", on: users[0], of: users[1]),
                ]
            }
            try expect(isSet, is: [true, false])
            for remark in ["ünï 👋", "", nil] {
                let found = try store.write(app) { (writer) throws(Failure) in
                    _ = try writer.setRemark(remark, on: users[1], of: users[0])
                    return try writer.contacts(of: users[0], after: nil, limit: 1).map(\.remark)
                }
                try expect(found, is: [remark])
            }
        },
        ContractCase(promise: "A contact or block with an unknown user isn't added") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let nobody = UserID(rawValue: 4711)
            let added = try store.write(app) { (writer) throws(Failure) in
                [
                    try writer.insertContact(nobody, of: ann, at: start),
                    try writer.insertContact(ann, of: nobody, at: start),
                    try writer.insertBlock(nobody, by: ann, at: start),
                    try writer.insertBlock(ann, by: nobody, at: start),
                ]
            }
            try expect(added, is: [false, false, false, false])
            // The transaction goes on.
            try store.register("bob", in: app)
        },
    ]

    static let blocks: [ContractCase] = [
        ContractCase(promise: "A block is one-sided, added once and removed once") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let results = try store.write(app) { (writer) throws(Failure) in
                [
                    try writer.insertBlock(users[1], by: users[0], at: start),
                    try writer.insertBlock(users[1], by: users[0], at: later(1)),
                    try writer.isBlocked(users[1], by: users[0]),
                    try writer.isBlocked(users[0], by: users[1]),
                    try writer.blockCount(by: users[0]) == 1,
                    try writer.deleteBlock(users[1], by: users[0]),
                    try writer.deleteBlock(users[1], by: users[0]),
                    try writer.isBlocked(users[1], by: users[0]),
                ]
            }
            try expect(results, is: [true, false, true, false, true, true, false, false])
        },
        ContractCase(promise: "Blocked names come newest first") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["Ann", "Bob", "Cid", "Dan"], in: app).map(\.id)
            let names = try store.write(app) { (writer) throws(Failure) in
                for (index, seconds) in [(1, 1), (2, 3), (3, 1)] {
                    _ = try writer.insertBlock(users[index], by: users[0], at: later(Int64(seconds)))
                }
                return try writer.blockedNames(by: users[0])
            }
            try expect(names, is: ["Cid", "Dan", "Bob"])
        },
    ]
}
