// Upload and Download: files in pieces, who may have them, and uploads that aren't what they say.

import Crypto
import Foundation
import HTTP
import Protobuf
import Routing
import TestKit
import Testing

@testable import OurChatAPI

@Suite struct FileStreamTests {
    private static let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 >> 8) }

    private static func header(
        _ content: [UInt8] = content,
        hash: [UInt8]? = nil,
        size: Int? = nil,
        session: UInt64? = nil
    ) -> UploadRequest {
        let header = UploadHeader(
            hash: hash ?? SHA256.hash(content).bytes,
            size: UInt64(size ?? content.count),
            sessionID: session
        )
        return UploadRequest(data: .metadata(header))
    }

    private static func pieces(_ content: [UInt8] = content, of size: Int = 30_000) -> [UploadRequest] {
        stride(from: 0, to: content.count, by: size).map {
            UploadRequest(data: .content(Array(content[$0..<min($0 + size, content.count)])))
        }
    }

    /// Sends messages, in either form and compressed or not.
    private static func upload(
        _ messages: [UploadRequest],
        to app: TestApp,
        by token: String,
        form: MessageForm = .binaryStream,
        gzip: Bool = false,
        chunked: Bool = true
    ) async throws -> HTTPReply {
        var body: [UInt8] = []
        for message in messages {
            let bytes = form.isJSON ? message.json : message.binary
            if gzip {
                var writer = GzipWriter()
                writer.append(bytes)
                body += EnvelopeStream.envelope(writer.finish(), flags: 1)
            } else {
                body += EnvelopeStream.envelope(bytes)
            }
        }
        var request = HTTPRequest(
            "POST",
            app.path(ofMethod: "Upload"),
            headers: ["Content-Type": form.mediaType.description],
            body: chunked ? .chunked(body, chunkBytes: 10_000) : .bytes(body)
        )
        if gzip { request.headers.add("Connect-Content-Encoding", "gzip") }
        return try await app.server.client().send(request.authorized(token))
    }

    private static func key(_ reply: HTTPReply, _ form: MessageForm = .binaryStream) throws -> String {
        let stream = try reply.stream()
        let message = try #require(stream.messages.first, "\(reply.text)")
        #expect(stream.messages.count == 1 && stream.end == [:])
        return form.isJSON
            ? try #require(try TestJSON(parsing: message)["key"]?.string)
            : try UploadResponse(binary: message).key
    }

    private static func download(_ key: String, from app: TestApp, by token: String) async throws
        -> EnvelopeStream
    {
        let body = EnvelopeStream.envelope(DownloadRequest(key: key).binary)
        let request = HTTPRequest(
            "POST",
            app.path(ofMethod: "Download"),
            headers: ["Content-Type": EnvelopeStream.binaryType],
            body: .bytes(body)
        )
        return try await app.server.client().send(request.authorized(token)).stream()
    }

    private static func bytes(_ stream: EnvelopeStream) throws -> [UInt8] {
        #expect(stream.end == [:])
        return try stream.messages.flatMap { try DownloadResponse(binary: $0).data }
    }

    @Test(arguments: [MessageForm.jsonStream, .binaryStream], [false, true])
    func `a file comes back as it was sent, in either form and compressed or not`(form: MessageForm, gzip: Bool)
        async throws
    {
        let world = try await FeedTests.World.make()
        let reply = try await Self.upload(
            [Self.header()] + Self.pieces(),
            to: world.app,
            by: world.ann,
            form: form,
            gzip: gzip
        )
        let key = try Self.key(reply, form)
        let stream = try await Self.download(key, from: world.app, by: world.ann)
        #expect(try Self.bytes(stream) == Self.content)
        #expect(stream.messages.count > 1)
    }

    @Test(arguments: [0, 1, 32 << 10, (32 << 10) + 1, 1_000_000])
    func `a file of any length comes back whole`(count: Int) async throws {
        let world = try await FeedTests.World.make()
        let content = [UInt8](repeating: 0x61, count: count)
        let messages = [Self.header(content)] + Self.pieces(content, of: 400_000)
        let reply = try await Self.upload(messages, to: world.app, by: world.ann, chunked: false)
        let stream = try await Self.download(try Self.key(reply), from: world.app, by: world.ann)
        #expect(try Self.bytes(stream) == content)
    }

    @Test func `the hash is SHA-256 or SHA3-256`() async throws {
        let world = try await FeedTests.World.make()
        let messages = [Self.header(hash: SHA3.hash(Self.content))] + Self.pieces()
        let reply = try await Self.upload(messages, to: world.app, by: world.ann)
        let stream = try await Self.download(try Self.key(reply), from: world.app, by: world.ann)
        #expect(try Self.bytes(stream) == Self.content)
    }

    @Test func `a file is its sender's, and one of a session its members'`() async throws {
        let world = try await FeedTests.World.make()
        try await world.app.register("cid")
        let cid = try await world.app.userToken("cid", password: "123")
        let session = try #require(UInt64(world.session))
        let own = try Self.key(
            try await Self.upload([Self.header()] + Self.pieces(), to: world.app, by: world.ann)
        )
        let shared = try Self.key(
            try await Self.upload(
                [Self.header(session: session)] + Self.pieces(),
                to: world.app,
                by: world.ann
            )
        )
        let cases = [
            (own, world.ann, true), (own, world.bob, false), (shared, world.bob, true), (shared, cid, false),
            ("nothing", world.ann, false), ("00000000-0000-4000-8000-000000000000", world.ann, false),
        ]
        for (key, token, isLetIn) in cases {
            let stream = try await Self.download(key, from: world.app, by: token)
            if isLetIn {
                #expect(try Self.bytes(stream) == Self.content)
            } else {
                #expect(stream.code == "permission_denied" && stream.message == "Permission Denied")
                #expect(stream.messages == [])
            }
        }
        let other = try await Self.upload(
            [Self.header(session: session)] + Self.pieces(),
            to: world.app,
            by: cid
        )
        #expect(try other.stream().code == "permission_denied")
        let nowhere = try await Self.upload([Self.header(session: 1)] + Self.pieces(), to: world.app, by: cid)
        #expect(try nowhere.stream().message == "Session Not Found")
    }

    @Test func `a file that is its sender's only is no attachment for others in another dialect`()
        async throws
    {
        let world = try await FeedTests.World.make()
        let reply = try await Self.upload([Self.header()] + Self.pieces(), to: world.app, by: world.ann)
        let key = try Self.key(reply)
        let fetched = try await world.app.server.client().get(
            "\(world.app.prefix)/chatfiles/\(key)",
            token: world.bob
        )
        #expect(fetched.status == 401 || fetched.status == 403)
    }

    // MARK: Deviations

    struct Wrong: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let messages: [UploadRequest]
        var code = "invalid_argument"
        let message: String
    }

    private static let wrong: [Wrong] = [
        Wrong(testDescription: "nothing", messages: [], message: "Metadata Error"),
        Wrong(testDescription: "content only", messages: pieces(), message: "Metadata Error"),
        Wrong(
            testDescription: "a message that is neither",
            messages: [UploadRequest()],
            message: "Metadata Error"
        ),
        Wrong(
            testDescription: "metadata twice",
            messages: [header(), header()] + pieces(),
            message: "Incorrect Order Of Uploading"
        ),
        Wrong(
            testDescription: "a message that is neither behind the metadata",
            messages: [header(), UploadRequest()],
            message: "Incorrect Order Of Uploading"
        ),
        Wrong(
            testDescription: "too little",
            messages: [header(size: content.count + 1)] + pieces(),
            message: "File Size Error"
        ),
        Wrong(
            testDescription: "too much",
            messages: [header(size: content.count - 1)] + pieces(),
            message: "File Size Error"
        ),
        Wrong(testDescription: "no content", messages: [header()], message: "File Size Error"),
        Wrong(
            testDescription: "another hash",
            messages: [header(hash: Array(repeating: 1, count: 32))] + pieces(),
            message: "File Hash Error"
        ),
        Wrong(
            testDescription: "a hash of another length",
            messages: [header(hash: [1, 2, 3])] + pieces(),
            message: "File Hash Error"
        ),
        Wrong(
            testDescription: "no hash",
            messages: [header(hash: [])] + pieces(),
            message: "File Hash Error"
        ),
        Wrong(
            testDescription: "more than a file may have",
            messages: [header(size: 11 << 20)] + pieces(),
            code: "resource_exhausted",
            message: "Storage Full"
        ),
        Wrong(
            testDescription: "more than there is",
            messages: [
                UploadRequest(data: .metadata(UploadHeader(hash: Array(repeating: 0, count: 32), size: .max)))
            ],
            code: "resource_exhausted",
            message: "Storage Full"
        ),
    ]

    @Test(arguments: wrong)
    func `an upload that isn't as it says is refused and leaves nothing`(wrong: Wrong) async throws {
        let server = try await TestServer.start()
        let world = try await FeedTests.World.make(server)
        for form in [MessageForm.jsonStream, .binaryStream] {
            let reply = try await Self.upload(wrong.messages, to: world.app, by: world.ann, form: form)
            let stream = try reply.stream()
            #expect(stream.code == wrong.code && stream.message == wrong.message, "\(form.mediaType)")
            #expect(stream.messages == [])
        }
        #expect(try await Self.isWithoutFiles(server))
    }

    @Test func `an upload that breaks off leaves nothing`() async throws {
        let server = try await TestServer.start()
        let world = try await FeedTests.World.make(server)
        let begun = ([Self.header()] + Self.pieces()).dropLast().flatMap {
            EnvelopeStream.envelope($0.binary)
        }
        try await onOwnThread {
            let socket = try server.rawSocket()
            try socket.send(
                "POST \(world.app.path(ofMethod: "Upload")) HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Type: \(EnvelopeStream.binaryType)\r\nAuthorization: Bearer \(world.ann)\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
            )
            try socket.send("\(String(begun.count, radix: 16))\r\n")
            try socket.send(begun)
            // Its temporary file is there before the client leaves.
            let deadline = Deadline(afterSeconds: 10)
            while !deadline.hasPassed, try Self.files(in: "incoming", of: server).isEmpty {}
            #expect(try !Self.files(in: "incoming", of: server).isEmpty)
        }
        #expect(try await Self.isWithoutFiles(server))
    }

    @Test func `a body that ends within an envelope is refused and leaves nothing`() async throws {
        let server = try await TestServer.start()
        let world = try await FeedTests.World.make(server)
        let whole = ([Self.header()] + Self.pieces()).flatMap { EnvelopeStream.envelope($0.binary) }
        let request = HTTPRequest(
            "POST",
            world.app.path(ofMethod: "Upload"),
            headers: ["Content-Type": EnvelopeStream.binaryType],
            body: .bytes(whole.dropLast())
        )
        let stream = try await server.client().send(request.authorized(world.ann)).stream()
        #expect(stream.code == "invalid_argument")
        #expect(try await Self.isWithoutFiles(server))
    }

    private static func files(in folder: String, of server: TestServer) throws -> [String] {
        let path = "\(server.dataPath)/\(folder)"
        return try FileManager.default.subpathsOfDirectory(atPath: path).filter {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\($0)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }

    /// Whether no file is left, beside the work of the server.
    private static func isWithoutFiles(_ server: TestServer) async throws -> Bool {
        try await onOwnThread {
            let deadline = Deadline(afterSeconds: 10)
            while !deadline.hasPassed {
                if try files(in: "incoming", of: server) + files(in: "files", of: server) == [] {
                    return true
                }
            }
            return false
        }
    }
}
