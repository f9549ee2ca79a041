// Frames about the server itself.

import Domain
import Routing

enum ServerStatus {
    /// Whoever gets an answer finds the server working.
    static func get(_ call: Call, _: NoInput) throws(Failure) -> StatusReply { StatusReply(.server) }

    /// No mail is sent, so no address can be verified.
    static func verify(_ call: Call, _: NoInput) throws(Failure) -> StatusReply {
        StatusReply(.verification, .unavailable)
    }
}
