// The sender's own fields of a message: read, and changed by a rewrite.

import Domain
import JSON
import Routing

extension MessageBodies {
    /// The shape of the sender's own fields.
    static let extShape = Shape.map(.any)

    /// Reads the sender's own fields: an object of plain values.
    ///
    /// Push settings, whose keys begin with `em_`, may be lists and objects.
    static func ext(_ view: JSONView?) throws(FieldProblem) -> [UInt8]? {
        guard let view else { return nil }
        guard view.kind == .object else { throw FieldProblem(.wrongType(expected: "JSONObject"), at: "ext") }
        for (key, value) in view.members {
            let isPlain =
                switch value.kind {
                case .bool, .number, .string: true
                case .array, .object: key.hasPrefix("em_")
                case .null: false
                }
            guard isPlain else {
                throw FieldProblem(
                    .wrongType(expected: "a string, a number or a bool"),
                    at: "ext.\(key.prefix(64))"
                )
            }
        }
        guard view.count > 0 else { return nil }
        // Written anew: without line ends, since an exported hour has one message a line.
        return view.value().bytes
    }

    /// The sender's own fields with others over them.
    static func merged(_ old: [UInt8]?, with new: [UInt8]?) -> [UInt8]? {
        guard let old, let new, case .object(var members)? = try? JSONValue(parsing: old),
            case .object(let changes)? = try? JSONValue(parsing: new)
        else { return new ?? old }
        for change in changes {
            if let index = members.firstIndex(where: { $0.key.utf8.elementsEqual(change.key.utf8) }) {
                members[index] = change
            } else {
                members.append(change)
            }
        }
        return JSONValue.object(members).bytes
    }
}
