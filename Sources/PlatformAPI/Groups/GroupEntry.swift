// How users come into groups by themselves: asked for, invited, consented to; and how they leave or stop listening.

import Domain
import JSON
import Routing

enum GroupEntry {
    /// Groups that one call may name.
    static let maximumGroups = 100

    private static func user(_ call: Call) throws(Failure) -> User {
        guard case .user(let user) = call.caller else { throw .forbidden(.insufficientScope) }
        return user
    }

    private static func done(
        _ call: Call,
        _ action: String,
        _ user: String,
        _ group: Group
    ) -> GroupReply<GroupReplies.Entry> {
        GroupReply(call, "post", data: .init(id: group.id, user: user, action: action, reason: nil))
    }

    // MARK: Applications

    struct Words: Input {
        let message: String

        init(_ reader: inout InputReader) throws(FieldProblem) {
            message = try reader.optionalBody(Self.value) ?? ""
        }

        private static let value = Value<String>.object(named: "GroupApplication") {
            object throws(FieldProblem) in
            try object.optional("message", .text(0...ProposalRules.maximumMessageCharacters)) ?? ""
        }
    }

    static func apply(
        _ call: Call,
        _ input: Words,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Entry> {
        let (user, group) = (try user(call), try GroupsFace.find(call, in: store))
        try ProposalRules.join(
            group,
            as: user,
            ProposalRules.Words(message: input.message),
            of: call.application,
            at: call.now,
            in: store
        )
        return done(call, "apply", user.username.text, group)
    }

    struct Verdict: BodyInput {
        let name: String
        let isAccepted: Bool

        static let value = Value<Verdict>.object(named: "GroupApplicationVerdict") {
            object throws(FieldProblem) in
            Verdict(
                name: try object.required("applicant", .text(1...64)),
                isAccepted: try object.required("verifyResult", .flag)
            )
        }
    }

    static func decideApplication(
        _ call: Call,
        _ input: Verdict,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Entry> {
        let group = try GroupsFace.find(call, in: store)
        let applicant = try UserRules.find(input.name, in: store)
        let proposal = try ProposalRules.pending(
            .application(group.id),
            from: applicant,
            at: call.now,
            in: store
        )
        try decide(proposal, input.isAccepted, reply: "", call, store)
        return done(call, "applyVerify", applicant.username.text, group)
    }

    private static func decide(
        _ proposal: Proposal,
        _ isAccepted: Bool,
        reply: String,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) {
        if isAccepted {
            _ = try ProposalRules.accept(
                proposal,
                by: call.caller,
                reply: reply,
                of: call.application,
                at: call.now,
                in: store
            )
        } else {
            _ = try ProposalRules.refuse(proposal, by: call.caller, reply: reply, at: call.now, in: store)
        }
    }

    // MARK: Invitations

    struct Invitation: BodyInput {
        let usernames: [String]
        let welcome: String

        static let value = Value<Invitation>.object(named: "GroupInvitation") {
            object throws(FieldProblem) in
            let names = try object.required("usernames", GroupNames.names)
            let words = Value<String>.text(0...ProposalRules.maximumMessageCharacters)
            let welcome = try object.optional("welcome", words) ?? ""
            guard !names.isEmpty else { throw FieldProblem(.empty, at: "usernames") }
            return Invitation(usernames: names, welcome: welcome)
        }
    }

    /// In the owner's name: a proposal to each, or a place at once where the group asks for no consent.
    static func invite(
        _ call: Call,
        _ input: Invitation,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<[GroupReplies.Entry]> {
        let group = try GroupsFace.find(call, in: store)
        let outcomes = try ProposalRules.inviteEach(
            input.usernames.map(UserReference.name),
            into: group,
            by: call.caller,
            ProposalRules.Words(message: input.welcome),
            of: call.application,
            at: call.now,
            in: store
        )
        let rows = outcomes.map { outcome in
            GroupReplies.Entry(
                id: group.id,
                user: outcome.name,
                action: "invite",
                reason: outcome.isDone
                    ? nil : "user \(outcome.name) is a member, or can't come in"
            )
        }
        return GroupReply(call, "post", data: rows)
    }

    struct Answer: BodyInput {
        let name: String
        let isAccepted: Bool
        let reason: String

        static let value = Value<Answer>.object(named: "GroupInvitationAnswer") {
            object throws(FieldProblem) in
            let words = Value<String>.text(0...ProposalRules.maximumMessageCharacters)
            return Answer(
                name: try object.required("invitee", .text(1...64)),
                isAccepted: try object.required("verifyResult", .flag),
                reason: try object.optional("reason", words) ?? ""
            )
        }
    }

    static func answerInvitation(
        _ call: Call,
        _ input: Answer,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Entry> {
        let user = try user(call)
        guard Username(input.name) == user.username else { throw .forbidden(.insufficientScope) }
        let group = try GroupsFace.find(call, in: store)
        let proposal = try ProposalRules.pendingInvitation(of: user, into: group, at: call.now, in: store)
        try decide(proposal, input.isAccepted, reply: input.reason, call, store)
        return done(call, "inviteVerify", user.username.text, group)
    }

    // MARK: Coming into many, leaving one

    struct GroupIDs: BodyInput {
        let ids: [String]

        static let value = Value<GroupIDs>.object(named: "GroupIDs") { object throws(FieldProblem) in
            let ids = try object.required("id_list", .list(of: .anyID, maximum: maximumGroups))
            guard !ids.isEmpty else { throw FieldProblem(.empty, at: "id_list") }
            return GroupIDs(ids: ids)
        }
    }

    /// Whether the user is in each of the groups afterwards; one that can't be joined harms no other.
    static func join(
        _ call: Call,
        _ input: GroupIDs,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<[GroupReplies.Joined]> {
        let user = try UserRules.find(call["username"], in: store)
        var rows: [GroupReplies.Joined] = []
        for id in input.ids {
            var isIn = false
            if let group = try GroupRules.known(id, .group, in: store) {
                _ = try GroupMemberRules.addEach(
                    [.user(user)],
                    to: group,
                    by: call.caller,
                    of: call.application,
                    at: call.now,
                    in: store
                )
                isIn = try store.membership(of: user.id, in: group.id) != nil
            }
            rows.append(.init(id: id, isIn: isIn))
        }
        return GroupReply(call, "post", data: rows)
    }

    static func quit(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<OnlineStatus.Done> {
        let user = try user(call)
        try GroupMemberRules.quit(GroupsFace.find(call, in: store), as: user, in: store)
        return GroupReply(call, "delete", data: OnlineStatus.Done())
    }
}

/// A member's wish not to get what is said in a group or room.
enum GroupShield<Face: GroupFace> {
    static func raise(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Outcome<Face>> {
        try set(.refused, "post", "add_shield", call, store)
    }

    static func lower(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Outcome<Face>> {
        try set(.told, "delete", "remove_shield", call, store)
    }

    private static func set(
        _ option: UserProfile.MessageOption,
        _ method: StaticString,
        _ action: String,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<GroupReplies.Outcome<Face>> {
        guard case .user(let user) = call.caller else { throw .forbidden(.insufficientScope) }
        let group = try Face.find(call, in: store)
        let name = user.username.text
        _ = try GroupMemberRules.find(.user(user), of: group, in: store)
        try RefusalRules.set(option, of: user, in: .of(group.id, group.kind), at: call.now, in: store)
        return GroupReply(call, method, data: .init(id: group.shownID, user: name, action: action))
    }

    /// The members who have one; a user has to be one of the members to ask.
    static func list(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> GroupListReply<String>
    {
        let group = try Face.find(call, in: store)
        if case .user(let user) = call.caller {
            _ = try GroupMemberRules.find(.user(user), of: group, in: store)
        }
        guard let conversation = try store.conversation(.of(group.id, group.kind)) else {
            return GroupListReply(call, list: [])
        }
        return GroupListReply(call, list: try store.refusingNames(in: conversation.id))
    }
}

extension Value<String> {
    /// The id of a group or thread, as text or as a number.
    static var anyID: Value {
        let text = Value.text(1...64)
        return Value(
            .string(length: 1...64).tolerating([.integer(0...Int64.max)]),
            placeholder: "1",
            read: { view throws(FieldProblem) in
                if let number = view.int64, number >= 0 { return String(number) }
                return try text.value(of: view)
            },
            readText: { sent throws(FieldProblem) in try text.value(of: sent) }
        )
    }
}
