// Frames about the server itself.

import Domain
import Routing

enum ServerStatus {
    /// Answered under maintenance, too.
    static func get(_ call: Call, _: NoInput) throws(Failure) -> StatusReply {
        StatusReply(.server, call.services.operations.isUnderMaintenance ? .maintenance : .done)
    }
}
