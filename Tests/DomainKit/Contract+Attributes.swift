// The contract of the repositories of mutes and of metadata.

import Domain

extension Contract {
    static let mutes: [ContractCase] = [
        ContractCase(
            promise: "Mutes are replaced as a whole and read back as stored, also when they are over"
        ) { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            for mutes in [
                Mutes(), Mutes(chat: start), Mutes(groupchat: later(1), chatroom: Mutes.forever),
                Mutes(chat: later(-9)), Mutes(),
            ] {
                let found = try store.write(app) { (writer) throws(Failure) in
                    try writer.setMutes(mutes, of: ann)
                    return try writer.mutes(of: ann)
                }
                try expect(found, is: mutes)
            }
        },
        ContractCase(promise: "Muted users are those with a mute that ends later, by name, cut by number") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["Dan", "bob", "Ann", "cid", "eve"], in: app).map(\.id)
            try store.write(app) { (writer) throws(Failure) in
                try writer.setMutes(Mutes(chat: later(10)), of: users[0])
                try writer.setMutes(Mutes(chat: later(-5), groupchat: later(10)), of: users[1])
                try writer.setMutes(Mutes(chatroom: later(11)), of: users[2])
                try writer.setMutes(Mutes(chat: start), of: users[3])
            }
            for (offset, limit, expected) in [
                (0, 10, ["Ann", "bob", "Dan"]), (0, 2, ["Ann", "bob"]), (1, 1, ["bob"]), (3, 10, []),
                (0, 0, []),
            ] {
                let names = try store.read(app) { (reader) throws(Failure) in
                    try reader.mutedUsers(at: start, offset: offset, limit: limit).map(\.name)
                }
                try expect(names, is: expected)
            }
            let atTen = try store.read(app) { (reader) throws(Failure) in
                try reader.mutedUsers(at: later(10), offset: 0, limit: 10).map(\.mutes)
            }
            try expect(atTen, is: [Mutes(chatroom: later(11))])
        },
        ContractCase(promise: "Muting an unknown user does nothing") { store in
            let app = try store.makeApplication().id
            let found = try store.write(app) { (writer) throws(Failure) in
                try writer.setMutes(Mutes(chat: later(1)), of: UserID(rawValue: 4711))
                return try writer.mutes(of: UserID(rawValue: 4711))
            }
            try expect(found, is: Mutes())
        },
    ]

    static let metadata: [ContractCase] = [
        ContractCase(
            promise:
                "Metadata is added, replaced and removed by key, and read in the order of its keys' bytes"
        ) {
            store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let entries = [("b", "1"), ("a", "2"), ("ä", "3"), ("B", ""), ("b", "4"), ("x", "5")]
            let found = try store.write(app) { (writer) throws(Failure) in
                for (key, value) in entries {
                    try writer.setMetadata(MetadataEntry(key: key, value: value), of: ann)
                }
                try writer.deleteMetadata("x", of: ann)
                try writer.deleteMetadata("never there", of: ann)
                return try writer.metadata(of: ann)
            }
            try expect(
                found,
                is: [("B", ""), ("a", "2"), ("b", "4"), ("ä", "3")].map { MetadataEntry(key: $0, value: $1) }
            )
        },
        ContractCase(promise: "Metadata with an end is there until then, and is removed by the next change") {
            store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app)
            let (lasting, ending) = (
                MetadataEntry(key: "a", value: "1"), MetadataEntry(key: "b", value: "2", expires: later(2))
            )
            let found = try store.write(app) { (writer) throws(Failure) in
                [
                    try MetadataRules.set([lasting, ending], of: "ann", at: start, in: writer),
                    try MetadataRules.entries(of: "ann", at: later(1), in: writer),
                    try MetadataRules.entries(of: "ann", at: later(2), in: writer),
                    try writer.metadata(of: ann.id),
                    try MetadataRules.set(
                        [MetadataEntry(key: "c", value: "")],
                        of: "ann",
                        at: later(2),
                        in: writer
                    ),
                    try writer.metadata(of: ann.id),
                ]
            }
            let both = [lasting, ending]
            try expect(found, is: [both, both, [lasting], both, [lasting], [lasting]])
        },
        ContractCase(promise: "Keys that differ only in Unicode normalisation are two keys") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let values = try store.write(app) { (writer) throws(Failure) in
                try writer.setMetadata(MetadataEntry(key: "e\u{301}", value: "1"), of: ann)
                try writer.setMetadata(MetadataEntry(key: "\u{E9}", value: "2"), of: ann)
                return try writer.metadata(of: ann).map(\.value)
            }
            try expect(values, is: ["1", "2"])
        },
        ContractCase(promise: "A text with NUL inside is kept whole") { store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app).id
            let entry = MetadataEntry(key: "k\0y", value: "a\0b")
            let found = try store.write(app) { (writer) throws(Failure) in
                try writer.setMetadata(entry, of: ann)
                return try writer.metadata(of: ann)
            }
            try expect(found, is: [entry])
            let bytes = try store.read(app) { (reader) throws(Failure) in try reader.metadataBytes() }
            try expect(bytes, is: 6)
        },
        ContractCase(promise: "The application's metadata is counted in bytes of keys and values") { store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let counts = try store.write(app) { (writer) throws(Failure) in
                let before = try writer.metadataBytes()
                try writer.setMetadata(MetadataEntry(key: "k", value: "äö"), of: users[0])
                try writer.setMetadata(MetadataEntry(key: "k", value: "👋"), of: users[1])
                let between = try writer.metadataBytes()
                try writer.deleteMetadata(of: users[0])
                return [before, between, try writer.metadataBytes(), try writer.metadata(of: users[0]).count]
            }
            try expect(counts, is: [0, 10, 5, 0])
        },
        ContractCase(promise: "Metadata of an unknown user isn't kept") { store in
            let app = try store.makeApplication().id
            let bytes = try store.write(app) { (writer) throws(Failure) in
                try writer.setMetadata(MetadataEntry(key: "k", value: "v"), of: UserID(rawValue: 4711))
                return try writer.metadataBytes()
            }
            try expect(bytes, is: 0)
        },
    ]
}
