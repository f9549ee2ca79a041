// The JSON shape of messages, for the API document and its tests.

import Protobuf
import Routing

extension MessageDescription {
    /// The accepted form: numbers as such or as texts, enumerations by name or number.
    var requestShape: Shape { shape(isReply: false) }
    /// The written form.
    var replyShape: Shape { shape(isReply: true) }

    private func shape(isReply: Bool) -> Shape {
        .object(
            name: isReply ? name.namingReply : "\(name).Request".replacingRequest,
            fields.map { field in
                let value = field.type.shape(isReply: isReply)
                let shape = field.label == .repeated ? .array(value) : value
                return Shape.Member(field.jsonName, shape, isRequired: false)
            }
        )
    }
}

extension String {
    /// A request that stands in a reply is written in another form than it is accepted in.
    fileprivate var namingReply: String { hasSuffix("Request") ? self + ".Reply" : self }

    /// Messages that are requests say so themselves.
    fileprivate var replacingRequest: String {
        hasSuffix("Request.Request") ? String(dropLast(".Request".count)) : self
    }
}

extension FieldType {
    fileprivate func shape(isReply: Bool) -> Shape {
        switch self {
        case .scalar("bool"): .boolean
        case .scalar("string"): .string()
        case .scalar("bytes"): .string(format: "byte")
        case .scalar(let name): Self.number(name, isReply: isReply)
        case .enumeration(let enumeration):
            isReply
                ? .oneOfTexts(enumeration.values.map(\.name))
                : .oneOfTexts(enumeration.values.map(\.name)).tolerating(
                    [.integer()],
                    "The value's number is taken, too."
                )
        case .message(let description): isReply ? description().replyShape : description().requestShape
        case .timestamp: .string(format: "date-time")
        case .duration: .string(pattern: #"^-?[0-9]+(\.[0-9]{1,9})?s$"#)
        }
    }

    /// Numbers of 64 bits are texts, since many readers have 53 bits only.
    private static func number(_ name: String, isReply: Bool) -> Shape {
        let isUnsigned = name.hasPrefix("u")
        let text = Shape.string(pattern: isUnsigned ? "^[0-9]+$" : "^-?[0-9]+$")
        let isLong = name.hasSuffix("64")
        let number = Shape.integer(isUnsigned ? 0...(isLong ? .max : Int64(UInt32.max)) : nil)
        if isReply { return isLong ? text : number }
        return isLong ? text.tolerating([number]) : number.tolerating([text])
    }
}
