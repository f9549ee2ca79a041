// Decoding: from body bytes to a route's input, with every way to fail told as a failure of the domain.

import Domain
import HTTP
import JSON

extension Incoming {
    /// Reads the input that a route declared.
    func decode<In: Input>(_ input: In.Type) throws(Failure) -> In {
        var document: JSONDocument?
        var form: [(name: String, value: String)] = []
        var message: MessageBody?
        switch In.bodyKind {
        case .none, .multipart:
            break
        case .json:
            if !body.isEmpty { document = try json() }
        case .form:
            form = try formPairs()
        case .message:
            message = try MessageDecoding.body(of: self, maximum: Action.defaultBodyMaximum)
        }
        var reader = InputReader(
            reading: InputReader.Source(target: call.target.decoded, body: document?.root, form: form, fields: fields, file: file,
                dialect: call.dialect, message: message))
        do throws(FieldProblem) {
            return try In(&reader)
        } catch {
            throw .invalid(field: error.path, error.reason)
        }
    }

    private func json() throws(Failure) -> JSONDocument {
        do throws(JSONError) {
            return try JSONDocument(body)
        } catch {
            throw .malformedBody(error.description)
        }
    }

    private func formPairs() throws(Failure) -> [(name: String, value: String)] {
        let expected = "application/x-www-form-urlencoded"
        guard let contentType, MediaType(parsing: contentType)?.matches(expected) == true else {
            throw .unsupportedMediaType(expected: expected)
        }
        do throws(ParseError) {
            return try FormURLEncoded(parsing: body.span).pairs
        } catch {
            throw .malformedBody(error.explanation)
        }
    }
}
