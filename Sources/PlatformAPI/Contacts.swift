// Contacts: mutual, listed by name, imported, remarked upon.

import Domain
import Routing

enum Contacts {
    /// Names one import may carry.
    static let maximumImport = 10

    static func add(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Users.Changed {
        let (owner, contact) = try ContactRules.add(
            call["contact_username"], to: call["owner_username"], of: call.application, at: call.now, in: store)
        return related(call, "post", contact, of: owner, "contacts")
    }

    static func remove(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Users.Changed {
        let (owner, contact) = try ContactRules.remove(
            call["contact_username"], from: call["owner_username"], in: store)
        return related(call, "delete", contact, of: owner, "contacts")
    }

    static func list(
        _ call: Call, _: NoInput, _ store: any Reader
    ) throws(Failure) -> Envelope<FetchedData, NoElement, [String]> {
        let owner = try UserRules.find(call["owner_username"], in: store)
        let names = try store.contactNames(of: owner.id)
        var reply = Envelope<FetchedData, NoElement, [String]>(call, "get", data: names)
        reply.count = names.count
        return reply
    }

    /// A change of a relation: the path names the owner by UUID.
    static func related(
        _ call: Call, _ action: StaticString, _ user: User, of owner: User, _ relation: String
    ) -> Users.Changed {
        let path = "/users/\(owner.uuid.text)/\(relation)"
        var reply = Users.Changed(call, action, path: path, entities: [UserEntity(user)])
        reply.uriPath = path
        return reply
    }

    // MARK: Import, remark, page

    struct Import: Input {
        let usernames: [String]

        init(_ reader: inout InputReader) throws(FieldProblem) { self = try reader.body(Self.value) }
        private init(usernames: [String]) { self.usernames = usernames }

        private static let value = Value<Import>.object(named: "ContactImport") { object throws(FieldProblem) in
            // Nobody is connected to be noticed here, yet clients send the flag.
            _ = try object.optional("isSendNotice", .flag)
            return Import(
                usernames: try object.required(
                    "usernames", .list(of: .text(1...64), maximum: maximumImport)))
        }
    }

    /// What became of each name of an import.
    struct Imported: ReplyObject {
        var success: [String] = []
        var unknown: [String] = []
        var absent: [String] = []
        var overLimit: [String] = []

        static let fields: [ReplyField<Imported>] = [
            .field("success") { $0.success },
            .field("UnKnowFailed") { $0.unknown },
            .field("NotExistFailed") { $0.absent },
            .field("maxLimitFailed") { $0.overLimit },
        ]
    }

    /// The reply of an import has an envelope of its own.
    struct ImportReply: Reply, ReplyObject {
        let call: Call
        let imported: Imported

        static let fields: [ReplyField<ImportReply>] = [
            .field("status") { _ in "ok" },
            .field("timestamp") { $0.call.now },
            .field("action") { _ in "post" },
            .field("data") { $0.imported },
            .field("duration") { $0.call.durationMilliseconds },
        ]
    }

    static func importAll(_ call: Call, _ input: Import, _ store: any Writer) throws(Failure) -> ImportReply {
        let owner = try UserRules.find(call["username"], in: store)
        var imported = Imported()
        for name in input.usernames {
            switch try ContactRules.importOne(name, to: owner, of: call.application, at: call.now, in: store) {
            case .added: imported.success.append(name)
            case .absent: imported.absent.append(name)
            case .limitReached: imported.overLimit.append(name)
            case .refused: imported.unknown.append(name)
            }
        }
        return ImportReply(call: call, imported: imported)
    }

    struct Remark: Input {
        let remark: String

        init(_ reader: inout InputReader) throws(FieldProblem) { self = try reader.body(Self.value) }
        private init(remark: String) { self.remark = remark }

        private static let value = Value<Remark>.object(named: "ContactRemark") { object throws(FieldProblem) in
            Remark(remark: try object.required("remark", .text(0...ContactRules.maximumRemarkCharacters)))
        }
    }

    static func setRemark(
        _ call: Call, _ input: Remark, _ store: any Writer
    ) throws(Failure) -> Envelope<Bare, NoElement, NoElement> {
        try ContactRules.setRemark(
            input.remark.isEmpty ? nil : input.remark, on: call["contact_username"], of: call["username"], in: store)
        return Envelope(call, "put")
    }

    /// A contact with its remark.
    struct ContactEntity: ReplyObject {
        let contact: Contact

        static let fields: [ReplyField<ContactEntity>] = [
            .field("username") { $0.contact.user.username.text },
            .optional("remark") { $0.contact.remark },
        ]
    }

    /// A page of contacts.
    struct ContactPage: Reply, ReplyObject {
        let call: Call
        let page: Page<Contact>

        static let fields: [ReplyField<ContactPage>] = [
            .field("action") { _ in "get" },
            .field("data") { $0.page.elements.map(ContactEntity.init) },
            .field("timestamp") { $0.call.now },
            .field("duration") { $0.call.durationMilliseconds },
            .optional("cursor") { $0.page.next?.text },
            .field("count") { $0.page.elements.count },
        ]
    }

    static func page(_ call: Call, _ input: PageInput, _ store: any Reader) throws(Failure) -> ContactPage {
        let owner = try UserRules.find(call["username"], in: store)
        let page = try ContactRules.page(
            min(input.limit ?? Users.defaultLimit, Users.maximumLimit),
            after: input.position(in: .contacts, of: owner.id.rawValue), of: owner, in: store)
        return ContactPage(call: call, page: page)
    }
}
