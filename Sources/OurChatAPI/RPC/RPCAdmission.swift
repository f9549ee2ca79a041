// OurChatService: who asks to come into a session, and who is asked to.

import Domain
import Protobuf
import Routing

enum RPCAdmission {
    static func join(
        _ call: Call,
        _ input: JoinSessionRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.JoinSessionResponse> {
        _ = try ProposalRules.apply(
            to: try Wire.group(input.sessionID, in: store),
            as: try call.user(),
            try RPCFriends.words(input.leaveMessage),
            of: call.application,
            at: call.now,
            in: store
        )
        return EmptyMessage()
    }

    /// Answers a request.
    ///
    /// Rooms' keys are the clients' own business, and not passed on here.
    static func allow(
        _ call: Call,
        _ input: AllowUserJoinSessionRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.AllowUserJoinSessionResponse> {
        try ProposalRules.answer(
            .id(UserID(input.userID)),
            askingInto: try Wire.group(input.sessionID, in: store),
            isAccepted: input.accepted,
            by: call.caller,
            of: call.application,
            at: call.now,
            in: store
        )
        return EmptyMessage()
    }

    /// Members invite.
    static func invite(
        _ call: Call,
        _ input: InviteUserToSessionRequest,
        _ store: any Writer
    ) throws(Failure) -> InviteUserToSessionResponse {
        let user = try call.user()
        let group = try Wire.group(input.sessionID, in: store)
        let words = try RPCFriends.words(input.leaveMessage)
        guard let reason = try RPCSessions.admit(input.invitee, to: group, by: user, words, call, store)
        else {
            return InviteUserToSessionResponse()
        }
        return InviteUserToSessionResponse(
            failedMember: FailedMember(id: input.invitee, reason: EnumerationValue(reason))
        )
    }

    static func acceptInvitation(
        _ call: Call,
        _ input: AcceptJoinSessionInvitationRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.AcceptJoinSessionInvitationResponse> {
        let user = try call.user()
        guard let inviter = try store.user(UserID(rawValue: Int64(bitPattern: input.inviterID))) else {
            throw .notFound(.proposal, id: String(input.inviterID))
        }
        let group = GroupID(rawValue: Int64(bitPattern: input.sessionID))
        let proposal = try ProposalRules.pending(
            .invitation(user.id, group),
            from: inviter,
            at: call.now,
            in: store
        )
        if input.accepted {
            _ = try ProposalRules.accept(
                proposal,
                by: call.caller,
                of: call.application,
                at: call.now,
                in: store
            )
        } else {
            _ = try ProposalRules.refuse(proposal, by: call.caller, at: call.now, in: store)
        }
        return EmptyMessage()
    }
}
