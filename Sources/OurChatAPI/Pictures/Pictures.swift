// The pictures that apps load beside their calls: of the server, of accounts, and of whoever has set none.

import Crypto
import Domain
import HTTP
import Routing

enum Pictures {
    /// A speech bubble of 96 by 96 points, as PNG.
    private static let logoBytes: [UInt8] = {
        let text =
            "iVBORw0KGgoAAAANSUhEUgAAAGAAAABgAgMAAACf9p+rAAAACVBMVEX///8rbLD///9SNK5sAAAAA3RSTlMA//9EUNYhAA"
            + "AAx0lEQVR42u2VzQ2DMAyFkwMjdB+P4ENcqYzAPozQQz1lgygl/HyqUEXLgXdAVr7ITwHyHMKp3WWFiuVoE8kbXKYgrTYq"
            + "m8U5GHpVc6DrFqOJGZgQiEsgPwPVEuhBwK17tEMxgqvfzRp/FQWo/WHm3vZFARr3vDnv7orvgOf+tef+XbGTB54DT47v6n"
            + "if9q9/+/bLyfcckwGzBNOH8woTDjOxB0opKgQodxMBJSAEKNsTASUgBGh+JAJKQAjQjCKLQBZBzsH+WU+SYmdSB0VWiwAA"
            + "AABJRU5ErkJggg=="
        guard let bytes = Base64.decode(text) else { preconditionFailure("The logo is base64.") }
        return bytes
    }()

    static func logo(_ call: Call, _: NoInput) throws(Failure) -> TextReply<DefaultPicture.PNG> {
        TextReply(logoBytes)
    }

    /// The user whose picture is asked for.
    struct Question: Input {
        static let bodyKind = BodyKind.none
        let user: UserID

        init(_ reader: inout InputReader) throws(FieldProblem) {
            user = UserID(try reader.requiredQuery("user_id", .userNumber))
        }
    }

    /// The picture that a user has set, where that is a file of its own in a form that browsers show; else that
    /// of whoever has set none.
    ///
    /// - Throws: `.notFound(.user, …)`.
    static func avatar(_ call: Call, _ question: Question, _ store: any Reader) throws(Failure) -> Picture {
        guard let user = try store.user(question.user) else {
            throw .notFound(.user, id: String(question.user.rawValue))
        }
        let key = try MetadataRules.entries(of: user, at: call.now, in: store)
            .first { $0.key == RPCAccounts.avatarKey }?.value
        guard let key, let file = try FileRules.picture(key, of: user, at: call.now, in: store) else {
            return .standard
        }
        let bytes = try call.services.files.open(file, reference: call.target.requestID)
        guard let head = bytes.read(at: 0, count: 16), let type = ImageType(of: head) else {
            return .standard
        }
        return .file(OpenFile(bytes.number, keptOpenBy: bytes), size: file.content.size, type)
    }
}

/// A picture as a reply.
enum Picture: Reply {
    case standard
    case file(OpenFile, size: Int, ImageType)

    static var content: ReplyContent { .other(mediaType: "image/*") }

    func response() -> Response {
        switch self {
        case .standard:
            Response(
                .ok,
                contentType: DefaultPicture.PNG.mediaType,
                body: .bytes(DefaultPicture.bytes)
            )
        case .file(let bytes, let size, let type):
            Response(.ok, contentType: type.mediaType, body: .file(bytes, 0..<size))
        }
    }
}

/// The forms of pictures that browsers show and that run nothing, known by their first bytes: a declared type may
/// be anything.
enum ImageType: CaseIterable {
    case png, jpeg, gif, webP

    init?(of head: [UInt8]) {
        let found = Self.allCases.first { type in
            type.marks.allSatisfy { head.dropFirst($0.offset).starts(with: $0.bytes) }
        }
        guard let found else { return nil }
        self = found
    }

    var mediaType: StaticString {
        switch self {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .gif: "image/gif"
        case .webP: "image/webp"
        }
    }

    private var marks: [(offset: Int, bytes: [UInt8])] {
        switch self {
        case .png: [(0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])]
        case .jpeg: [(0, [0xFF, 0xD8, 0xFF])]
        case .gif: [(0, Array("GIF8".utf8))]
        case .webP: [(0, Array("RIFF".utf8)), (8, Array("WEBP".utf8))]
        }
    }
}

extension Value<UInt64> {
    /// A user's number, in digits.
    fileprivate static var userNumber: Value {
        .textual(.string(length: 1...20, pattern: "^[0-9]{1,20}$"), placeholder: 1) {
            text throws(FieldProblem) in
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt64(text) else {
                throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
            return number
        }
    }
}
