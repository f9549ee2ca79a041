// A part of an entity that most have not set: one word, and no copies of what isn't there.

/// A value that has a default, by which "nothing set" is known.
public protocol Defaulted: Equatable, Sendable {
    /// The default.
    init()
}

/// Keeps a value that is seldom anything but its default out of the entity it belongs to.
///
/// An entity is copied from layer to layer; this part of it is then a pointer, which is nil for the default.
@propertyWrapper
public struct Seldom<Value: Defaulted>: Equatable, Sendable {
    private final class Box: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var box: Box?

    /// Keeps the value, which costs nothing when it is the default.
    public init(wrappedValue: Value) { box = wrappedValue == Value() ? nil : Box(wrappedValue) }

    /// The value.
    public var wrappedValue: Value {
        get { box?.value ?? Value() }
        set { self = Seldom(wrappedValue: newValue) }
    }

    /// Equal when the values are.
    public static func == (one: Seldom, other: Seldom) -> Bool { one.wrappedValue == other.wrappedValue }
}
