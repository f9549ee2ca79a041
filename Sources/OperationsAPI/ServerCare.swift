// Work on the whole server: backup, check, a new signing key, maintenance.

import Domain
import Routing

enum ServerCare {
    struct Destination: BodyInput {
        let path: String
        let keep: Int?

        static let value = Value<Destination>.object(named: "BackupDestination") {
            object throws(FieldProblem) in
            Destination(
                path: try object.required("path", absolutePath),
                keep: try object.optional("keep", .integer(1...10_000))
            )
        }

        /// Absolute, because the server's folder isn't the caller's.
        private static let absolutePath = Value<String>.textual(
            .string(length: 1...4095, pattern: "^/"),
            placeholder: "/"
        ) { text throws(FieldProblem) in
            let path = try Value<String>.text(1...4095).value(of: text)
            guard path.utf8.first == UInt8(ascii: "/") else {
                throw FieldProblem(.illegal(value: "The path must begin with a slash."))
            }
            return path
        }
    }

    struct BackedUp: Reply, ReplyObject {
        let path: String

        static let fields: [ReplyField<BackedUp>] = [.field("path") { $0.path }]
    }

    static func backUp(_ call: Call, _ input: Destination) throws(Failure) -> BackedUp {
        guard !input.path.hasSuffix(".db") else {
            try call.services.operations.backup(to: input.path)
            return BackedUp(path: input.path)
        }
        return BackedUp(path: try call.services.operations.backup(in: input.path, keeping: input.keep))
    }

    struct Checked: Reply, ReplyObject {
        let report: SoundnessReport

        static let schemaName: String? = "DatabaseCheck"
        static let fields: [ReplyField<Checked>] = [
            .field("sound") { $0.report.problems.isEmpty },
            .field("problems") { $0.report.problems },
            .field("orphans") { $0.report.orphans },
            .field("outbox") { Outbox(backlog: $0.report.outbox) },
        ]
    }

    /// The deliveries to webhooks that are pending.
    struct Outbox: ReplyObject {
        let backlog: WebhookBacklog

        static let fields: [ReplyField<Outbox>] = [
            .field("pending") { $0.backlog.pending }, .optional("oldest") { $0.backlog.oldest },
        ]
    }

    static func check(_ call: Call, _: NoInput) throws(Failure) -> Checked {
        Checked(report: try call.services.operations.check(hashing: false))
    }

    static func checkFiles(_ call: Call, _: NoInput) throws(Failure) -> Checked {
        Checked(report: try call.services.operations.check(hashing: true))
    }

    struct Compacted: Reply, ReplyObject {
        let before: Int
        let after: Int

        static let fields: [ReplyField<Compacted>] = [
            .field("bytes_before") { $0.before }, .field("bytes_after") { $0.after },
        ]
    }

    static func compact(_ call: Call, _: NoInput) throws(Failure) -> Compacted {
        let (before, after) = try call.services.operations.compact()
        return Compacted(before: before, after: after)
    }

    // MARK: Signing keys

    struct KeyEntry: ReplyObject {
        let key: SigningKeyFacts

        static let schemaName: String? = "SigningKey"
        static let fields: [ReplyField<KeyEntry>] = [
            .field("id") { Int($0.key.id) },
            .field("created") { Timestamp(milliseconds: $0.key.createdSeconds * 1000) },
            .field("signs") { $0.key.signs },
        ]
    }

    struct KeyList: Reply, ReplyObject {
        let keys: [SigningKeyFacts]

        static let fields: [ReplyField<KeyList>] = [.field("keys") { $0.keys.map(KeyEntry.init) }]
    }

    static func listKeys(_ call: Call, _: NoInput) throws(Failure) -> KeyList {
        KeyList(keys: call.services.operations.keys())
    }

    static func retireKey(_ call: Call, _: NoInput) throws(Failure) -> KeyList {
        guard let id = UInt32(call["key"]) else {
            throw .invalid(field: "id", .illegal(value: String(call["key"].prefix(64))))
        }
        try call.services.operations.retireKey(id)
        return KeyList(keys: call.services.operations.keys())
    }

    struct Rotated: Reply, ReplyObject {
        let keys: Int

        static let fields: [ReplyField<Rotated>] = [.field("keys") { $0.keys }]
    }

    static func rotateKeys(_ call: Call, _: NoInput) throws(Failure) -> Rotated {
        Rotated(keys: try call.services.operations.rotateKeys())
    }

    // MARK: Maintenance

    struct MaintenanceSwitch: BodyInput {
        let isOn: Bool

        static let value = Value<MaintenanceSwitch>.object(named: "MaintenanceSwitch") {
            object throws(FieldProblem) in
            MaintenanceSwitch(isOn: try object.required("maintenance", .flag))
        }
    }

    struct MaintenanceState: Reply, ReplyObject {
        let isOn: Bool

        static let fields: [ReplyField<MaintenanceState>] = [.field("maintenance") { $0.isOn }]
    }

    static func maintenance(
        _ call: Call,
        _: NoInput,
        _ store: any AdministrationReader
    ) throws(Failure) -> MaintenanceState {
        MaintenanceState(isOn: try store.isUnderMaintenance())
    }

    static func setMaintenance(
        _ call: Call,
        _ input: MaintenanceSwitch,
        _ store: any AdministrationWriter
    ) throws(Failure) -> MaintenanceState {
        try store.setMaintenance(input.isOn)
        return MaintenanceState(isOn: input.isOn)
    }
}
