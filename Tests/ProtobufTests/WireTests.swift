// The primitives of the binary form, its limits, and where its errors point.

import JSON
import Protobuf
import Testing

@Suite struct WireTests {
    private static func written(_ write: (inout WireWriter) -> Void) -> [UInt8] {
        var writer = WireWriter()
        write(&writer)
        return writer.bytes
    }

    @Test func `zigzag makes small magnitudes of either sign short`() throws {
        let table: [(Int64, [UInt8])] = [
            (0, [0]), (-1, [1]), (1, [2]), (-2, [3]), (63, [126]), (-64, [127]),
            (.max, [254] + Array(repeating: 255, count: 8) + [1]),
            (.min, Array(repeating: 255, count: 9) + [1]),
        ]
        for (value, bytes) in table {
            #expect(Self.written { $0.zigzag(value) } == bytes)
            var reader = WireReader(bytes)
            #expect(try reader.zigzag() == value)
        }
    }

    @Test func `fixed numbers have their lowest byte first`() throws {
        let bytes = Self.written {
            $0.fixed32(0x0102_0304)
            $0.fixed64(0x0102_0304_0506_0708)
        }
        #expect(bytes == [4, 3, 2, 1, 8, 7, 6, 5, 4, 3, 2, 1])
        var reader = WireReader(bytes)
        #expect(try reader.fixed32() == 0x0102_0304)
        #expect(try reader.fixed64() == 0x0102_0304_0506_0708)
        #expect(throws: ProtobufError.self) { try reader.fixed32() }
    }

    @Test func `a tenth byte has one bit to give`() throws {
        let nine = [UInt8](repeating: 0xFF, count: 9)
        var good = WireReader(nine + [1])
        #expect(try good.varint() == .max)
        for tenth: UInt8 in [2, 0x7F, 0x80, 0x81] {
            var reader = WireReader(nine + [tenth, 0])
            #expect(throws: ProtobufError.self) { try reader.varint() }
        }
    }

    @Test func `messages nest as deep as the limit and no deeper`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            var bytes: [UInt8] = []
            for level in 0..<depth {
                bytes = Self.written { writer in
                    writer.tag(WireTag(level == depth - 1 ? 12 : 3, .bytes))
                    writer.bytes(bytes)
                }
            }
            return bytes
        }
        let limits = ProtobufLimits(depth: 10)
        #expect(throws: Never.self) { try Everything(binary: nested(9), limits: limits) }
        let error = #expect(throws: ProtobufError.self) { try Everything(binary: nested(10), limits: limits) }
        #expect(error?.reason == .tooDeep(maximum: 10))
        // Far beyond what a stack would bear, were it followed.
        #expect(throws: ProtobufError.self) { try Everything(binary: nested(20_000)) }
    }

    @Test func `lists together have as many elements as the limit and no more`() throws {
        let limits = ProtobufLimits(elements: 6)
        let three = Self.written { writer in
            for _ in 0..<3 {
                writer.tag(WireTag(15, .bytes))
                writer.bytes([])
            }
        }
        let packed = Self.written { writer in
            writer.tag(WireTag(13, .bytes))
            writer.bytes([1, 2, 3])
        }
        #expect(throws: Never.self) { try Everything(binary: three + packed, limits: limits) }
        let error = #expect(throws: ProtobufError.self) {
            try Everything(binary: three + packed + three, limits: limits)
        }
        #expect(error?.reason == .tooManyElements(maximum: 6))
    }

    @Test func `a refusal names the place, in both forms`() throws {
        let badText: [UInt8] = [0x12, 1, 0xFF]
        let inner = Self.written { writer in
            writer.tag(WireTag(12, .bytes))
            writer.bytes([0x1A, 3] + badText)
        }
        let binary = #expect(throws: ProtobufError.self) { try Everything(binary: inner) }
        #expect(binary?.path == "inner.inner.text")
        #expect(binary?.reason == .badUTF8)
        let table = [
            (#"{"inners":[{},{"numbers":[1,"x"]}]}"#, "inners[1].numbers[1]"),
            (#"{"smallUnsigned":"x"}"#, "small_unsigned"),
            (#"{"maybeText":5}"#, "maybe_text"),
            (#"{"email":"a","person":{}}"#, "person"),
            (#"[]"#, ""),
        ]
        for (text, path) in table {
            let error = #expect(throws: ProtobufError.self) { try Everything(json: try document(text)) }
            #expect(error?.path == path, "\(text)")
        }
    }

    @Test func `a field's name in JSON is its name without underscores`() {
        let fields = Everything.schema.description.fields
        #expect(fields.first { $0.number == 7 }?.jsonName == "largeUnsigned")
        #expect(fields.map(\.number) == fields.map(\.number).sorted())
    }

    /// Every message cut at every place, and with every byte changed, is read or refused, and what is read is written
    /// in a form that is read as the same message.
    @Test func `damaged messages are read or refused, and what is read is one message in both forms`() throws
    {
        for vector in try Vectors.list("vectors").prefix(40) {
            let binary = try bytes(vector["binary"]?.string)
            for place in binary.indices.prefix(200) {
                var damaged = binary
                damaged[place] ^= UInt8(truncatingIfNeeded: 1 &<< (place % 8)) | 0x80
                for candidate in [damaged, Array(binary[..<place])] {
                    guard let message = try? Everything(binary: candidate) else { continue }
                    #expect(try Everything(binary: message.binary) == message)
                }
            }
        }
    }
}
