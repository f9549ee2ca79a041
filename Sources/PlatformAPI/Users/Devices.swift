// The devices on which a user is online, and forcing one of them offline.

import Domain
import Routing

enum Devices {
    /// Connections name no device, so all of a user's are one.
    static let unnamed = "socket"

    private static func isOnline(_ user: User, _ call: Call) -> Bool {
        call.services.presence.isOnline(user.id)
    }

    /// A device that is online.
    struct Device: ReplyObject {
        let resource: String

        static let fields: [ReplyField<Device>] = [
            .field("res") { $0.resource },
            .field("device_uuid") { $0.resource },
        ]
    }

    static func list(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> Envelope<WrittenOutcome, NoElement, [Device]> {
        let user = try UserRules.find(call["username"], in: store)
        let devices = isOnline(user, call) ? [Device(resource: unnamed)] : []
        return Envelope(call, "get", path: "/users/\(user.uuid.text)/resources", data: devices)
    }

    /// `{"result": …}`: whether the device was online.
    struct Done: ReplyObject {
        let wasOnline: Bool

        static let fields: [ReplyField<Done>] = [.field("result") { $0.wasOnline }]
    }

    static func disconnect(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> OnlineStatus.About<Done> {
        let user = try UserRules.find(call["username"], in: store)
        let wasOnline = call["resource"] == unnamed && isOnline(user, call)
        // Its connections are closed as those of who is thrown out altogether: they can't be told apart.
        if wasOnline { _ = try UserRules.signOut(user.username.text, at: call.now, in: store) }
        return OnlineStatus.About(call, "get", data: Done(wasOnline: wasOnline))
    }
}
