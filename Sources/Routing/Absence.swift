// Absent members: the values by which real clients say that an optional member isn't there.

public import JSON

extension Shape {
    /// Whether a value of an optional member says nothing: `null`, or an empty text or list where the member has no such
    /// value.
    ///
    /// Client libraries send every member that they know, and an unset one is empty: `""` for an id, an enumeration or an
    /// object, `[]` for the object of a language whose lists and maps are one type. A free text can be empty, and then is.
    public func readsAsAbsent(_ value: JSONView) -> Bool {
        switch value.kind {
        case .null: true
        case .string: value.isString("") && !admitsEmptyText
        case .array: value.count == 0 && !admitsLists
        case .bool, .number, .object: false
        }
    }

    private var admitsEmptyText: Bool {
        switch self {
        case .string(let length, let pattern, _): length.map { $0.lowerBound == 0 } ?? (pattern == nil)
        case .oneOfTexts(let texts): texts.contains("")
        case .anyOf(let shapes): shapes.contains(where: \.admitsEmptyText)
        case .noted(let shape, let note):
            shape.admitsEmptyText || note.tolerated.contains(where: \.admitsEmptyText)
        case .any: true
        case .oneOfNumbers, .integer, .number, .boolean, .array, .object, .map: false
        }
    }

    private var admitsLists: Bool {
        switch self {
        case .array, .any: true
        case .anyOf(let shapes): shapes.contains(where: \.admitsLists)
        case .noted(let shape, let note):
            shape.admitsLists || note.tolerated.contains(where: \.admitsLists)
        case .string, .oneOfTexts, .oneOfNumbers, .integer, .number, .boolean, .object, .map: false
        }
    }
}

extension JSONView {
    /// Whether it is an object, or the empty list, by which a language whose lists and maps are one type writes an object
    /// without members.
    public var isObject: Bool { kind == .object || kind == .array && count == 0 }

    /// An optional member; nil where it is absent, or says so.
    public func optional(_ name: StaticString, _ shape: Shape) -> JSONView? {
        guard let member = self[name], !shape.readsAsAbsent(member) else { return nil }
        return member
    }
}
