// Work on the whole server: backup, check, a new signing key, maintenance.

import Domain
import Routing

enum ServerCare {
    struct Destination: BodyInput {
        let path: String

        static let value = Value<Destination>.object(named: "BackupDestination") {
            object throws(FieldProblem) in
            Destination(path: try object.required("path", absolutePath))
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
        try call.services.operations.backup(to: input.path)
        return BackedUp(path: input.path)
    }

    struct Checked: Reply, ReplyObject {
        let problems: [String]

        static let schemaName: String? = "DatabaseCheck"
        static let fields: [ReplyField<Checked>] = [
            .field("sound") { $0.problems.isEmpty },
            .field("problems") { $0.problems },
        ]
    }

    static func check(_ call: Call, _: NoInput) throws(Failure) -> Checked {
        Checked(problems: try call.services.operations.check())
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
