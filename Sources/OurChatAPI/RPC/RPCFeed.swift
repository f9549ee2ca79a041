// OurChatService: what was missed, and what comes from then on, in one stream.

import Domain
import HTTP
import JSON
import Protobuf
import Routing

enum RPCFeed {
    /// News is written once for all who take it in the same bytes.
    private static let subscriptions: [(form: MessageForm, subscription: Subscription)] = MessageForm.streamed
        .map {
            form in
            let subscription = Subscription { news, store throws(Failure) in
                try record(of: news, store).map { form.envelope($0) }
            }
            return (form, subscription)
        }

    private static func subscription(in form: MessageForm) -> Subscription {
        let found = subscriptions.first { $0.form.hasEnvelopes(of: form) } ?? subscriptions[0]
        return found.subscription
    }

    static let action = MethodAction(
        FetchMsgsRequest.self,
        FetchMsgsResponse.self,
        givesStream: true,
        .feed(content, fetch)
    )

    private static let content = ReplyContent.stream(FetchMsgsResponse.schema.description.replyShape)

    /// Begins behind the last record that the client has.
    static func fetch(_ call: Call, _ request: StreamRequest<FetchMsgsRequest>) throws(Failure) -> Feed {
        guard let time = request.message.time else { throw .invalid(field: "time", .missing) }
        guard time.isValid else { throw .invalid(field: "time", .illegal(value: "\(time.seconds) s")) }
        let last = ExactTime(seconds: time.seconds, nanoseconds: time.nanoseconds)
        return Feed(
            subscription(in: request.form),
            from: SubscriptionStart(behind: .time(last)),
            request.form.streamHead
        )
    }

    // MARK: Records

    private static func record(of news: News, _ store: any Reader) throws(Failure) -> FetchMsgsResponse? {
        switch news {
        // Its recall has a record of its own.
        case .message(let message) where message.isRecalled: nil
        case .message(let message): try record(of: message, store)
        case .recall(let recall): FetchMsgsResponse(recall)
        case .notice(let notice): try FetchMsgsResponse(notice, store)
        // The interface has no record for it.
        case .presence, .verificationNeeded, .verification: nil
        }
    }

    private static func record(of message: Message, _ store: any Reader) throws(Failure) -> FetchMsgsResponse?
    {
        if message.address.kind == .broadcast {
            let announcement = AnnouncementResponse(
                announcement: Announcement(content: Wording(message.content).markdown),
                createdAt: ProtobufTimestamp(message.exactTime),
                id: UInt64(message.id)
            )
            return FetchMsgsResponse(.announcement(announcement), about: message)
        }
        guard let session = SessionID(message.address, message.conversation) else { return nil }
        let extra = Extra(message.content.ext)
        let said = FetchedMessage(
            markdownText: Wording(message.content).markdown,
            involvedFiles: extra.involvedFiles,
            sessionID: UInt64(bitPattern: session.number),
            senderID: try sender(of: message, store),
            isEncrypted: extra.isEncrypted
        )
        return FetchMsgsResponse(.message(said), about: message)
    }

    /// The sender's number; 0 for a user who is gone, and for a name that the application sends by.
    private static func sender(of message: Message, _ store: any Reader) throws(Failure) -> UInt64 {
        guard let name = Username(message.sender), let user = try store.user(named: name) else { return 0 }
        return UInt64(user.id)
    }

    /// The members of a message beside its text.
    private struct Extra {
        var involvedFiles: [String] = []
        var isEncrypted = false

        init(_ ext: [UInt8]?) {
            guard let ext, let root = (try? JSONDocument(ext))?.root else { return }
            involvedFiles = root["involved_files"]?.elements.compactMap(\.string) ?? []
            isEncrypted = root["is_encrypted"]?.bool ?? false
        }
    }
}

extension FetchMsgsResponse {
    fileprivate init(_ recall: Recall) {
        self.init(
            record: .recall(RecallNotification(messageID: UInt64(recall.message))),
            messageID: UInt64(recall.id),
            time: ProtobufTimestamp(ExactTime(recall.made, recall.id))
        )
    }

    /// The record of a proposal.
    fileprivate init(_ notice: Notice, _ store: any Reader) throws(Failure) {
        self.init(
            record: try Self.record(of: notice.proposal, isAnswer: notice.isAnswer, store),
            messageID: UInt64(notice.id),
            time: ProtobufTimestamp(ExactTime(notice.time, notice.id))
        )
    }

    private static func record(
        of proposal: Proposal,
        isAnswer: Bool,
        _ store: any Reader
    ) throws(Failure) -> Record {
        let sender = UInt64(proposal.sender)
        let words = proposal.message.isEmpty ? nil : proposal.message
        let isAccepted = proposal.decision?.isAccepted == true
        switch (proposal.subject, isAnswer) {
        case (.contact(let recipient), false):
            return .newFriend(
                NewFriendNotification(inviterID: sender, leaveMessage: words, inviteeID: UInt64(recipient))
            )
        case (.contact(let recipient), true):
            let reply = proposal.decision?.reply ?? ""
            return .friendResult(
                FriendResultNotification(
                    inviteeID: UInt64(recipient),
                    leaveMessage: reply.isEmpty ? nil : reply,
                    status: EnumerationValue(isAccepted ? .success : .fail),
                    sessionID: isAccepted ? try session(of: proposal, store) : nil,
                    inviterID: sender
                )
            )
        case (.application(let group), false):
            return .joinRequest(
                JoinSessionApproval(sessionID: UInt64(group), userID: sender, leaveMessage: words)
            )
        case (.application(let group), true):
            return .joinResult(AllowUserJoinNotification(sessionID: UInt64(group), accepted: isAccepted))
        case (.invitation(_, let group), false):
            return .invitation(
                InviteUserToSession(
                    sessionID: UInt64(group),
                    inviterID: sender,
                    leaveMessage: words,
                    expires: proposal.expires.map { ProtobufTimestamp($0) }
                )
            )
        case (.invitation(let invitee, let group), true):
            return .invitationResult(
                AcceptSessionNotification(
                    sessionID: UInt64(group),
                    inviteeID: UInt64(invitee),
                    accepted: isAccepted
                )
            )
        }
    }

    /// The session that the two have, where it has begun.
    private static func session(of proposal: Proposal, _ store: any Reader) throws(Failure) -> UInt64? {
        guard let sender = Username(proposal.senderName),
            let recipient = proposal.recipientName.flatMap({ Username($0) })
        else { return nil }
        return try store.conversation(.between(sender, recipient)).map { UInt64($0.id) }
    }

    fileprivate init(_ record: Record, about message: Message) {
        self.init(record: record, messageID: UInt64(message.id), time: ProtobufTimestamp(message.exactTime))
    }
}
