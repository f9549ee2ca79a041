// A user as this dialect shows it.

import Domain
import Routing

/// The `user` entity: fixed keys, then those that were ever set.
struct UserEntity: ReplyObject {
    let user: User

    init(_ user: User) { self.user = user }

    static let schemaName: String? = "User"

    static let fields: [ReplyField<UserEntity>] = [
        .field("uuid") { $0.user.uuid },
        .field("type") { _ in "user" },
        .field("created") { $0.user.created },
        .field("modified") { $0.user.modified },
        .field("username") { $0.user.username.text },
        .field("activated") { $0.user.isActivated },
        .optional("notification_no_disturbing") { $0.user.push.noDisturbing },
        .optional("notification_no_disturbing_start") { $0.user.push.noDisturbingStart },
        .optional("notification_no_disturbing_end") { $0.user.push.noDisturbingEnd },
        .optional("notification_display_style") { $0.user.push.displayStyle },
        .optional("nickname") { $0.user.nickname },
        .optional("notifier_name") { $0.user.push.notifierName },
        .optional("device_token") { $0.user.push.deviceToken },
    ]
}
