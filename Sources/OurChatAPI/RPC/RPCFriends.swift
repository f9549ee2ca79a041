// OurChatService: friends are contacts, and become so by a request that is accepted.

import Domain
import Protobuf
import Routing

enum RPCFriends {
    /// How long a request, or an invitation, can be answered, in seconds: three days.
    static let lifetimeSeconds = 3 * 86_400

    /// Words that go with a request.
    static func words(_ message: String?, remark: String? = nil) throws(Failure) -> ProposalRules.Words {
        ProposalRules.Words(
            message: try Wire.text(
                message ?? "",
                "leave_message",
                0...ProposalRules.maximumMessageCharacters
            ),
            remark: try remark.map { text throws(Failure) in
                try Wire.text(text, "display_name", 0...ContactRules.maximumRemarkCharacters)
            },
            lifetimeSeconds: lifetimeSeconds
        )
    }

    static func add(
        _ call: Call,
        _ input: AddFriendRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.AddFriendResponse> {
        _ = try ProposalRules.requestContact(
            with: try Wire.user(input.friendID, in: store),
            from: try call.user(),
            try words(input.leaveMessage, remark: input.displayName),
            of: call.application,
            at: call.now,
            in: store
        )
        return EmptyMessage()
    }

    /// The session that friends have is the conversation between the two that every dialect sends to.
    static func accept(
        _ call: Call,
        _ input: AcceptFriendInvitationRequest,
        _ store: any Writer
    ) throws(Failure) -> AcceptFriendInvitationResponse {
        let user = try call.user()
        let answer = input.status.named
        guard answer == .success || answer == .fail else {
            throw .invalid(field: "status", .illegal(value: String(input.status.number)))
        }
        let reply = try words(input.leaveMessage).message
        guard let sender = try store.user(UserID(rawValue: Int64(bitPattern: input.friendID))) else {
            throw .notFound(.proposal, id: String(input.friendID))
        }
        let proposal = try ProposalRules.pending(.contact(user.id), from: sender, at: call.now, in: store)
        if answer == .success {
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
        guard answer == .success else { return AcceptFriendInvitationResponse() }
        let conversation = try ConversationRules.begin(between: sender, and: user, in: store)
        return AcceptFriendInvitationResponse(sessionID: UInt64(conversation.id))
    }

    static func delete(
        _ call: Call,
        _ input: DeleteFriendRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.DeleteFriendResponse> {
        let user = try call.user()
        let friend = UserID(rawValue: Int64(bitPattern: input.friendID))
        guard try store.isContact(friend, of: user.id), let other = try store.user(friend) else {
            throw .notFound(.contact, id: String(input.friendID))
        }
        _ = try ContactRules.remove(other.username.text, from: user.username.text, in: store)
        try ConversationRules.end(between: user, and: other, in: store)
        return EmptyMessage()
    }

    static func setInfo(
        _ call: Call,
        _ input: SetFriendInfoRequest,
        _ store: any Writer
    ) throws(Failure) -> EmptyMessage<Empty.SetFriendInfoResponse> {
        let remark = try words(nil, remark: input.displayName).remark
        let friend = try Wire.user(input.id, in: store)
        let user = try call.user()
        try ContactRules.setRemark(remark, on: friend.username.text, of: user.username.text, in: store)
        return EmptyMessage()
    }
}
