// Probes of a running server: health, readiness, metrics, the API document.

import Domain
import Routing

enum Probes {
    enum PlainText: TextKind {
        static let mediaType: StaticString = "text/plain; charset=utf-8"
    }

    /// Prometheus' text format names its version in the media type.
    enum PrometheusText: TextKind {
        static let mediaType: StaticString = "text/plain; version=0.0.4; charset=utf-8"
    }

    /// RFC 9512.
    enum YAMLText: TextKind {
        static let mediaType: StaticString = "application/yaml"
    }

    /// Without a parameter: the document's encoding is JSON's only one.
    enum JSONPlain: TextKind {
        static let mediaType: StaticString = "application/json"
    }

    static func health(_: Call, _: NoInput) throws(Failure) -> TextReply<PlainText> {
        TextReply(Array("ok\n".utf8))
    }

    static func readiness(_ call: Call, _: NoInput) throws(Failure) -> TextReply<PlainText> {
        try call.services.operations.probe()
        let isClosed = call.services.operations.isUnderMaintenance
        return TextReply(Array((isClosed ? "ready, under maintenance\n" : "ready\n").utf8))
    }

    static func metrics(_ call: Call, _: NoInput) throws(Failure) -> TextReply<PrometheusText> {
        TextReply(try call.services.operations.metricsPage())
    }

    /// `?dialect=`.
    struct DocumentInput: Input {
        static let bodyKind = BodyKind.none
        let part: OpenAPIPart?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            let name = try reader.query("dialect", .oneOf(OpenAPIPart.allCases.map(\.rawValue)))
            part = name.flatMap(OpenAPIPart.init)
        }
    }

    static func document(_ call: Call, _ input: DocumentInput) throws(Failure) -> TextReply<YAMLText> {
        TextReply(call.services.operations.apiDocument(input.part, .yaml))
    }

    static func jsonDocument(_ call: Call, _ input: DocumentInput) throws(Failure) -> TextReply<JSONPlain> {
        TextReply(call.services.operations.apiDocument(input.part, .json))
    }
}
