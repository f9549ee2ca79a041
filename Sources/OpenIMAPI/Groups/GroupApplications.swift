// Asking for a place in a group, and answering who asked.

import Domain
import Routing

enum GroupApplications {
    struct Application: Fields {
        let id: String
        let message: String
        /// The applicant: so the third generation calls it.
        let applicant: Username?

        static let schemaName = "GroupApplication"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            message =
                try fields.optional(
                    .applicationMessage,
                    .text(0...ProposalRules.maximumMessageCharacters)
                ) ?? ""
            let named = try fields.optional(Spelling(nil, "inviterUserID", "inviterUserID"), .username)
            // Before, it is whoever told the applicant of the group.
            applicant = fields.generation == .third ? named : nil
        }
    }

    /// Where nobody has to consent, who asks is in at once.
    static func apply(
        _ call: Call,
        _ input: Application,
        _ store: any Writer
    ) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        let user = try UserRules.find(try call.actor(input.applicant, Spelling("inviterUserID")), in: store)
        try ProposalRules.join(
            group,
            as: user,
            ProposalRules.Words(message: input.message),
            of: call.application,
            at: call.now,
            in: store
        )
        return Answer(call)
    }

    struct Response: Fields {
        let id: String
        let applicant: Username
        let reply: String
        let isAccepted: Bool

        static let schemaName = "GroupApplicationResponse"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            applicant = try fields.required(.fromUser, .username)
            _ = try fields.optional(Spelling("toUserID", nil, nil), .text(0...64))
            reply =
                try fields.optional(.handledMessage, .text(0...ProposalRules.maximumMessageCharacters)) ?? ""
            // "No" is 0 in the first generation, -1 later.
            let result = try fields.required(.handleResult, .integer(-1...1))
            guard result != 0 || fields.generation == .first else {
                throw FieldProblem(.illegal(value: "0"), at: fields.told(.handleResult))
            }
            isAccepted = result == 1
        }
    }

    static func respond(
        _ call: Call,
        _ input: Response,
        _ store: any Writer
    ) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        try ProposalRules.answer(
            .name(input.applicant.text),
            askingInto: group,
            isAccepted: input.isAccepted,
            by: call.caller,
            reply: input.reply,
            of: call.application,
            at: call.now,
            in: store
        )
        return Answer(call)
    }

    // MARK: Lists

    /// One application, with the group and whoever asked.
    struct Row: SpelledObject {
        let proposal: Proposal
        let group: Group
        let user: User
        let application: Domain.Application
        let now: Timestamp

        private var result: Int { proposal.result(at: now) }

        private static func time(_ moment: Timestamp?, in generation: Generation) -> Int64 {
            guard let moment else { return 0 }
            return generation == .third ? moment.milliseconds : moment.seconds
        }

        static let schemaName: String? = "GroupApplicationInfo"
        static let fields: [SpelledField<Row>] = [
            .field(Spelling("groupID", nil, nil)) { $0.group.publicID },
            .field(Spelling("fromUserID", nil, nil)) { $0.proposal.senderName },
            .field(Spelling("toUserID", nil, nil)) { _ in "0" },
            .field(Spelling("fromUserNickname", nil, nil)) { $0.user.nickname ?? "" },
            .field(Spelling("fromUserFaceUrl", nil, nil)) { $0.user.profile.icon },
            .field(Spelling(nil, "userInfo")) { Profile($0.user, of: $0.application) },
            .field(Spelling(nil, "groupInfo")) { GroupInfo(group: $0.group, now: $0.now) },
            .field(Spelling("reqMsg")) { $0.proposal.message },
            .field(Spelling("handledMsg", "handleMsg")) { $0.proposal.decision?.reply ?? "" },
            .field(Spelling("createTime", "reqTime"), byGeneration: { time($0.proposal.created, in: $1) }),
            .field(Spelling("handledUser", "handleUserID")) { $0.proposal.decision?.handlerName ?? "" },
            .field(Spelling(nil, "handleTime"), byGeneration: { time($0.proposal.decision?.moment, in: $1) }),
            .field(Spelling("handleStatus", nil, nil)) { $0.result == 0 ? 0 : 1 },
            .field(.handleResult) { $0.result },
        ]
    }

    /// `count` and `user` in the first generation, the list in the second, a named list with its length in the third.
    struct Rows: SpelledObject, AnswerContent {
        let rows: [Row]

        static let fields: [SpelledField<Rows>] = [
            .field(Spelling("count", nil, "total")) { $0.rows.count },
            .field(Spelling("user", "data", "groupRequests")) { $0.rows },
        ]

        static func placement(in generation: Generation) -> Placement {
            generation == .second ? .beside : .data
        }
    }

    struct Listing: Fields {
        let user: Username?
        let pagination: Pagination?

        static let schemaName = "GroupApplicationListing"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            // Both lists are asked for by either name.
            let from = try fields.optional(Spelling(nil, "fromUserID"), .username)
            let user = try fields.optional(Spelling(nil, "userID"), .username)
            self.user = from ?? user
            pagination = try fields.optional(.pagination, Pagination.inside)
        }
    }

    /// Applications that one list shows, at most.
    static let maximumRows = 1000

    /// Those to the groups that a user keeps in order, newest first.
    static func received(_ call: Call, _ input: Listing, _ store: any Reader) throws(Failure) -> Answer<Rows>
    {
        let user = try UserRules.find(try call.actor(input.user, .fromUser), in: store)
        return try list(.managed(user.id), call, input, store)
    }

    /// Those that a user made, newest first.
    static func sent(_ call: Call, _ input: Listing, _ store: any Reader) throws(Failure) -> Answer<Rows> {
        let user = try UserRules.find(try call.actor(input.user, Spelling("userID")), in: store)
        return try list(.sent(user.id, .application), call, input, store)
    }

    struct Asked: Fields {
        let group: String
        let users: [Username]

        static let schemaName = "GroupApplicants"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            group = try fields.required(.group, .groupID)
            users = try fields.required(.users, .usernames)
        }
    }

    /// The last application of each of these users to a group, in the order asked; none to a group that isn't there.
    static func ofUsers(_ call: Call, _ input: Asked, _ store: any Reader) throws(Failure) -> Answer<Rows> {
        guard let group = try GroupRules.known(input.group, .group, in: store) else {
            return Answer(call, Rows(rows: []))
        }
        var users: [User] = []
        for name in input.users { if let user = try store.user(named: name) { users.append(user) } }
        let proposals = try ProposalRules.applications(of: users, to: group, by: call.caller, in: store)
        var rows: [Row] = []
        for proposal in proposals {
            guard let user = users.first(where: { $0.id == proposal.sender }) else { continue }
            rows.append(
                Row(
                    proposal: proposal,
                    group: group,
                    user: user,
                    application: call.application,
                    now: call.now
                )
            )
        }
        return Answer(call, Rows(rows: rows))
    }

    private static func list(
        _ list: ProposalList,
        _ call: Call,
        _ input: Listing,
        _ store: any Reader
    ) throws(Failure) -> Answer<Rows> {
        let page = try ProposalRules.page(list, maximumRows, before: nil, in: store)
        let offset = input.pagination?.offset ?? 0
        let wanted = page.elements.dropFirst(offset).prefix(input.pagination?.limit ?? maximumRows)
        var rows: [Row] = []
        for proposal in wanted {
            guard let id = proposal.subject.group, let group = try store.group(id),
                let user = try store.user(proposal.sender)
            else { continue }
            rows.append(
                Row(
                    proposal: proposal,
                    group: group,
                    user: user,
                    application: call.application,
                    now: call.now
                )
            )
        }
        return Answer(call, Rows(rows: rows))
    }
}
