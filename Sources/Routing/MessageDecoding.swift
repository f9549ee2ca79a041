// Bodies in two forms: what the head says of them, undone.

import Domain
import HTTP
import JSON

/// Decompressing a message and telling its form.
enum MessageDecoding {
    /// The values of Content-Encoding that are known.
    static let encodings = ["identity", "gzip"]
    /// The media types of the two forms.
    static let mediaTypes = (json: "application/json", binary: "application/proto")

    /// The body of a request.
    ///
    /// - Parameter maximum: bytes that may come out of a compressed one.
    /// - Throws: `.unsupportedMediaType`, `.unsupportedEncoding`, `.malformedBody`, `.bodyTooLarge`.
    static func body(of incoming: Incoming, maximum: Int) throws(Failure) -> MessageBody {
        let type = incoming.contentType.flatMap { MediaType(parsing: $0) }?.essence
        guard type == mediaTypes.json || type == mediaTypes.binary else {
            throw .unsupportedMediaType(expected: "\(mediaTypes.json) or \(mediaTypes.binary)")
        }
        let bytes = try content(of: incoming, maximum: maximum)
        guard type == mediaTypes.json else { return .binary(bytes) }
        do throws(JSONError) {
            return .json(try JSONDocument(bytes).root)
        } catch {
            throw .malformedBody(error.description)
        }
    }

    private static func content(of incoming: Incoming, maximum: Int) throws(Failure) -> [UInt8] {
        let encoding = incoming.fields["content-encoding"]?.lowercased() ?? ""
        switch encoding {
        case "", "identity": return incoming.body
        // An empty message is never compressed, so there is nothing to undo.
        case "gzip" where incoming.body.isEmpty: return []
        case "gzip":
            do throws(InflateError) {
                return try GzipReader.content(of: incoming.body.span, limit: maximum)
            } catch .tooLarge {
                throw .bodyTooLarge(maximum: maximum)
            } catch {
                throw .malformedBody("the body is not what gzip makes: \(error)")
            }
        default: throw .unsupportedEncoding(known: encodings)
        }
    }
}
