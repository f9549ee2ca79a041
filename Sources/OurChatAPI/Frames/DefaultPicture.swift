// The picture of accounts and sessions that have none: clients of the frames try to load what they are told.

import Crypto
import Domain
import HTTP
import Routing

enum DefaultPicture {
    /// A grey figure of 64 by 64 points, as PNG.
    static let bytes: [UInt8] = {
        let text =
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAABlBMVEXV2uGKlKP8QlbsAAAAbElEQVR42sXOsQ2AIB"
            + "QEUIgFpSMwiqPBaI7CCJYUhDPfI98gNkYTf/Waf3fG/H0+NyylAbjAAvHABKw9HJBeYAzUrnHGuVA3f3Whmn7GDGys"
            + "AlgWgNrmcJAVRD7xTeEEiTEMUnhBvsUiKM+wAx7pjgCL3F7iAAAAAElFTkSuQmCC"
        guard let bytes = Base64.decode(text) else { preconditionFailure("The picture is base64.") }
        return bytes
    }()

    /// SHA-256 of the picture, in hexadecimal.
    static let hash = SHA256.hash(bytes).hex

    /// Where it is served; no token is needed there.
    static func address(_ call: Call) -> String {
        let application = call.application
        return
            "\(call.services.mail.publicURL)/\(application.organization.name)/\(application.name)/v1/avatar/default"
    }

    enum PNG: TextKind {
        static let mediaType: StaticString = "image/png"
    }

    /// The same for whomever it is asked.
    static func get(_ call: Call, _: NoInput) throws(Failure) -> TextReply<PNG> { TextReply(bytes) }
}
