// Attachments of messages, and files shared in groups.

import Domain
import HTTP
import JSON
import Routing

enum Files {
    /// A file that is sent.
    struct Upload: UploadInput {
        static let bodyKind = BodyKind.multipart
        let file: UploadedFile
        /// Whether readers must present a secret: the field's presence says so, whatever its value.
        let isRestricted: Bool

        init(_ reader: inout InputReader) throws(FieldProblem) {
            isRestricted = try reader.field("restrict-access", .text()) != nil
            file = try reader.file()
        }

        static func reader(for head: UploadHead) throws(Failure) -> any UploadReader {
            try MultipartUpload(head)
        }
    }

    /// A file that is asked for.
    struct Download: Input {
        static let bodyKind = BodyKind.none
        let secret: String?
        let isThumbnail: Bool
        let range: String?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            secret = try reader.field("share-secret", .text(0...256))
            // Pictures are answered with the original where a thumbnail is asked for: no picture is ever decoded here.
            isThumbnail = try reader.field("thumbnail", .text())?.lowercased() == "true"
            range = try reader.field("range", .text())
        }
    }

    static func upload(
        _ call: Call,
        _ input: Upload,
        _ store: any Writer
    ) throws(Failure) -> Envelope<UploadedEntities, FileReplies.Attachment, NoElement> {
        let file = try FileRules.add(
            input.file,
            by: call.caller,
            isRestricted: input.isRestricted,
            of: call.application,
            secrets: call.services.secrets,
            at: call.now,
            in: store
        )
        return Envelope(call, "post", path: "/chatfiles", entities: [FileReplies.Attachment(file: file)])
    }

    static func download(
        _ call: Call,
        _ input: Download,
        _ store: any Reader
    ) throws(Failure) -> FileReplies.Bytes {
        let file = try FileRules.find(call["file_uuid"], at: call.now, in: store)
        // The application itself sees a thumbnail without the secret, which guards the file from its users.
        let isForApplication = input.isThumbnail && input.secret == nil && !call.caller.isUser
        if !isForApplication {
            try FileRules.checkSecret(input.secret, of: file, secrets: call.services.secrets)
        }
        return try FileReplies.Bytes(of: file, range: input.range, call)
    }
}

enum SharedFiles {
    /// A page of a group's shared files.
    struct PageInput: Input {
        static let bodyKind = BodyKind.none
        let number: Int
        let size: Int

        init(_ reader: inout InputReader) throws(FieldProblem) {
            number = try reader.query("pagenum", .integer(1...1_000_000).standard(1)) ?? 1
            size =
                try reader.query(
                    "pagesize",
                    .integer(1...FileRules.maximumPageSize).standard(
                        .integer(Int64(FileRules.maximumPageSize))
                    )
                )
                ?? FileRules.maximumPageSize
        }
    }

    static func list(
        _ call: Call,
        _ input: PageInput,
        _ store: any Reader
    ) throws(Failure) -> GroupListReply<FileReplies.SharedRow> {
        let group = try GroupsFace.find(call, in: store)
        let files = try store.sharedFiles(
            of: group.id,
            at: call.now,
            offset: (input.number - 1) * input.size,
            limit: input.size
        )
        return GroupListReply(call, list: files.map(FileReplies.SharedRow.init))
    }

    static func upload(
        _ call: Call,
        _ input: Files.Upload,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<FileReplies.Shared> {
        let group = try GroupsFace.find(call, in: store)
        let file = try FileRules.add(
            input.file,
            by: call.caller,
            isRestricted: input.isRestricted,
            to: group,
            of: call.application,
            secrets: call.services.secrets,
            at: call.now,
            in: store
        )
        let url = "\(call.target.scheme)://\(call.target.host)\(call.target.path)/\(file.uuid.text)"
        return GroupReply(call, "post", data: FileReplies.Shared(file: file, url: url))
    }

    static func download(
        _ call: Call,
        _ input: Files.Download,
        _ store: any Reader
    ) throws(Failure) -> FileReplies.Bytes {
        let file = try find(call, store)
        try FileRules.checkSecret(input.secret, of: file, secrets: call.services.secrets)
        return try FileReplies.Bytes(of: file, range: input.range, call)
    }

    static func delete(
        _ call: Call,
        _: NoInput,
        _ store: any Writer
    ) throws(Failure) -> GroupReply<FileReplies.Unshared> {
        let file = try find(call, store)
        try FileRules.delete(file, in: store)
        return GroupReply(call, "delete", data: FileReplies.Unshared(file: file))
    }

    private static func find(_ call: Call, _ store: any Reader) throws(Failure) -> StoredFile {
        try FileRules.find(call["file_id"], in: GroupsFace.find(call, in: store), at: call.now, store: store)
    }
}
