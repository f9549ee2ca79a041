// Frames about the server itself.

import Domain
import Routing

enum ServerStatus {
    enum Plain: TextKind {
        static let mediaType: StaticString = "text/plain"
    }

    /// No text: that there is an answer is all that apps ask for.
    static func answer(_ call: Call, _: NoInput) throws(Failure) -> TextReply<Plain> { TextReply([]) }

    /// Answered under maintenance, too.
    static func get(_ call: Call, _: NoInput) throws(Failure) -> StatusReply {
        StatusReply(.server, call.services.operations.isUnderMaintenance ? .maintenance : .done)
    }
}
