// Push settings by conversation, language and templates. Nothing is pushed from here: they are kept for who asks.

import Domain
import Routing

enum PushPreferences {
    typealias Outcome<Content: ReplyValue> = Envelope<WrittenOutcome, NoElement, Content>

    struct Change: Input {
        let change: PushRules.Change

        init(_ reader: inout InputReader) throws(FieldProblem) {
            change = try reader.body(Self.value)
        }

        private static let value = Value<PushRules.Change>.object(named: "PushPreference") {
            object throws(FieldProblem) in
            PushRules.Change(
                level: try object.optional("type", .oneOf(PushLevel.names)).flatMap(PushLevel.init(name:)),
                quietHours: try object.optional("ignoreInterval", .quietHours) ?? nil,
                quietMilliseconds: try object.optional(
                    "ignoreDuration",
                    .integer(0...PushRules.maximumQuietMilliseconds)
                )
            )
        }
    }

    /// The effective preference: the time that was asked for as a span is answered as the moment at which it ends.
    struct Preference: ReplyObject {
        let preference: PushPreference

        static let schemaName: String? = "PushPreferenceInForce"
        static let fields: [ReplyField<Preference>] = [
            .field("type") { $0.preference.level.name },
            .optional("ignoreInterval") { $0.preference.quietHours?.text },
            .optional("ignoreDuration") { $0.preference.quietUntil },
        ]
    }

    static func setForUser(_ call: Call, _ input: Change, _ store: any Writer) throws(Failure) -> Outcome<
        Preference
    > {
        try set(call, input, for: .user(try UserRules.find(call["peer_username"], in: store).id), store)
    }

    static func setForGroup(_ call: Call, _ input: Change, _ store: any Writer) throws(Failure) -> Outcome<
        Preference
    > {
        try set(call, input, for: .group(try GroupRules.find(call["group_id"], .group, in: store).id), store)
    }

    private static func set(
        _ call: Call,
        _ input: Change,
        for subject: PushSubject,
        _ store: any Writer
    ) throws(Failure) -> Outcome<Preference> {
        let user = try UserRules.find(call["username"], in: store)
        let changed = try PushRules.change(input.change, for: subject, of: user, at: call.now, in: store)
        return Outcome(call, "put", path: "/users", data: Preference(preference: changed))
    }

    static func getForUser(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Outcome<
        Preference
    > {
        try get(call, for: .user(try UserRules.find(call["peer_username"], in: store).id), store)
    }

    static func getForGroup(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Outcome<
        Preference
    > {
        try get(call, for: .group(try GroupRules.find(call["group_id"], .group, in: store).id), store)
    }

    private static func get(
        _ call: Call,
        for subject: PushSubject,
        _ store: any Reader
    ) throws(Failure) -> Outcome<Preference> {
        let user = try UserRules.find(call["username"], in: store)
        let known = try PushRules.preference(for: subject, of: user, at: call.now, in: store)
        return Outcome(call, "get", path: "/users", data: Preference(preference: known))
    }

    // MARK: Language

    struct Language: Input {
        let code: String

        init(_ reader: inout InputReader) throws(FieldProblem) { code = try reader.body(Self.value) }

        private static let value = Value<String>.object(named: "PushLanguage") {
            object throws(FieldProblem) in
            try object.required("translationLanguage", .text(1...32))
        }
    }

    struct LanguageInForce: ReplyObject {
        let code: String?

        static let fields: [ReplyField<LanguageInForce>] = [.optional("language") { $0.code }]
    }

    static func setLanguage(
        _ call: Call,
        _ input: Language,
        _ store: any Writer
    ) throws(Failure) -> Outcome<LanguageInForce> {
        let user = try UserRules.find(call["username"], in: store)
        try store.setPushLanguage(input.code, of: user.id)
        return Outcome(call, "put", path: "/users", data: LanguageInForce(code: input.code))
    }

    static func getLanguage(
        _ call: Call,
        _: NoInput,
        _ store: any Reader
    ) throws(Failure) -> Outcome<LanguageInForce> {
        let user = try UserRules.find(call["username"], in: store)
        let code = try store.pushLanguage(of: user.id)
        return Outcome(call, "get", path: "/users", data: LanguageInForce(code: code))
    }
}

extension PushLevel {
    /// The levels as this dialect calls them, by their number.
    static let names = ["DEFAULT", "ALL", "AT", "NONE"]

    var name: String { Self.names[rawValue] }

    init?(name: String) {
        guard let number = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: number)
    }
}

extension QuietHours {
    /// As `21:30-08:00`.
    var text: String { "\(Self.text(start))-\(Self.text(end))" }

    private static func text(_ minute: Int) -> String {
        let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
        return (hour < 10 ? "0" : "") + String(hour) + (rest < 10 ? ":0" : ":") + String(rest)
    }

    init?(_ text: String) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Self.minute(of: $0) }
        guard ends.count == 2, let start = ends[0], let end = ends[1] else { return nil }
        self.init(start: start, end: end)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func minute(of text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }
}

extension Value<QuietHours?> {
    /// A time of day, `HH:MM-HH:MM`.
    static var quietHours: Value {
        let shape = Shape.string(
            length: 11...11,
            pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$"
        )
        return textual(shape, placeholder: nil) { text throws(FieldProblem) in
            guard let hours = QuietHours(text) else {
                throw FieldProblem(.illegal(value: String(text.prefix(64))))
            }
            return hours
        }
    }
}
