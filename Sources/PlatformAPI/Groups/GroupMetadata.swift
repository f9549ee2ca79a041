// Metadata of a group's members and of rooms: JSON in, the metadata envelope out.

import Domain
import JSON
import Routing

extension Value<[MetadataEntry]> {
    /// An object of texts under keys of the caller's choosing.
    static func entries(key: ClosedRange<Int>, value: ClosedRange<Int>, maximum: Int) -> Value {
        let text = Value<String>.text(value)
        return Value(
            .map(text.shape),
            placeholder: [],
            read: { view throws(FieldProblem) in
                guard view.kind == .object else { throw FieldProblem(.wrongType(expected: "an object")) }
                guard view.count <= maximum else {
                    throw FieldProblem(.tooLong(maximum: maximum, unit: "elements"))
                }
                var entries: [MetadataEntry] = []
                for (name, member) in view.members {
                    guard key.contains(name.count) else {
                        throw FieldProblem(.illegal(value: String(name.prefix(64))))
                    }
                    entries.append(MetadataEntry(key: name, value: try text.value(of: member)))
                }
                return entries
            },
            readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an object")) }
        )
    }
}

private func map(_ entries: [MetadataEntry]) -> ReplyMap<String> {
    ReplyMap(entries.map { ($0.key, $0.value) })
}

/// The metadata of a group's members.
enum MemberMetadata {
    struct Entries: BodyInput {
        let entries: [MetadataEntry]

        static let value = Value<Entries>.object(named: "MemberMetadata") {
            object throws(FieldProblem) in
            Entries(
                entries: try object.required("metaData", .entries(key: 1...16, value: 0...512, maximum: 100))
            )
        }
    }

    static func set(
        _ call: Call,
        _ input: Entries,
        _ store: any Writer
    ) throws(Failure) -> Metadata.MetadataReply<ReplyMap<String>> {
        try MemberMetadataRules.set(
            input.entries,
            of: call["username"],
            in: GroupsFace.find(call, in: store),
            by: call.caller,
            store: store
        )
        return Metadata.MetadataReply(call: call, data: map(input.entries))
    }

    static func get(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> Metadata.MetadataReply<ReplyMap<String>> {
        let entries = try MemberMetadataRules.entries(
            of: call["username"],
            in: GroupsFace.find(call, in: store),
            store: store
        )
        return Metadata.MetadataReply(call: call, data: map(entries))
    }

    // MARK: Many members at once

    /// One member's entries in a request for many.
    struct Row: ReplyObject {
        let username: String
        let entries: [MetadataEntry]

        static let schemaName: String? = "MemberMetadataRow"
        static let fields: [ReplyField<Row>] = [
            .field("username") { $0.username },
            .field("metadata") { map($0.entries) },
        ]

        static let value = Value<Row>.object(named: "MemberMetadataChange") { object throws(FieldProblem) in
            Row(
                username: try object.required("username", .text(1...64)),
                entries: try object.required("metadata", .entries(key: 1...16, value: 0...512, maximum: 100))
            )
        }
    }

    struct Batch: Input {
        static let refusesUnknownQuery = true
        let rows: [Row]

        init(_ reader: inout InputReader) throws(FieldProblem) {
            rows = try reader.body(.list(of: Row.value, maximum: MemberMetadataRules.maximumBatch))
            guard !rows.isEmpty else { throw FieldProblem(.empty) }
        }
    }

    /// The entries that were set, and those that weren't: the entries of a user who is no member.
    struct Outcome: ReplyObject {
        var failed: [Row] = []
        var succeeded: [Row] = []

        static let fields: [ReplyField<Outcome>] = [
            .field("updateMetadataFailed") { $0.failed },
            .field("updateMetadataSucceeded") { $0.succeeded },
        ]
    }

    static func setMany(
        _ call: Call,
        _ input: Batch,
        _ store: any Writer
    ) throws(Failure) -> Metadata.MetadataReply<Outcome> {
        let group = try GroupsFace.find(call, in: store)
        var outcome = Outcome()
        for row in input.rows {
            do throws(Failure) {
                try MemberMetadataRules.set(
                    row.entries,
                    of: row.username,
                    in: group,
                    by: call.caller,
                    store: store
                )
                outcome.succeeded.append(row)
            } catch .group(.notMembers) {
                outcome.failed.append(row)
            }
        }
        return Metadata.MetadataReply(call: call, data: outcome)
    }

    struct Selection: BodyInput {
        let targets: [String]
        /// The keys asked for; nil for all.
        let properties: [String]?

        static let value = Value<Selection>.object(named: "MemberMetadataSelection") {
            object throws(FieldProblem) in
            Selection(
                targets: try object.required(
                    "targets",
                    .list(of: .text(1...64), maximum: MemberMetadataRules.maximumMembers)
                ),
                properties: try object.optional("properties", .list(of: .text(1...64), maximum: 100))
            )
        }
    }

    /// A user without the properties, or outside of the group, has an empty object.
    static func getMany(
        _ call: Call,
        _ input: Selection,
        _ store: any Reader
    ) throws(Failure) -> Metadata.MetadataReply<ReplyMap<ReplyMap<String>>> {
        let group = try GroupsFace.find(call, in: store)
        var found: [(key: String, value: ReplyMap<String>)] = []
        for target in input.targets where !found.contains(where: { $0.key == target }) {
            let entries = try MemberMetadataRules.knownEntries(of: target, in: group, store: store)
            found.append((target, map(entries.filter { input.properties?.contains($0.key) ?? true })))
        }
        return Metadata.MetadataReply(call: call, data: ReplyMap(found))
    }
}

/// The metadata of a room, under keys that belong to their setters.
enum RoomMetadata {
    struct Entries: BodyInput {
        let entries: [MetadataEntry]
        let endsWithOwner: Bool

        static let value = Value<Entries>.object(named: "RoomMetadata") {
            object throws(FieldProblem) in
            let entries = try object.required(
                "metaData",
                .entries(
                    key: 1...GroupMetadataRules.maximumKeyCharacters,
                    value: 0...GroupMetadataRules.maximumValueCharacters,
                    maximum: GroupMetadataRules.maximumEntries
                )
            )
            let choice = try object.optional("autoDelete", .oneOf(["DELETE", "NO_DELETE"]))
            return Entries(entries: entries, endsWithOwner: choice != "NO_DELETE")
        }
    }

    struct Keys: BodyInput {
        let keys: [String]

        private static let list = Value<[String]>.list(
            of: .text(1...GroupMetadataRules.maximumKeyCharacters),
            maximum: GroupMetadataRules.maximumKeys
        )
        static let value = Value<Keys>.object(named: "RoomMetadataKeys") {
            object throws(FieldProblem) in
            Keys(keys: try object.required("keys", list))
        }
    }

    /// The keys to show: all where none is named.
    struct Selection: Input {
        let keys: [String]

        init(_ reader: inout InputReader) throws(FieldProblem) {
            self = try reader.optionalBody(Self.value) ?? Self(keys: [])
        }
        private init(keys: [String]) { self.keys = keys }

        private static let list = Value<[String]>.list(
            of: .text(1...GroupMetadataRules.maximumKeyCharacters),
            maximum: GroupMetadataRules.maximumKeys
        )
        private static let value = Value<Selection>.object(named: "RoomMetadataSelection") {
            object throws(FieldProblem) in
            Selection(keys: try object.optional("keys", list) ?? [])
        }
    }

    /// The keys done, and the others with the reason.
    struct Outcome: ReplyObject {
        let outcome: GroupMetadataRules.Outcome

        static let fields: [ReplyField<Outcome>] = [
            .field("successKeys") { $0.outcome.done },
            .field("errorKeys") { owner in
                ReplyMap(owner.outcome.refused.map { ($0.key, text($0.reason)) })
            },
        ]

        private static func text(_ reason: Failure) -> String {
            if case .group(.keyOfAnother) = reason { return "permission denied" }
            return "exceeds chatroom metadata size limit"
        }
    }

    typealias Settled = Metadata.MetadataReply<Outcome>

    static func set(_ call: Call, _ input: Entries, _ store: any Writer) throws(Failure) -> Settled {
        try set(call, input, isForced: false, store)
    }

    static func force(_ call: Call, _ input: Entries, _ store: any Writer) throws(Failure) -> Settled {
        try set(call, input, isForced: true, store)
    }

    private static func set(
        _ call: Call,
        _ input: Entries,
        isForced: Bool,
        _ store: any Writer
    ) throws(Failure) -> Settled {
        let outcome = try GroupMetadataRules.set(
            input.entries,
            of: call["username"],
            in: RoomsFace.find(call, in: store),
            endsWithOwner: input.endsWithOwner,
            isForced: isForced,
            by: call.caller,
            store: store
        )
        return Settled(call: call, data: Outcome(outcome: outcome))
    }

    static func remove(_ call: Call, _ input: Keys, _ store: any Writer) throws(Failure) -> Settled {
        try remove(call, input, isForced: false, store)
    }

    static func forceRemoval(_ call: Call, _ input: Keys, _ store: any Writer) throws(Failure) -> Settled {
        try remove(call, input, isForced: true, store)
    }

    private static func remove(
        _ call: Call,
        _ input: Keys,
        isForced: Bool,
        _ store: any Writer
    ) throws(Failure) -> Settled {
        let outcome = try GroupMetadataRules.remove(
            input.keys,
            of: call["username"],
            in: RoomsFace.find(call, in: store),
            isForced: isForced,
            by: call.caller,
            store: store
        )
        return Settled(call: call, data: Outcome(outcome: outcome))
    }

    static func get(
        _ call: Call,
        _ input: Selection,
        _ store: any Reader
    ) throws(Failure) -> Metadata.MetadataReply<ReplyMap<String>> {
        let entries = try store.roomMetadata(of: RoomsFace.find(call, in: store).id).filter { entry in
            input.keys.isEmpty || input.keys.contains(entry.key)
        }
        return Metadata.MetadataReply(call: call, data: ReplyMap(entries.map { ($0.key, $0.value) }))
    }
}
