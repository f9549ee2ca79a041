// Where a multipart body goes: through the parser into a temporary file, slice by slice.

import Domain
import Glibc
import HTTP
import Routing

/// Receives one upload on its loop. Letting go of it removes what has arrived.
final class UploadSink: BodySink {
    private let makeFile: () -> IncomingFile?
    private let maximum: Int
    private let reference: String
    private let refuse: (Failure) -> Response
    private var parser: MultipartParser
    private var file: IncomingFile?
    private var part: MultipartPart?
    private var isInFile = false
    private var size = 0
    private var problem: Failure?

    /// A sink for a body with this boundary.
    ///
    /// - Parameters:
    ///   - maximum: bytes of the file.
    ///   - reference: what a failure of the disk is called in the log and in the answer.
    ///   - makeFile: makes the temporary file; nil when the disk doesn't let us.
    ///   - refuse: puts a failure as the route's dialect does.
    init(
        _ parser: MultipartParser, maximum: Int, reference: String, makeFile: @escaping () -> IncomingFile?,
        refuse: @escaping (Failure) -> Response
    ) {
        self.parser = parser
        self.maximum = maximum
        self.reference = reference
        self.makeFile = makeFile
        self.refuse = refuse
    }

    /// The parser for a Content-Type field.
    static func parser(for contentType: String?) throws(Failure) -> MultipartParser {
        let expected = "multipart/form-data"
        guard let contentType, let type = MediaType(parsing: contentType), type.matches(expected) else {
            throw .unsupportedMediaType(expected: expected)
        }
        guard let boundary = type.parameter("boundary"), let parser = MultipartParser(boundary: boundary) else {
            throw .malformedBody("The boundary of the multipart body is missing or not legal.")
        }
        return parser
    }

    func receive(_ bytes: [UInt8]) -> Response? {
        guard !bytes.isEmpty else { return nil }
        bytes.withUnsafeBytes { bytes in
            do throws(MultipartProblem) {
                try parser.parse(bytes) { take($0) }
            } catch {
                problem = problem ?? .malformedBody(error.explanation)
            }
        }
        guard let problem else { return nil }
        file = nil
        return refuse(problem)
    }

    private func take(_ event: MultipartEvent) {
        switch event {
        case .part(let part): begin(part)
        case .data(let bytes): if isInFile, problem == nil { append(bytes) }
        case .end: isInFile = false
        }
    }

    /// The part named `file` is kept, others are read over.
    private func begin(_ next: MultipartPart) {
        guard next.name == "file" else { return }
        guard part == nil else { return problem = .invalid(field: "file", .duplicate(value: "file")) }
        guard next.fileName != nil else {
            return problem = .invalid(field: "file", .wrongType(expected: "a file with a name"))
        }
        guard let made = makeFile() else { return problem = .storage(reference: reference) }
        (part, file, isInFile) = (next, made, true)
    }

    private func append(_ bytes: UnsafeRawBufferPointer) {
        size += bytes.count
        guard size <= maximum else { return problem = .bodyTooLarge(maximum: maximum) }
        if file?.append(bytes) != true { problem = .storage(reference: reference) }
    }

    /// The body is complete: what was in it.
    func finish() throws(Failure) -> ReceivedFile {
        if let problem { throw problem }
        do throws(MultipartProblem) {
            try parser.finish()
        } catch {
            throw .malformedBody(error.explanation)
        }
        guard let file, let part else { throw .invalid(field: "file", .missing) }
        self.file = nil
        return ReceivedFile(
            file: file, name: part.fileName ?? "", contentType: Self.legal(part.contentType), size: size)
    }

    /// A media type as sent, where it is one of a sane length.
    private static func legal(_ type: String?) -> String {
        guard let type, type.utf8.count <= 128, MediaType(parsing: type) != nil else {
            return "application/octet-stream"
        }
        return type
    }
}
