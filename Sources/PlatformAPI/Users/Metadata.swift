// User metadata: form-encoded in, an envelope of three keys out.

import Domain
import JSON
import Routing

enum Metadata {
    /// The envelope of the metadata routes.
    struct MetadataReply<Content: ReplyValue>: Reply, ReplyValue {
        let call: Call
        let data: Content

        static var shape: Shape {
            .object([
                .init("timestamp", Timestamp.shape), .init("data", Content.shape),
                .init("duration", .integer(0...Int64.max)),
            ])
        }

        func write(to json: inout JSONWriter) {
            json.beginObject()
            json.key("timestamp")
            call.now.write(to: &json)
            json.key("data")
            data.write(to: &json)
            json.key("duration")
            call.durationMilliseconds.write(to: &json)
            json.endObject()
        }
    }

    struct Entries: Input {
        static let bodyKind = BodyKind.form
        let entries: [MetadataEntry]

        init(_ reader: inout InputReader) throws(FieldProblem) {
            // Java servers read parameters of the query and of a form together.
            var pairs = reader.form(.map(.string()))
            for parameter in try reader.wholeQuery() {
                guard let known = pairs.first(where: { $0.name == parameter.name }) else {
                    pairs.append(parameter)
                    continue
                }
                guard known.value == parameter.value else {
                    throw FieldProblem(.repeated, at: parameter.name)
                }
            }
            for pair in pairs where pair.name.isEmpty { throw FieldProblem(.illegal(value: ""), at: "key") }
            entries = pairs.map { MetadataEntry(key: $0.name, value: $0.value) }
        }
    }

    static func set(
        _ call: Call,
        _ input: Entries,
        _ store: any Writer
    ) throws(Failure) -> MetadataReply<ReplyMap<String>> {
        MetadataReply(
            call: call,
            data: map(try MetadataRules.set(input.entries, of: call["username"], at: call.now, in: store))
        )
    }

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> MetadataReply<
        ReplyMap<String>
    > {
        MetadataReply(
            call: call,
            data: map(try MetadataRules.entries(of: call["username"], at: call.now, in: store))
        )
    }

    struct Selection: Input {
        let targets: [String]
        /// The keys asked for; nil for all.
        let properties: [String]?
        /// The Content-Type, which must be sent, whatever it is.
        let mediaType: String?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            let mediaType = try reader.field("content-type", .text())
            let body = try reader.body(Self.value)
            self.init(targets: body.targets, properties: body.properties, mediaType: mediaType)
        }

        private init(targets: [String], properties: [String]?, mediaType: String?) {
            self.targets = targets
            self.properties = properties
            self.mediaType = mediaType
        }

        private static let value = Value<Selection>.object(named: "MetadataSelection") {
            object throws(FieldProblem) in
            Selection(
                targets: try object.required("targets", .list(of: .text(1...64), maximum: 1000)),
                properties: try object.optional("properties", .list(of: .text(1...256), maximum: 100)),
                mediaType: nil
            )
        }
    }

    /// Users without any of the properties, and unknown ones, have an empty object.
    static func getMany(
        _ call: Call,
        _ input: Selection,
        _ store: any Reader
    ) throws(Failure) -> MetadataReply<ReplyMap<ReplyMap<String>>> {
        guard input.mediaType?.isEmpty == false else {
            throw .unsupportedMediaType(expected: "application/json")
        }
        let maximum = MetadataRules.maximumUsers
        guard input.targets.count <= maximum else { throw .tooMany(field: "targets", maximum: maximum) }
        var found: [(key: String, value: ReplyMap<String>)] = []
        for target in input.targets where !found.contains(where: { $0.key == target }) {
            let entries = try MetadataRules.entries(of: target, at: call.now, in: store)
            found.append((target, map(entries.filter { input.properties?.contains($0.key) ?? true })))
        }
        return MetadataReply(call: call, data: ReplyMap(found))
    }

    static func capacity(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> MetadataReply<Int>
    {
        MetadataReply(call: call, data: try store.metadataBytes())
    }

    static func delete(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> MetadataReply<Bool> {
        try MetadataRules.clear(call["username"], in: store)
        return MetadataReply(call: call, data: true)
    }

    private static func map(_ entries: [MetadataEntry]) -> ReplyMap<String> {
        ReplyMap(entries.map { ($0.key, $0.value) })
    }
}
