// The settings of an application as its owner reads and changes them.

import Domain
import JSON
import Routing

enum Settings {
    typealias List = Envelope<WrittenOutcome, NoElement, [SettingFace]>

    private static let path = "/settings"

    /// One setting with its bounds.
    struct SettingFace: ReplyObject {
        let name: String
        let value: AnyValue
        let standard: AnyValue
        var range: ClosedRange<Int>?
        let summary: String

        static let schemaName: String? = "Setting"
        static let fields: [ReplyField<SettingFace>] = [
            .field("name") { $0.name },
            .field("value") { $0.value },
            .field("default") { $0.standard },
            .optional("minimum") { $0.range?.lowerBound },
            .optional("maximum") { $0.range?.upperBound },
            .field("description") { $0.summary },
        ]
    }

    /// A value of any kind, as JSON.
    struct AnyValue: ReplyValue {
        let write: @Sendable (inout JSONWriter) -> Void

        static var shape: Shape { .any }

        init(_ write: @escaping @Sendable (inout JSONWriter) -> Void) { self.write = write }

        init(_ value: some ReplyValue & Sendable) { write = { value.write(to: &$0) } }

        func write(to json: inout JSONWriter) { write(&json) }
    }

    /// The change of some settings; what isn't named stays.
    struct Change: Input {
        let settings: SettingsChange

        init(_ reader: inout InputReader) throws(FieldProblem) {
            settings = try reader.body(SettingsChange.value)
        }
    }

    static func get(_ call: Call, _: NoInput, _ store: any AdministrationReader) throws(Failure) -> List {
        let application = try DirectoryRules.find(call.applicationName, in: store)
        return List(call, "get", path: path, data: faces(application.settings))
    }

    static func set(_ call: Call, _ input: Change, _ store: any AdministrationWriter) throws(Failure) -> List
    {
        guard !input.settings.isEmpty else { throw .invalid(field: SettingsChange.firstName, .missing) }
        // Who suspends an application can't take it back by a call of it.
        if call.caller != .operator, input.settings.changes(\.isSuspended) {
            throw .forbidden(.lacksScope(.all))
        }
        let application = try DirectoryRules.update(
            call.applicationName,
            in: store,
            input.settings.apply(to:)
        )
        return List(call, "put", path: path, data: faces(application.settings))
    }

    private static func faces(_ settings: ApplicationSettings) -> [SettingFace] {
        let standard = ApplicationSettings()
        let switches = ApplicationSettings.switches.map { setting in
            SettingFace(
                name: setting.name,
                value: AnyValue(settings[keyPath: setting.field]),
                standard: AnyValue(standard[keyPath: setting.field]),
                summary: setting.summary
            )
        }
        let bounds = ApplicationSettings.bounds.map { bound in
            SettingFace(
                name: bound.name,
                value: AnyValue(settings[keyPath: bound.field]),
                standard: AnyValue(standard[keyPath: bound.field]),
                range: bound.range,
                summary: bound.summary
            )
        }
        return switches + bounds + [
            SettingFace(
                name: SettingsChange.managersName.description,
                value: AnyValue(settings.managers.map(\.text)),
                standard: AnyValue(standard.managers.map(\.text)),
                summary: "users who may act for the application in the OpenIM dialect"
            ),
            SettingFace(
                name: SettingsChange.ratesName.description,
                value: AnyValue(RatesFace(settings.rates)),
                standard: AnyValue(RatesFace(standard.rates)),
                summary: "calls a second and at once, by group of calls"
            ),
        ]
    }
}
