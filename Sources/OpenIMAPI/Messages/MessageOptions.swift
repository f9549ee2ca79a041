// The sender's options for a message: the switches that clients send, and what they mean here.

import Domain
import JSON
import Routing

/// The switches of one message, by name; one that isn't there is on.
///
/// Clients say `history`, what describes them says `isHistory`; both are read. All are kept and shown; these
/// decide something: `history` and `persistent` what is kept, `unreadCount` and `conversationUpdate` whether it
/// counts, `senderSync`, where it is on, that the sender's other devices get it. Nothing here pushes, so
/// `offlinePush` is only told on.
struct MessageOptions: Sendable {
    private var flags: [(name: String, isOn: Bool)] = []

    init() {}

    /// Switches of one message, at most.
    static let maximum = 32

    /// The switch of a name; nil where it isn't set.
    subscript(_ name: String) -> Bool? {
        get { flags.last { $0.name == name }?.isOn }
        set {
            flags.removeAll { $0.name == name }
            if let newValue { flags.append((name, newValue)) }
        }
    }

    /// The retention of a message by content type.
    func retention(of type: Int, isOnlineOnly: Bool) -> MessageRetention {
        // Typing, and what its sender made for who is connected.
        if isOnlineOnly || [113, 120].contains(type) { return .live }
        guard self["history"] == false else { return .queued }
        return self["persistent"] == false ? .live : .archived
    }

    /// Whether a message of a content type counts among those that wait: receipts, and what shall not touch its
    /// conversation, don't.
    func isCounted(_ type: Int) -> Bool {
        ![112, 119].contains(type) && self["unreadCount"] != false && self["conversationUpdate"] != false
    }

    /// As it is kept beside the message; nil where nothing was set.
    var kept: JSONValue? {
        flags.isEmpty ? nil : .object(flags.map { JSONValue.Member($0.name, .bool($0.isOn)) })
    }
}

extension Value<MessageOptions> {
    /// An object of switches: true and false, or 1 and 0.
    static let options = Value(
        .map(.boolean.tolerating([.integer(0...1)])),
        placeholder: MessageOptions(),
        read: { view throws(FieldProblem) in
            guard view.kind == .object else { throw FieldProblem(.wrongType(expected: "an object")) }
            guard view.count <= MessageOptions.maximum else {
                throw FieldProblem(.tooLong(maximum: MessageOptions.maximum, unit: "members"))
            }
            var options = MessageOptions()
            for (key, value) in view.members {
                guard let isOn = value.bool ?? value.int64.flatMap({ [0: false, 1: true][$0] }) else {
                    throw FieldProblem(.wrongType(expected: "true or false"), at: key)
                }
                options[name(key)] = isOn
            }
            return options
        },
        readText: { _ throws(FieldProblem) in throw FieldProblem(.wrongType(expected: "an object")) }
    )

    /// `isHistory` and `history` are one switch.
    private static func name(_ key: String) -> String {
        let rest = key.dropFirst(2)
        guard key.hasPrefix("is"), let first = rest.first, first.isUppercase else { return key }
        return first.lowercased() + rest.dropFirst()
    }
}

/// The switches of a message as it is shown.
struct KeptOptions: SpelledValue {
    let value: JSONValue

    static func shape(in generation: Generation) -> Shape { .map(.boolean) }
    func write(to json: inout JSONWriter, in generation: Generation) { json.value(value) }
}
