// Decoding: from body bytes to a route's input, with every way to fail told as a failure of the domain.

import Domain
import HTTP
import JSON

extension Incoming {
    /// Reads the input that a route declared.
    func decode<In: Input>(_ input: In.Type) throws(Failure) -> In {
        if In.refusesUnknownQuery { try checkQuery(of: input) }
        var source = InputReader.Source(incoming: self)
        switch In.bodyKind {
        case .none, .multipart:
            break
        case .json:
            if !body.isEmpty { source.body = try json().root }
        case .form:
            source.form = try formPairs()
        case .message:
            let (form, message) = try MessageDecoding.body(of: self, maximum: Action.defaultBodyMaximum)
            (source.messageForm, source.message) = (form, message)
        case .envelopes where file != nil:
            // The sink has taken it out of its envelope.
            let form = try MessageDecoding.form(contentType, isStreamed: true)
            source.messageForm = form
            source.message = try MessageDecoding.message(body, isJSON: form.isJSON)
        case .envelopes:
            let (form, message) = try MessageDecoding.envelope(of: self, maximum: Action.defaultBodyMaximum)
            (source.messageForm, source.message) = (form, message)
        }
        var reader = InputReader(reading: source)
        do throws(FieldProblem) {
            return try In(&reader)
        } catch {
            throw .invalid(field: error.path, error.reason)
        }
    }

    /// Holds the query to the parameters that the input reads, which its trial run tells.
    private func checkQuery<In: Input>(of input: In.Type) throws(Failure) {
        let names = call.target.decoded.queryNames
        guard !names.isEmpty else { return }
        var trial = InputReader(reading: nil)
        _ = try? In(&trial)
        let known = trial.recorded.query.map(\.name)
        let isKnown = { known.contains($0) || $0 == ReasonField.name.description && call.reason != nil }
        if let unknown = names.first(where: { !isKnown($0) }) {
            throw .invalid(field: String(unknown.prefix(64)), .unknownParameter)
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
        let pairs: [(name: String, value: String)]
        do throws(ParseError) {
            pairs = try FormURLEncoded(parsing: body.span).pairs
        } catch {
            throw .malformedBody(error.explanation)
        }
        // As with the keys of a JSON object: who takes the first and who takes the last read two messages.
        var names: Set<String> = []
        for (name, _) in pairs where !names.insert(name).inserted {
            throw .malformedBody("The form has the name \"\(name.prefix(64))\" twice.")
        }
        return pairs
    }
}
