// The replies that say little more than how it went.

import Domain
import JSON
import Routing

/// A reply frame with its status in both numberings.
struct StatusReply: ReplyObject, Reply {
    let reply: FrameReply
    let status: FrameStatus
    /// The work, where there is any.
    var details: String?
    var ocid: String?
    var sessionID: String?
    var session: SessionChange?

    static let fields: [ReplyField<StatusReply>] = [
        .field("code") { $0.reply.rawValue },
        .optional("details") { $0.details },
        .optional("status") { $0.reply.first($0.status) },
        .field("status_code") { $0.status.rawValue },
        .optional("ocid") { $0.ocid },
        .optional("session_id") { $0.sessionID },
    ]

    init(_ reply: FrameReply, _ status: FrameStatus = .done) {
        self.reply = reply
        self.status = status
    }
}

/// A reply frame with what was asked for.
struct DataReply: ReplyObject, Reply {
    let reply: FrameReply
    let data: ReplyMap<JSONPiece>

    static let fields: [ReplyField<DataReply>] = [
        .field("code") { $0.reply.rawValue },
        .field("status_code") { _ in FrameStatus.done.rawValue },
        .field("data") { $0.data },
    ]
}

/// Any JSON value.
struct JSONPiece: ReplyValue {
    let value: JSONValue

    static var shape: Shape { .any }
    func write(to json: inout JSONWriter) { json.value(value) }
}
