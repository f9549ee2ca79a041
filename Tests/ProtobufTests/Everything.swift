// The message of Fixtures/protobuf/everything.proto, declared as messages are declared here.

import Foundation
import JSON
import Protobuf
import Testing

enum Color: Int32, ProtobufEnumeration {
    case unspecified = 0
    case red = 1
    case darkBlue = 2
    case negative = -1

    static let protobufName = "parley.test.Color"
    static let prefix = "COLOR_"
}

/// A message that may hold another of its kind.
struct Inner: ProtobufMessage {
    var id: UInt64 = 0
    var text = ""
    var inner: Box?
    var numbers: [UInt64] = []

    static let schema = MessageSchema<Inner>(
        "parley.test.Inner",
        [
            .field(1, "id", \.id), .field(2, "text", \.text), .optional(3, "inner", \.inner),
            .repeated(4, "numbers", \.numbers),
        ]
    )
}

/// An `Inner` on the heap.
struct Box: ProtobufValue {
    private var list: [Inner] = []

    init() {}

    private var value: Inner {
        get { list.first ?? Inner() }
        set { list = [newValue] }
    }

    static var type: FieldType { Inner.type }
    static var wireType: WireType { .bytes }
    static func == (left: Box, right: Box) -> Bool { left.value == right.value }
    mutating func read(from reader: inout WireReader) throws(ProtobufError) { try value.read(from: &reader) }
    func write(to writer: inout WireWriter) { value.write(to: &writer) }
    mutating func read(from json: JSONView) throws(ProtobufError) { try value.read(from: json) }
    func write(to json: inout JSONWriter) { value.write(to: &json) }
}

struct Everything: ProtobufMessage {
    enum Account: Equatable {
        case email(String)
        case id(UInt64)
        case person(Inner)
    }

    var text = ""
    var data: [UInt8] = []
    var flag = false
    var small: Int32 = 0
    var large: Int64 = 0
    var smallUnsigned: UInt32 = 0
    var largeUnsigned: UInt64 = 0
    var color = EnumerationValue<Color>()
    var maybeText: String?
    var maybeNumber: UInt64?
    var maybeFlag: Bool?
    var inner: Inner?
    var numbers: [UInt64] = []
    var texts: [String] = []
    var inners: [Inner] = []
    var colors: [EnumerationValue<Color>] = []
    var time: ProtobufTimestamp?
    var span: ProtobufDuration?
    var account: Account?
    var signedNumbers: [Int32] = []
    var maybeData: [UInt8]?

    static let schema = MessageSchema<Everything>(
        "parley.test.Everything",
        [
            .field(1, "text", \.text), .field(2, "data", \.data), .field(3, "flag", \.flag),
            .field(4, "small", \.small), .field(5, "large", \.large),
            .field(6, "small_unsigned", \.smallUnsigned), .field(7, "large_unsigned", \.largeUnsigned),
            .field(8, "color", \.color), .optional(9, "maybe_text", \.maybeText),
            .optional(10, "maybe_number", \.maybeNumber), .optional(11, "maybe_flag", \.maybeFlag),
            .optional(12, "inner", \.inner), .repeated(13, "numbers", \.numbers),
            .repeated(14, "texts", \.texts), .repeated(15, "inners", \.inners),
            .repeated(16, "colors", \.colors), .optional(17, "time", \.time), .optional(18, "span", \.span),
            .member(20, "email", of: "account", \.account, Account.email) {
                if case .email(let email) = $0 { email } else { nil }
            },
            .member(21, "id", of: "account", \.account, Account.id) {
                if case .id(let id) = $0 { id } else { nil }
            },
            .member(22, "person", of: "account", \.account, Account.person) {
                if case .person(let person) = $0 { person } else { nil }
            },
            .repeated(2000, "signed_numbers", \.signedNumbers),
            .optional(536_870_911, "maybe_data", \.maybeData),
        ]
    )
}

/// The content of Fixtures/protobuf/vectors.json.
struct Vectors {
    let root: JSONView

    static let all = Result { () throws -> Vectors in
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/protobuf/vectors.json")
        return Vectors(root: try JSONDocument(Array(try Data(contentsOf: file))).root)
    }

    static func list(_ name: String) throws -> [JSONView] {
        let list = Array(try #require(try all.get().root[name]).elements)
        try #require(list.count > 10)
        return list
    }
}

func bytes(_ hex: String?) throws -> [UInt8] {
    let digits = Array(try #require(hex))
    return try stride(from: 0, to: digits.count, by: 2).map {
        try #require(UInt8(String(digits[$0...$0 + 1]), radix: 16))
    }
}

func document(_ text: String) throws -> JSONView { try JSONDocument(Array(text.utf8)).root }
