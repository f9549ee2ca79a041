// Values that replies are made of: each writes itself and knows its shape.

public import Domain
public import JSON

/// A value that can stand in a reply.
public protocol ReplyValue: Sendable {
    /// The shape of every such value.
    static var shape: Shape { get }
    /// Writes it as the next value.
    func write(to json: inout JSONWriter)
}

extension String: ReplyValue {
    /// Any text.
    public static var shape: Shape { .string() }
    /// Writes the text.
    public func write(to json: inout JSONWriter) { json.string(self) }
}

extension Bool: ReplyValue {
    /// True or false.
    public static var shape: Shape { .boolean }
    /// Writes the truth value.
    public func write(to json: inout JSONWriter) { json.bool(self) }
}

extension Int: ReplyValue {
    /// A whole number.
    public static var shape: Shape { .integer() }
    /// Writes the number.
    public func write(to json: inout JSONWriter) { json.integer(Int64(self)) }
}

extension Int64: ReplyValue {
    /// A whole number.
    public static var shape: Shape { .integer() }
    /// Writes the number.
    public func write(to json: inout JSONWriter) { json.integer(self) }
}

extension Timestamp: ReplyValue {
    /// Milliseconds since 1970.
    public static var shape: Shape { .integer() }
    /// Writes the milliseconds.
    public func write(to json: inout JSONWriter) { json.integer(milliseconds) }
}

extension UUID: ReplyValue {
    /// 36 characters.
    public static var shape: Shape { .string(format: "uuid") }
    /// Writes the 8-4-4-4-12 form.
    public func write(to json: inout JSONWriter) { json.plain(upTo: 36) { writeText(into: $0) } }
}

extension Array: ReplyValue where Element: ReplyValue {
    /// A list.
    public static var shape: Shape { .array(Element.shape) }
    /// Writes the elements in order.
    public func write(to json: inout JSONWriter) {
        json.beginArray()
        for element in self { element.write(to: &json) }
        json.endArray()
    }
}

/// Members with keys that are data, in the order given.
public struct ReplyMap<Value: ReplyValue>: ReplyValue {
    /// Key and value of each member.
    public let members: [(key: String, value: Value)]

    /// Wraps the members.
    public init(_ members: [(key: String, value: Value)]) { self.members = members }

    /// An object of any keys.
    public static var shape: Shape { .map(Value.shape) }

    /// Writes the members in order.
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        for (key, value) in members {
            json.key(key)
            value.write(to: &json)
        }
        json.endObject()
    }
}

/// A value whose place in a list is always empty.
public enum NoElement: ReplyValue {
    /// Nothing fits, so only the empty list does.
    public static var shape: Shape { .anyOf([]) }
    /// Can't be called: there is no value.
    public func write(to json: inout JSONWriter) {}
}
