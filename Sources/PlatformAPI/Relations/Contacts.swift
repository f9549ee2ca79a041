// Contacts: mutual, listed by name, imported, remarked upon.

import Domain
import JSON
import Routing

enum Contacts {
    /// Names one import may carry.
    static let maximumImport = 10

    static func add(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Users.Changed {
        let (owner, contact) = try ContactRules.add(
            call["contact_username"],
            to: call["owner_username"],
            of: call.application,
            at: call.now,
            in: store
        )
        return related(call, "post", contact, of: owner, "contacts")
    }

    static func remove(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Users.Changed {
        let (owner, contact) = try ContactRules.remove(
            call["contact_username"],
            from: call["owner_username"],
            in: store
        )
        return related(call, "delete", contact, of: owner, "contacts")
    }

    /// The input of a route that ends a whole list: any query parameter is an error.
    struct WholeList: Input {
        static let bodyKind = BodyKind.none
        static let refusesUnknownQuery = true

        init(_ reader: inout InputReader) {}
    }

    static func removeAll(
        _ call: Call,
        _: WholeList,
        _ store: any Writer
    ) throws(Failure) -> Envelope<UploadedEntities, NoElement, NoElement> {
        let owner = try ContactRules.removeAll(of: call["username"], in: store)
        return Envelope(call, "delete", path: "/contacts/users/\(owner.username.text)")
    }

    static func list(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> Envelope<FetchedData, NoElement, [String]> {
        let owner = try UserRules.find(call["owner_username"], in: store)
        let names = try store.contactNames(of: owner.id)
        var reply = Envelope<FetchedData, NoElement, [String]>(call, "get", data: names)
        reply.count = names.count
        return reply
    }

    /// A change of a relation: the path names the owner by UUID.
    static func related(
        _ call: Call,
        _ action: StaticString,
        _ user: User,
        of owner: User,
        _ relation: String
    ) -> Users.Changed {
        let path = "/users/\(owner.uuid.text)/\(relation)"
        var reply = Users.Changed(call, action, path: path, entities: [UserEntity(user)])
        reply.uriPath = path
        return reply
    }

    // MARK: Import, remark, page

    struct Import: BodyInput {
        let usernames: [String]

        static let value = Value<Import>.object(named: "ContactImport") { object throws(FieldProblem) in
            // Nobody is connected to be noticed here, yet clients send the flag.
            _ = try object.optional("isSendNotice", .flag)
            return Import(
                usernames: try object.required(
                    "usernames",
                    .list(of: .text(1...64), maximum: maximumImport)
                )
            )
        }
    }

    /// The outcome for each name of an import.
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

    /// The later contact routes have an envelope of their own, with `status`.
    struct Settled<Content: ReplyValue>: Reply, ReplyValue {
        let call: Call
        let action: StaticString
        /// Nil where the route answers with nothing else.
        let data: Content?

        static var shape: Shape {
            .object([
                .init("status", .oneOfTexts(["ok"])), .init("timestamp", Timestamp.shape),
                .init("action", .string()), .init("data", Content.shape, isRequired: false),
                .init("duration", Int.shape),
            ])
        }

        func write(to json: inout JSONWriter) {
            json.beginObject()
            json.key("status"); json.literal("ok")
            json.key("timestamp"); call.now.write(to: &json)
            json.key("action"); json.literal(action)
            if let data { json.key("data"); data.write(to: &json) }
            json.key("duration"); call.durationMilliseconds.write(to: &json)
            json.endObject()
        }
    }

    static func importAll(_ call: Call, _ input: Import, _ store: any Writer) throws(Failure) -> Settled<
        Imported
    > {
        let owner = try UserRules.find(call["username"], in: store)
        var imported = Imported()
        for name in input.usernames {
            switch try ContactRules.importOne(name, to: owner, of: call.application, at: call.now, in: store)
            {
            case .added: imported.success.append(name)
            case .absent: imported.absent.append(name)
            case .limitReached: imported.overLimit.append(name)
            case .refused: imported.unknown.append(name)
            }
        }
        return Settled(call: call, action: "post", data: imported)
    }

    struct Remark: BodyInput {
        let remark: String

        static let value = Value<Remark>.object(named: "ContactRemark") { object throws(FieldProblem) in
            Remark(remark: try object.required("remark", .text(0...ContactRules.maximumRemarkCharacters)))
        }
    }

    static func setRemark(
        _ call: Call,
        _ input: Remark,
        _ store: any Writer
    ) throws(Failure) -> Settled<NoElement> {
        try ContactRules.setRemark(
            input.remark.isEmpty ? nil : input.remark,
            on: call["contact_username"],
            of: call["username"],
            in: store
        )
        return Settled(call: call, action: "put", data: nil)
    }

    /// A page of contacts; remarks only for those who ask.
    struct RemarkPage: Input {
        static let bodyKind = BodyKind.none
        let page: PageInput<Users.Rows>
        let withRemarks: Bool

        init(_ reader: inout InputReader) throws(FieldProblem) {
            page = try PageInput(&reader)
            withRemarks = try reader.query("needReturnRemark", .flag.standard(false)) ?? false
        }
    }

    /// A contact, with its remark where that was asked for.
    struct ContactEntity: ReplyObject {
        let name: String
        let remark: String?

        static let fields: [ReplyField<ContactEntity>] = [
            .optional("remark") { $0.remark },
            .field("username") { $0.name },
        ]
    }

    /// The list inside `data`.
    struct ContactList: ReplyObject {
        let contacts: [ContactEntity]

        static let fields: [ReplyField<ContactList>] = [.field("contacts") { $0.contacts }]
    }

    static func page(
        _ call: Call,
        _ input: RemarkPage,
        _ store: any Reader
    ) throws(Failure) -> Envelope<FetchedData, NoElement, ContactList> {
        let owner = try UserRules.find(call["username"], in: store)
        let page = try ContactRules.page(
            input.page.rows ?? Users.Rows.maximum,
            after: input.page.position(in: .contacts, of: owner.id.rawValue),
            of: owner,
            in: store
        )
        let contacts = page.elements.map { contact in
            ContactEntity(
                name: contact.user.username.text,
                remark: input.withRemarks ? contact.remark ?? "" : nil
            )
        }
        var reply = Envelope<FetchedData, NoElement, ContactList>(
            call,
            "get",
            data: ContactList(contacts: contacts)
        )
        reply.cursor = page.next
        reply.count = contacts.count
        return reply
    }
}
