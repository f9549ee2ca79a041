// The replies about users who apply or are invited.

import Domain
import Routing

extension GroupReplies {
    /// The outcome of one user's application, invitation or answer.
    struct Entry: ReplyObject {
        let id: GroupID
        let user: String
        let action: String
        /// Why not; nil where it was done.
        let reason: String?

        static let schemaName: String? = "GroupEntry"
        static let fields: [ReplyField<Entry>] = [
            .field("result") { $0.reason == nil },
            .field("action") { $0.action },
            .optional("reason") { $0.reason },
            .field("user") { $0.user },
            .field("id") { $0.id.text },
        ]
    }

    /// Whether a user is in a group of those that a call named.
    struct Joined: ReplyObject {
        let id: String
        let isIn: Bool

        static let fields: [ReplyField<Joined>] = [
            .field("id") { $0.id },
            .field("result") { $0.isIn },
        ]
    }
}
