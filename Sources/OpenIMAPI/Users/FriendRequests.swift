// Asking for friendship, and the answer.

import Domain
import Routing

enum FriendRequests {
    struct Request: Fields {
        let sender: Username?
        let other: Username
        let message: String

        static let schemaName = "FriendRequest"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            sender = try fields.optional(.asking, .username)
            other = try fields.required(.asked, .username)
            message =
                try fields.optional(
                    Spelling("reqMessage", "reqMsg"),
                    .text(0...ProposalRules.maximumMessageCharacters)
                ) ?? ""
        }
    }

    static func ask(_ call: Call, _ input: Request, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let sender = try UserRules.find(call.actor(input.sender, .asking), in: store)
        let other = try UserRules.find(input.other.text, in: store)
        _ = try ProposalRules.requestContact(
            with: other,
            from: sender,
            ProposalRules.Words(message: input.message),
            of: call.application,
            at: call.now,
            in: store
        )
        return Answer(call)
    }

    /// The deciding user and the sender: the second generation has the answering user first, the third the one
    /// who asked.
    struct Response: Fields {
        let user: Username?
        let sender: Username
        let isAccepted: Bool
        let reply: String

        static let schemaName = "FriendResponse"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            user = try fields.optional(Self.answering, .username)
            sender = try fields.required(Self.asking, .username)
            isAccepted = try fields.required(Spelling("flag", "flag", "handleResult"), .verdict)
            reply =
                try fields.optional(
                    Spelling(nil, "handleMsg"),
                    .text(0...ProposalRules.maximumMessageCharacters)
                ) ?? ""
        }
    }

    static func respond(_ call: Call, _ input: Response, _ store: any Writer) throws(Failure) -> Answer<
        NoData
    > {
        let user = try UserRules.find(call.actor(input.user, Response.answering), in: store)
        let sender = try UserRules.find(input.sender.text, in: store)
        let proposal = try ProposalRules.pending(.contact(user.id), from: sender, at: call.now, in: store)
        _ =
            input.isAccepted
            ? try ProposalRules.accept(
                proposal,
                by: call.caller,
                reply: input.reply,
                of: call.application,
                at: call.now,
                in: store
            )
            : try ProposalRules.refuse(proposal, by: call.caller, reply: input.reply, at: call.now, in: store)
        return Answer(call)
    }

    // MARK: Lists

    enum ReceivedNaming: ListNaming {
        static let name = Spelling(nil, nil, "FriendRequests")
    }

    enum SentNaming: ListNaming {
        static let name = Spelling(nil, nil, "friendRequests")
    }

    static func received(
        _ call: Call,
        _ input: Friends.ListRequest,
        _ store: any Reader
    ) throws(Failure) -> Answer<PagedList<ReceivedNaming, FriendRequest>> {
        let user = try UserRules.find(call.actor(input.owner, .owner), in: store)
        let all = try requests(.received(user.id, .contact), showing: \.asking, call, store)
        return Answer(call, PagedList(all, input.page, in: call.generation))
    }

    static func sent(
        _ call: Call,
        _ input: Friends.ListRequest,
        _ store: any Reader
    ) throws(Failure) -> Answer<PagedList<SentNaming, FriendRequest>> {
        let user = try UserRules.find(call.actor(input.owner, .owner), in: store)
        let all = try requests(.sent(user.id, .contact), showing: \.asked, call, store)
        return Answer(call, PagedList(all, input.page, in: call.generation))
    }

    /// Requests that one list tells of at most.
    private static let maximumRows = 1000

    private static func requests(
        _ list: ProposalList,
        showing other: any KeyPath<FriendRequest, User> & Sendable,
        _ call: Call,
        _ store: any Reader
    ) throws(Failure) -> [FriendRequest] {
        var found: [FriendRequest] = []
        for proposal in try store.proposals(list, pendingAt: nil, before: nil, limit: maximumRows) {
            guard let asking = try store.user(proposal.sender),
                let asked = try proposal.subject.recipient.flatMap({ id throws(Failure) in try store.user(id)
                })
            else { continue }
            var request = FriendRequest(
                proposal: proposal,
                asking: asking,
                asked: asked,
                shown: asking,
                now: call.now,
                application: call.application
            )
            request.shown = request[keyPath: other]
            found.append(request)
        }
        return found
    }
}

extension FriendRequests.Response {
    // The same two names, the other way round: read as its own generation means them, or not at all.
    fileprivate static let answering = Spelling(nil, "fromUserID", "toUserID", isStrict: true)
    fileprivate static let asking = Spelling("uid", "toUserID", "fromUserID", isStrict: true)
}

extension Value<Bool> {
    /// 1 accepts, -1 refuses.
    static var verdict: Value {
        let number = Value<Int>.integer(-1...1)
        let check = { @Sendable (value: Int) throws(FieldProblem) -> Bool in
            guard value != 0 else { throw FieldProblem(.illegal(value: "0")) }
            return value > 0
        }
        return Value(
            number.shape,
            placeholder: true,
            read: { view throws(FieldProblem) in try check(number.value(of: view)) },
            readText: { text throws(FieldProblem) in try check(number.value(of: text)) }
        )
    }
}

/// A request: in the first generation the profile of the other side with words and state, later both sides' names.
struct FriendRequest: SpelledObject {
    let proposal: Proposal
    let asking: User
    let asked: User
    /// The other side of whoever asks for the list.
    var shown: User
    let now: Timestamp
    let application: Application

    static let schemaName: String? = "FriendRequestEntry"
    static let fields: [SpelledField<FriendRequest>] =
        Profile.firstGeneration { Profile($0.shown, of: $0.application) } + [
            .field(Spelling("applyTime", nil, nil)) { String($0.proposal.created.seconds) },
            .field(Spelling("reqMessage", nil, nil)) { $0.proposal.message },
            .field(Spelling("flag", nil, nil)) { $0.result },
            .field(Spelling(nil, "fromUserID")) { $0.asking.username.text },
            .field(Spelling(nil, "fromNickname")) { $0.asking.nickname ?? "" },
            .field(Spelling(nil, "fromFaceURL")) { $0.asking.profile.icon },
            .field(Spelling(nil, "toUserID")) { $0.asked.username.text },
            .field(Spelling(nil, "toNickname")) { $0.asked.nickname ?? "" },
            .field(Spelling(nil, "toFaceURL")) { $0.asked.profile.icon },
            .field(Spelling(nil, "handleResult")) { $0.result },
            .field(Spelling(nil, "reqMsg")) { $0.proposal.message },
            .field(.created, byGeneration: { $1.time($0.proposal.created) }),
            .field(Spelling(nil, "handlerUserID")) { $0.proposal.decision?.handlerName ?? "" },
            .field(Spelling(nil, "handleMsg")) { $0.proposal.decision?.reply ?? "" },
            .field(
                Spelling(nil, "handleTime"),
                byGeneration: { request, generation in
                    request.proposal.decision.map { generation.time($0.moment) } ?? 0
                }
            ),
            .field(Spelling(nil, "ex")) { _ in "" },
        ]

    private var result: Int { proposal.result(at: now) }
}

extension Proposal {
    /// The decision, as all generations show it: 0 while it waits, 1 accepted, -1 refused or expired.
    func result(at now: Timestamp) -> Int {
        switch state(at: now) {
        case .pending: 0
        case .accepted: 1
        case .refused, .expired: -1
        }
    }
}
