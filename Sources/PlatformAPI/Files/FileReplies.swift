// The replies of the file routes: rows, and the bytes of files.

import Domain
import HTTP
import Routing

enum FileReplies {
    /// An attachment that was kept.
    struct Attachment: ReplyObject {
        let file: StoredFile

        static let schemaName: String? = "Attachment"
        static let fields: [ReplyField<Attachment>] = [
            .field("uuid") { $0.file.uuid },
            .field("type") { _ in "chatfile" },
            .optional("share-secret") { $0.file.shareSecret },
        ]
    }

    /// A row of a group's shared files.
    struct SharedRow: ReplyObject {
        let file: StoredFile

        static let fields: [ReplyField<SharedRow>] = [
            .field("file_id") { $0.file.uuid.text },
            .field("file_name") { $0.file.content.name },
            .field("file_owner") { $0.file.ownerName },
            .field("file_size") { $0.file.content.size },
            .field("created") { $0.file.created },
        ]
    }

    /// A file that was shared.
    struct Shared: ReplyObject {
        let file: StoredFile
        let url: String

        static let fields: [ReplyField<Shared>] = [
            .field("file_url") { $0.url },
            .field("group_id") { $0.file.group?.text ?? "" },
            .field("file_name") { $0.file.content.name },
            .field("created") { $0.file.created },
            .field("file_id") { $0.file.uuid.text },
            .field("file_size") { $0.file.content.size },
            .optional("share-secret") { $0.file.shareSecret },
        ]
    }

    /// A file that is shared no more.
    struct Unshared: ReplyObject {
        let file: StoredFile

        static let fields: [ReplyField<Unshared>] = [
            .field("group_id") { $0.file.group?.text ?? "" },
            .field("file_id") { $0.file.uuid.text },
            .field("result") { _ in true },
        ]
    }

    /// The bytes of a file, or a range of them.
    struct Bytes: Reply {
        let content: UploadedFile
        let bytes: OpenFile
        let range: ByteRange

        static var content: ReplyContent { .file(mediaType: "application/octet-stream") }

        /// Opens the file's bytes.
        init(of file: StoredFile, range field: String?, _ call: Call) throws(Failure) {
            let opened = try call.services.files.open(file, reference: call.target.requestID)
            content = file.content
            bytes = OpenFile(opened.number, keptOpenBy: opened)
            range = ByteRange(parsing: field, size: file.content.size)
        }

        func response() -> Response {
            var response = Response(
                .ok,
                // Regardless of its declared type: it must never run as a page of our origin.
                contentType: "application/octet-stream",
                fields: [
                    .text("Content-Disposition", disposition),
                    .line("Content-Security-Policy: sandbox\r\n"),
                    .line("Accept-Ranges: bytes\r\n"),
                ]
            )
            switch range {
            case .whole: response.body = .file(bytes, 0..<content.size)
            case .part(let part):
                response.status = .partialContent
                response.fields.append(
                    .text("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(content.size)")
                )
                response.body = .file(bytes, part)
            case .unsatisfiable:
                response = Response(
                    .rangeNotSatisfiable,
                    fields: [.text("Content-Range", "bytes */\(content.size)")]
                )
            }
            return response
        }

        /// The name in ASCII, and as it is (RFC 6266 section 4.3).
        private var disposition: String {
            var plain = "", encoded = ""
            for scalar in content.name.unicodeScalars {
                let isPlain =
                    scalar.isASCII && scalar.value >= 0x20 && scalar != "\"" && scalar != "\\"
                    && scalar != "%"
                plain.unicodeScalars.append(isPlain ? scalar : "_")
            }
            for byte in content.name.utf8 {
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F:
                    encoded.unicodeScalars.append(.init(byte))
                default:
                    let digits = Array("0123456789ABCDEF".unicodeScalars)
                    encoded += "%"
                    encoded.unicodeScalars.append(digits[Int(byte >> 4)])
                    encoded.unicodeScalars.append(digits[Int(byte & 15)])
                }
            }
            return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
        }
    }
}
