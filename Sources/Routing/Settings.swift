// An application's settings on the wire: read and written by the domain's own table of them.

public import Domain
public import JSON

/// Settings to change; those that aren't named stay.
public struct SettingsChange: Sendable {
    private let switches: [(setting: ApplicationSettings.Switch, value: Bool)]
    private let numbers: [(bound: ApplicationSettings.Bound, value: Int)]
    private let managers: [Username]?
    private let rates: RatesChange?

    /// Whether nothing is to be changed.
    public var isEmpty: Bool { switches.isEmpty && numbers.isEmpty && managers == nil && rates == nil }

    /// Whether a switch is among them.
    public func changes(_ field: WritableKeyPath<ApplicationSettings, Bool>) -> Bool {
        switches.contains { $0.setting.field == field }
    }

    /// Changes what was named.
    public func apply(to settings: inout ApplicationSettings) {
        for (setting, value) in switches { settings[keyPath: setting.field] = value }
        settings.managers = managers ?? settings.managers
        for (bound, value) in numbers { settings[keyPath: bound.field] = value }
        rates?.apply(to: &settings.rates)
    }

    /// The member named as missing where nothing is to be changed.
    public static let firstName = ApplicationSettings.switches[0].name
    public static let managersName: StaticString = "managers"
    /// The name of the rates.
    public static let ratesName: StaticString = "rates"
    private static let managerNames = Value<[Username]>.list(
        of: .username,
        maximum: ApplicationSettings.maximumManagers
    )

    /// Reads an object of settings.
    ///
    /// Unknown members are refused here, unlike in the dialects for clients: an operator who misspells a
    /// limit must be told.
    public static let value = Value<SettingsChange>(
        .object(name: "SettingsChange", members(areRequired: false)),
        placeholder: SettingsChange(switches: [], numbers: [], managers: nil, rates: nil),
        read: { view throws(FieldProblem) in
            guard view.kind == .object else { throw FieldProblem(.wrongType(expected: "an object")) }
            return try SettingsChange(reading: view)
        },
        readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an object")) }
    )

    private init(
        switches: [(setting: ApplicationSettings.Switch, value: Bool)],
        numbers: [(bound: ApplicationSettings.Bound, value: Int)],
        managers: [Username]?,
        rates: RatesChange?
    ) {
        self.switches = switches
        self.numbers = numbers
        self.managers = managers
        self.rates = rates
    }

    private init(reading view: JSONView) throws(FieldProblem) {
        var switches: [(setting: ApplicationSettings.Switch, value: Bool)] = []
        var managers: [Username]?
        var rates: RatesChange?
        var numbers: [(bound: ApplicationSettings.Bound, value: Int)] = []
        for (name, value) in view.members {
            do throws(FieldProblem) {
                if let setting = ApplicationSettings.switches.first(where: { $0.name == name }) {
                    switches.append((setting, try Value<Bool>.flag.value(of: value)))
                } else if name == Self.managersName.description {
                    let names = try Self.managerNames.value(of: value)
                    guard Set(names).count == names.count else {
                        throw FieldProblem(.illegal(value: "a name that stands twice"))
                    }
                    managers = names
                } else if name == Self.ratesName.description {
                    rates = try Value<RatesChange>.rates.value(of: value)
                } else if let bound = ApplicationSettings.bounds.first(where: { $0.name == name }) {
                    numbers.append((bound, try Value<Int>.integer(bound.range).value(of: value)))
                } else {
                    throw FieldProblem(.unknownField)
                }
            } catch {
                throw FieldProblem(error.reason, at: String(name.prefix(64)))
            }
        }
        self.init(switches: switches, numbers: numbers, managers: managers, rates: rates)
    }

    /// The members by the domain's table.
    static func members(areRequired: Bool) -> [Shape.Member] {
        let standard = ApplicationSettings()
        let switches = ApplicationSettings.switches.map { setting in
            let isOn = standard[keyPath: setting.field] ? "on" : "off"
            return Shape.Member(
                setting.name,
                .boolean,
                isRequired: areRequired,
                meaning: "\(sentence(setting.summary)) The default is \(isOn)."
            )
        }
        let bounds = ApplicationSettings.bounds.map { bound in
            Shape.Member(
                bound.name,
                .integer(Int64(bound.range.lowerBound)...Int64(bound.range.upperBound)),
                isRequired: areRequired,
                meaning: "\(sentence(bound.summary)) The default is \(standard[keyPath: bound.field])."
            )
        }
        return switches + bounds + [
            Shape.Member(
                managersName.description,
                managerNames.shape,
                isRequired: areRequired,
                meaning: "The users who may act for the application in dialects that know managers."
            ),
            Shape.Member(
                ratesName.description,
                areRequired ? RatesFace.shape : Value<RatesChange>.rates.shape,
                isRequired: areRequired,
                meaning: "How many calls may be made, by group; without a rate a group is unlimited."
            ),
        ]
    }

    /// A phrase as a sentence.
    private static func sentence(_ phrase: String) -> String {
        "\(phrase.prefix(1).uppercased())\(phrase.dropFirst())."
    }
}

/// All settings as they are.
public struct SettingsEntity: ReplyValue {
    private let settings: ApplicationSettings

    /// Wraps them.
    public init(settings: ApplicationSettings) { self.settings = settings }

    /// An object of all of them.
    public static var shape: Shape { .object(name: "Settings", SettingsChange.members(areRequired: true)) }

    /// Writes them in the order of the domain's table.
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        for setting in ApplicationSettings.switches {
            json.key(setting.name)
            json.bool(settings[keyPath: setting.field])
        }
        for bound in ApplicationSettings.bounds {
            json.key(bound.name)
            json.integer(settings[keyPath: bound.field])
        }
        json.key(SettingsChange.managersName)
        settings.managers.map(\.text).write(to: &json)
        json.key(SettingsChange.ratesName)
        RatesFace(settings.rates).write(to: &json)
        json.endObject()
    }
}
