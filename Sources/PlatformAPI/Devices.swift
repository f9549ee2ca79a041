// The devices on which a user is online, and forcing one of them offline.

import Domain
import Routing

enum Devices {
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
        let devices = call.services.presence.resources(of: user.id).map(Device.init)
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
        _ store: any Reader
    ) throws(Failure) -> OnlineStatus.About<Done> {
        let user = try UserRules.find(call["username"], in: store)
        let wasOnline = call.services.presence.disconnect(call["resource"], of: user.id)
        return OnlineStatus.About(call, "get", data: Done(wasOnline: wasOnline))
    }
}
