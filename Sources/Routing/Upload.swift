// Bodies with a file in them, and the readers that take them apart while they arrive.

public import Domain
import HTTP

/// The input of a route that takes a file, stored before the route's work begins.
public protocol UploadInput: Input {
    /// The decoder of this body.
    ///
    /// - Throws: what is wrong with the head already.
    static func reader(for head: UploadHead) throws(Failure) -> any UploadReader
}

/// The facts of an upload before its body.
public struct UploadHead: Sendable {
    /// The Content-Type field, as sent.
    public let contentType: String?
    /// The fields that the route reads, by lower-case name.
    public let fields: [String: String]
    /// Bytes that a file may have.
    public let fileMaximum: Int

    /// Memberwise.
    public init(contentType: String?, fields: [String: String], fileMaximum: Int) {
        self.contentType = contentType
        self.fields = fields
        self.fileMaximum = fileMaximum
    }
}

/// Takes one body apart as it arrives.
///
/// Used on one thread.
public protocol UploadReader {
    /// Takes the next bytes of the body, and gives on those of the file.
    ///
    /// After a failure nothing more is asked.
    mutating func read(
        _ bytes: UnsafeRawBufferPointer,
        _ file: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure)
    /// The body has ended: what was said about its file.
    mutating func finish() throws(Failure) -> UploadClaim
}

/// The sender's description of a file.
public struct UploadClaim: Sendable {
    /// Its name, no path.
    public let name: String
    /// Its media type; nil where none is given.
    public let contentType: String?
    /// A digest that its bytes must have, by SHA-256 or by SHA3-256; nil where none is given.
    public let digest: [UInt8]?
    /// The other parts, for the route's input; empty where there was nothing.
    public let message: [UInt8]

    /// Memberwise.
    public init(name: String, contentType: String?, digest: [UInt8]? = nil, message: [UInt8] = []) {
        self.name = name
        self.contentType = contentType
        self.digest = digest
        self.message = message
    }
}

/// A body that is the file itself.
public struct BytesUpload: UploadReader {
    private let contentType: String?

    /// Of this type, as the head says it.
    public init(contentType: String?) { self.contentType = contentType }

    /// Takes the next bytes.
    public mutating func read(
        _ bytes: UnsafeRawBufferPointer,
        _ file: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        try file(bytes)
    }

    /// The file has no name of its own.
    public mutating func finish() throws(Failure) -> UploadClaim {
        UploadClaim(name: "file", contentType: contentType)
    }
}

/// The part named `file` of a multipart body; others are read over.
public struct MultipartUpload: UploadReader {
    private var parser: MultipartParser
    private var part: MultipartPart?
    private var isInFile = false

    /// Reads the boundary.
    ///
    /// - Throws: `.unsupportedMediaType`, `.invalid("", .malformed(…))`.
    public init(_ head: UploadHead) throws(Failure) {
        let expected = "multipart/form-data"
        guard let contentType = head.contentType, let type = MediaType(parsing: contentType),
            type.matches(expected)
        else { throw .unsupportedMediaType(expected: expected) }
        guard let boundary = type.parameter("boundary"), let parser = MultipartParser(boundary: boundary)
        else {
            throw .invalid(
                field: "",
                .malformed("The boundary of the multipart body is missing or not legal.")
            )
        }
        self.parser = parser
    }

    /// Takes the next bytes.
    public mutating func read(
        _ bytes: UnsafeRawBufferPointer,
        _ file: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var problem: Failure?
        var (part, isInFile) = (part, isInFile)
        do throws(MultipartProblem) {
            try parser.parse(bytes) { event in
                guard problem == nil else { return }
                do throws(Failure) {
                    switch event {
                    case .part(let next):
                        isInFile = try Self.isFile(next, after: part)
                        if isInFile { part = next }
                    case .data(let bytes): if isInFile { try file(bytes) }
                    case .end: isInFile = false
                    }
                } catch {
                    problem = error
                }
            }
        } catch {
            throw problem ?? Self.failure(error)
        }
        if let problem { throw problem }
        (self.part, self.isInFile) = (part, isInFile)
    }

    private static func isFile(_ next: MultipartPart, after part: MultipartPart?) throws(Failure) -> Bool {
        guard next.name == "file" else { return false }
        guard part == nil else { throw .invalid(field: "file", .duplicate(value: "file")) }
        return true
    }

    /// A body of parts isn't JSON, and neither are the words for what is wrong with it.
    private static func failure(_ problem: MultipartProblem) -> Failure {
        .invalid(
            field: problem == .illegalFileName ? "file" : "",
            .malformed(problem.explanation)
        )
    }

    /// The name of a file that was sent without one.
    private static let defaultName = "file"

    /// Name and type, as the part's head has them.
    public mutating func finish() throws(Failure) -> UploadClaim {
        do throws(MultipartProblem) {
            try parser.finish()
        } catch {
            throw Self.failure(error)
        }
        guard let part else { throw .invalid(field: "file", .missing) }
        return UploadClaim(name: part.fileName ?? Self.defaultName, contentType: part.contentType)
    }
}
