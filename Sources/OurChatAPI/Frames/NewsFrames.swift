// The frames that come without having been asked for: messages, and how those are whom the user follows.

import Domain
import JSON
import Routing

enum NewsFrames {
    /// The protocol has no frame for presence; from 100 on codes are this server's own.
    private static let presence = 100

    /// Writes news as its receivers get it; a recall isn't told, its frame came later.
    static func write(_ news: News, _ store: any Reader) throws(Failure) -> [UInt8]? {
        switch news {
        case .message(let message): UserMessages.write(message)
        case .recall, .notice: nil
        case .presence(let presence): write(presence)
        case .verificationNeeded: Verification.pleaseVerify()
        case .verification(let isConfirmed): Verification.result(isConfirmed: isConfirmed)
        }
    }

    private static func write(_ current: CurrentPresence) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("code")
        json.integer(presence)
        json.key("ocid")
        json.string(current.user.username.text)
        json.key("online")
        json.bool(!current.platforms.isEmpty)
        json.key("platforms")
        json.beginArray()
        for platform in current.platforms { json.integer(platform) }
        json.endArray()
        json.key("published")
        json.beginObject()
        for device in current.devices {
            json.key(device.resource)
            json.string(device.status)
        }
        json.endObject()
        json.endObject()
        return json.bytes
    }
}
