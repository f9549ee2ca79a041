// The contract of files: found by identifier in their application, counted, released when they go.

import Domain

extension Contract {
    static let files: [ContractCase] = [
        ContractCase(promise: "A file is found by its identifier, in its own application only") { store in
            let (one, other) = (try store.makeApplication("one"), try store.makeApplication("other"))
            let file = try store.add("a", to: one.id)
            try expect(
                try store.read(one.id) { (reader) throws(Failure) in try reader.file(file.uuid) },
                is: file
            )
            try expect(
                try store.read(other.id) { (reader) throws(Failure) in try reader.file(file.uuid) },
                is: nil
            )
        },
        ContractCase(
            promise: "The bytes of an application's files are counted, twice for what is there twice"
        ) { store in
            let application = try store.makeApplication()
            let first = try store.add("a", to: application.id)
            _ = try store.add("b", to: application.id)
            try expect(try store.bytes(of: application.id), is: 20)
            try store.write(application.id) { (writer) throws(Failure) in try writer.deleteFile(first.id) }
            try expect(try store.bytes(of: application.id), is: 10)
        },
        ContractCase(promise: "Bytes are released with a row that has them, and stay referenced by another") {
            store in
            let application = try store.makeApplication()
            let files = [try store.add("a", to: application.id), try store.add("b", to: application.id)]
            let digest = files[0].content.digest
            for (file, isReferenced) in zip(files, [true, false]) {
                try store.write(application.id) { (writer) throws(Failure) in try writer.deleteFile(file.id) }
                try expect(
                    try store.administer(reading: { (reader) throws(Failure) in
                        try reader.isReferenced(digest)
                    }),
                    is: isReferenced
                )
            }
            let released = try store.administer(reading: { (reader) throws(Failure) in
                try reader.releasedDigests(limit: 10)
            })
            try expect(released, is: [digest])
            try store.administer(writing: { (writer) throws(Failure) in try writer.forgetReleased(released) })
            try expect(
                try store.administer(reading: { (reader) throws(Failure) in
                    try reader.releasedDigests(limit: 10)
                }),
                is: []
            )
        },
        ContractCase(promise: "A group's files are listed newest first, and go with the group") { store in
            let application = try store.makeApplication()
            let owner = try store.register("ann", in: application.id)
            let group = GroupID(rawValue: 1 << 40)
            try store.makeGroup(group, of: owner.id, in: application.id)
            let names = ["a", "b", "c"]
            let files = try names.map { try store.add($0, to: application.id, group: group, owner: owner.id) }
            let page = try store.read(application.id) { (reader) throws(Failure) in
                try reader.sharedFiles(of: group, at: later(1), offset: 1, limit: 5)
            }
            try expect(page.map(\.uuid), is: [files[1].uuid, files[0].uuid])
            try store.write(application.id) { (writer) throws(Failure) in try writer.delete(owner.id) }
            try expect(
                try store.read(application.id) { (reader) throws(Failure) in try reader.file(files[0].uuid) },
                is: nil
            )
        },
        ContractCase(promise: "Whatever removes a file announces that its bytes may be nobody's") { store in
            let told = Announcement(application: nil, event: .filesReleased)
            for number in 0..<3 {
                let application = try store.makeApplication("app\(number)")
                let owner = try store.register("ann", in: application.id)
                let group = GroupID(rawValue: Int64(number + 1) << 40)
                try store.makeGroup(group, of: owner.id, in: application.id)
                let file = try store.add("\(number)", to: application.id, group: group, owner: owner.id)
                try expect(store.announced.contains(told), is: number > 0)
                let before = store.announced.count
                try store.write(application.id) { (writer) throws(Failure) in
                    switch number {
                    case 0: try writer.deleteFile(file.id)
                    case 1: try writer.deleteGroup(group)
                    // The group goes with its owner.
                    default: try writer.delete(owner.id)
                    }
                }
                try expect(store.announced.dropFirst(before).contains(told), is: true)
                let released = try store.administer(reading: { (reader) throws(Failure) in
                    try reader.releasedDigests(limit: 10)
                })
                try store.administer(writing: { (writer) throws(Failure) in
                    try writer.forgetReleased(released)
                })
            }
            let application = try store.makeApplication()
            _ = try store.add("a", to: application.id)
            let before = store.announced.count
            try store.administer(writing: { (writer) throws(Failure) in
                try writer.deleteApplication(application.id)
            })
            try expect(store.announced.dropFirst(before).contains(told), is: true)
        },
        ContractCase(promise: "A temporary file is gone after ten days, and makes room for the next one") {
            store in
            let application = try store.makeApplication()
            let owner = try store.register("ann", in: application.id)
            let group = GroupID(rawValue: 1 << 40)
            try store.makeGroup(group, of: owner.id, in: application.id)
            func add(_ name: String, isTemporary: Bool, at now: Timestamp) throws -> StoredFile {
                let content = UploadedFile(
                    name: name,
                    contentType: "text/plain",
                    size: 10,
                    digest: FileDigest(Array(repeating: 7, count: 32))
                )
                return try store.write(application.id) { (writer) throws(Failure) in
                    try FileRules.add(
                        content,
                        by: .user(owner),
                        isRestricted: false,
                        isTemporary: isTemporary,
                        to: try writer.group(group),
                        of: application,
                        secrets: PlainSecrets(),
                        at: now,
                        in: writer
                    )
                }
            }
            let first = try add("a", isTemporary: true, at: start)
            try expect(first.expires, is: later(864_000))
            let other = try add("b", isTemporary: false, at: later(1))
            try expect(other.expires, is: nil)
            func there(_ now: Timestamp) throws -> [UUID] {
                try store.read(application.id) { (reader) throws(Failure) in
                    var found: [UUID] = []
                    for file in [first, other] {
                        do throws(Failure) {
                            found.append(
                                try FileRules.find(file.uuid.text, for: owner, at: now, in: reader).uuid
                            )
                        } catch .forbidden {}
                    }
                    let listed = try reader.sharedFiles(of: group, at: now, offset: 0, limit: 9)
                    return Set(listed.map(\.uuid)) == Set(found) ? found : []
                }
            }
            try expect(try there(later(863_999)), is: [first.uuid, other.uuid])
            try expect(try there(later(864_000)), is: [other.uuid])
            try expect(try store.bytes(of: application.id), is: 20)
            _ = try add("c", isTemporary: true, at: later(864_000))
            // Its row is gone, and so is what it counted.
            try expect(try store.bytes(of: application.id), is: 20)
            try expect(
                try store.read(application.id) { (reader) throws(Failure) in try reader.file(first.uuid) },
                is: nil
            )
        },
        ContractCase(promise: "A file outlives who sent it") { store in
            let application = try store.makeApplication()
            let owner = try store.register("ann", in: application.id)
            let file = try store.add("a", to: application.id, owner: owner.id)
            try store.write(application.id) { (writer) throws(Failure) in try writer.delete(owner.id) }
            let found = try store.read(application.id) { (reader) throws(Failure) in
                try reader.file(file.uuid)
            }
            try expect(found?.ownerName, is: "sender")
            try expect(found?.owner, is: nil)
        },
    ]
}

extension Store {
    fileprivate func makeGroup(_ group: GroupID, of owner: UserID, in application: ApplicationID) throws {
        try write(application) { (writer) throws(Failure) in
            _ = try writer.insertGroup(
                group,
                .group,
                GroupSettings(name: "g", description: "", isPublic: false, maximumMembers: 10),
                owner: owner,
                at: Contract.start
            )
        }
    }

    fileprivate func add(
        _ name: String,
        to application: ApplicationID,
        group: GroupID? = nil,
        owner: UserID? = nil
    ) throws -> StoredFile {
        try write(application) { (writer) throws(Failure) in
            try writer.insert(
                NewFile(
                    uuid: .sample(name),
                    owner: owner,
                    ownerName: "sender",
                    content: UploadedFile(
                        name: name,
                        contentType: "text/plain",
                        size: 10,
                        digest: FileDigest(Array(repeating: 7, count: 32))
                    ),
                    shareSecret: nil,
                    group: group
                ),
                at: Contract.start
            )
        }
    }

    fileprivate func bytes(of application: ApplicationID) throws -> Int {
        try read(application) { (reader) throws(Failure) in try reader.fileBytes() }
    }
}
