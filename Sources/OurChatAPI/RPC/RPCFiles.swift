// OurChatService: files, sent and fetched in pieces.

import Domain
import HTTP
import Protobuf
import Routing

enum RPCFiles {
    static let uploadAction = MethodAction(
        UploadRequest.self,
        UploadResponse.self,
        takesStream: true,
        .write(upload)
    )

    static let downloadAction = MethodAction(
        DownloadRequest.self,
        DownloadResponse.self,
        givesStream: true,
        .read(download)
    )

    // MARK: In

    /// The facts of a file once all of it is there.
    struct Upload: UploadInput {
        static let bodyKind = BodyKind.envelopes
        let file: UploadedFile
        let header: UploadHeader
        let form: MessageForm

        init(_ reader: inout InputReader) throws(FieldProblem) {
            try reader.streamFields()
            file = try reader.file()
            let body = try reader.message(shaped: UploadRequest.schema.description.requestShape)
            form = reader.messageForm
            switch try UploadRequest(body).data {
            case .metadata(let header): self.header = header
            default: header = UploadHeader()
            }
        }

        static func reader(for head: UploadHead) throws(Failure) -> any UploadReader {
            try FileMessages(head)
        }
    }

    /// Keeps a file: for its sender, or for the members of a session.
    static func upload(
        _ call: Call,
        _ input: Upload,
        _ store: any Writer
    ) throws(Failure) -> SingleReply<UploadResponse> {
        var group: Group?
        if let id = input.header.sessionID {
            group = try Wire.group(id, in: store)
        }
        // A file with a secret that nobody has is its sender's only, in every dialect.
        let file = try FileRules.add(
            input.file,
            by: call.caller,
            isRestricted: group == nil,
            isTemporary: input.header.isCleanedUp,
            to: group,
            of: call.application,
            secrets: call.services.secrets,
            at: call.now,
            in: store
        )
        return SingleReply(message: UploadResponse(key: file.uuid.text), form: input.form)
    }

    // MARK: Out

    static func download(
        _ call: Call,
        _ request: StreamRequest<DownloadRequest>,
        _ store: any Reader
    ) throws(Failure) -> Download {
        let file = try FileRules.find(request.message.key, for: try call.user(), at: call.now, in: store)
        let bytes = try call.services.files.open(file, reference: call.target.requestID)
        return Download(bytes: bytes, size: file.content.size, form: request.form)
    }

    /// A file in messages, each made when there is room for it.
    struct Download: Reply {
        let bytes: any OpenBytes
        let size: Int
        let form: MessageForm

        /// Bytes of the file in one message.
        private static let pieceBytes = 32 << 10

        static var content: ReplyContent { .stream(DownloadResponse.schema.description.replyShape) }

        func response() -> Response { form.streamHead }

        private func last(_ end: (bytes: [UInt8], trailers: [Response.Field])) -> ReplyPieces.Piece {
            ReplyPieces.Piece(bytes: end.bytes, end: size + 1, trailers: end.trailers)
        }

        var pieces: ReplyPieces? {
            ReplyPieces { position in
                guard position <= size else { return nil }
                guard position < size else { return last(form.end()) }
                let count = min(Self.pieceBytes, size - position)
                guard let data = bytes.read(at: position, count: count), data.count == count else {
                    return last(form.end(ConnectError(.dataLoss, "The file can't be read to its end")))
                }
                let message = form.envelope(DownloadResponse(data: data))
                return ReplyPieces.Piece(bytes: message, end: position + count)
            }
        }
    }
}

/// Takes a file out of its messages: first what it is, then its content.
struct FileMessages: UploadReader {
    private var messages: EnvelopedMessages
    private let fileMaximum: Int
    private var header: (read: UploadHeader, message: [UInt8])?
    private var received: UInt64 = 0

    /// The bounds of one message, compressed and not, in bytes: as much of a file as a connection holds at a time.
    ///
    /// Clients send at most half of it at once.
    static let maximumMessageBytes = 1 << 20
    private static let digestBytes = 32

    init(_ head: UploadHead) throws(Failure) {
        fileMaximum = head.fileMaximum
        messages = try EnvelopedMessages(
            contentType: head.contentType,
            fields: head.fields,
            maximumBytes: Self.maximumMessageBytes
        )
    }

    mutating func read(
        _ bytes: UnsafeRawBufferPointer,
        _ file: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        messages.append(bytes)
        while let message = try messages.next() {
            switch (try data(of: message), header?.read) {
            case (.metadata(let read), nil): try begin(read, message)
            case (.content(let content), let read?): try take(content, of: read, file)
            case (_, nil): throw .invalid(field: "metadata", .missing)
            case (_, _?): throw .invalid(field: "content", .missing)
            }
        }
    }

    private func data(of message: [UInt8]) throws(Failure) -> UploadRequest.Data? {
        let body = try messages.body(of: message)
        do throws(FieldProblem) {
            return try UploadRequest(body).data
        } catch {
            throw .invalid(field: error.path, error.reason)
        }
    }

    private mutating func begin(_ read: UploadHeader, _ message: [UInt8]) throws(Failure) {
        guard read.size <= UInt64(fileMaximum) else {
            throw .limitReached(.fileBytes, maximum: fileMaximum)
        }
        // No digest of another length is ever the file's.
        guard read.hash.count == Self.digestBytes else { throw .invalid(field: "hash", .illegal(value: "")) }
        header = (read, message)
    }

    private mutating func take(
        _ content: [UInt8],
        of read: UploadHeader,
        _ file: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        received += UInt64(content.count)
        guard received <= read.size else { throw Self.wrongSize(read) }
        try content.span.withUnsafeBytes { (bytes) throws(Failure) in try file(bytes) }
    }

    mutating func finish() throws(Failure) -> UploadClaim {
        try messages.finish()
        guard let (read, message) = header else { throw .invalid(field: "metadata", .missing) }
        guard received == read.size else { throw Self.wrongSize(read) }
        return UploadClaim(name: "file", contentType: nil, digest: read.hash, message: message)
    }

    private static func wrongSize(_ read: UploadHeader) -> Failure {
        .invalid(field: "size", .illegal(value: String(read.size)))
    }
}
