// A backend's own notification: a key and data that its clients understand.

import Domain
import JSON
import Routing

enum BusinessNotification {
    /// The content type by which clients know it.
    private static let contentType = 2001

    struct Notification: Fields {
        let key: String
        let data: String
        let sender: Username
        let receiver: String
        let group: String
        let isMessage: Bool
        /// 1 for who is connected only, 2 for everybody.
        let reliability: Int

        static let schemaName = "BusinessNotification"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            key = try fields.optional(Spelling("key"), .text(0...256)) ?? ""
            data = try fields.required(Spelling("data"), .text())
            sender = try fields.required(Spelling("sendUserID"), .username)
            receiver = try fields.optional(Spelling("recvUserID"), .text(0...64)) ?? ""
            group = try fields.optional(Spelling("recvGroupID"), .text(0...64)) ?? ""
            isMessage = try fields.optional(Spelling("sendMsg"), .flag) ?? false
            reliability = try fields.optional(Spelling("reliabilityLevel"), .integer(0...2)) ?? 0
            guard !receiver.isEmpty || !group.isEmpty || fields.isTrial else {
                throw FieldProblem(.empty, at: "recvUserID")
            }
        }
    }

    /// Counted among what waits only where it is to be a message, too.
    static func send(
        _ call: Call,
        _ input: Notification,
        _ store: any Writer
    ) throws(Failure) -> Answer<Sending.Sent> {
        var options = MessageOptions()
        if !input.isMessage { options["unreadCount"] = false }
        let content = JSONValue.object([.init("key", .string(input.key)), .init("data", .string(input.data))])
        let fields = MessageFields(
            contentType,
            content,
            sessionType: input.group.isEmpty ? 1 : 3,
            isOnlineOnly: input.reliability == 1,
            options
        )
        let message = try OutgoingMessage(fields, by: input.sender, call, store)
        let id = try message.send(toUser: input.receiver, orGroup: input.group)
        return Answer(call, try Sending.Sent(id, clientName: nil, call, store))
    }
}
