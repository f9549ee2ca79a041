// The promise of the reader of messages: what is read is the same message in both of its forms.

import JSON
import Protobuf

private struct Leaf: ProtobufMessage {
    var number: UInt64 = 0
    var texts: [String] = []

    static let schema = MessageSchema<Leaf>(
        "parley.fuzz.Leaf",
        [.field(1, "number", \.number), .repeated(2, "texts", \.texts)]
    )
}

private struct Tree: ProtobufMessage {
    enum Union: Equatable {
        case text(String)
        case leaf(Leaf)
    }

    var text = ""
    var leaf: Leaf?
    var leaves: [Leaf] = []
    var numbers: [Int32] = []
    var time: ProtobufTimestamp?
    var span: ProtobufDuration?
    var union: Union?
    var data: [UInt8]?

    static let schema = MessageSchema<Tree>(
        "parley.fuzz.Tree",
        [
            .field(1, "text", \.text), .optional(2, "leaf", \.leaf), .repeated(3, "leaves", \.leaves),
            .repeated(4, "numbers", \.numbers), .optional(5, "time", \.time), .optional(6, "span", \.span),
            .member(7, "word", of: "union", \.union, Union.text) {
                if case .text(let text) = $0 { text } else { nil }
            },
            .member(8, "twig", of: "union", \.union, Union.leaf) {
                if case .leaf(let leaf) = $0 { leaf } else { nil }
            },
            .optional(9, "data", \.data),
        ]
    )

    /// Moments and spans that have no text aren't the same in JSON.
    var hasText: Bool {
        guard time?.isValid ?? true else { return false }
        guard let span else { return true }
        let seconds = span.seconds.magnitude
        return seconds < 315_576_000_000 && span.nanoseconds.magnitude < 1_000_000_000
            && (span.seconds == 0 || span.nanoseconds == 0 || (span.seconds < 0) == (span.nanoseconds < 0))
    }
}

extension FuzzTarget {
    @Sendable
    static func protobuf(_ bytes: [UInt8]) -> String? {
        if let document = try? JSONDocument(bytes), let message = try? Tree(json: document.root) {
            guard (try? Tree(binary: message.binary)) == message else {
                return "\(message) is another in binary."
            }
        }
        guard let message = try? Tree(binary: bytes) else { return nil }
        guard (try? Tree(binary: message.binary)) == message else {
            return "\(message) is read again as another."
        }
        guard message.hasText else { return nil }
        guard let document = try? JSONDocument(message.json), (try? Tree(json: document.root)) == message
        else {
            return "\(message) is another in JSON: \(String(decoding: message.json, as: UTF8.self))"
        }
        return nil
    }
}
