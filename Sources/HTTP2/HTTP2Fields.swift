// Fields as they are handed to the library: one piece of memory, and where each name and value lies in it.

import CLinux

/// The fields of a reply.
public struct HTTP2Fields: Sendable {
    private let bytes: [UInt8]
    private let ranges: [(name: Range<Int>, value: Range<Int>)]

    /// Names in lower case and values, as ranges of the bytes.
    public init(_ bytes: [UInt8], _ ranges: [(name: Range<Int>, value: Range<Int>)]) {
        self.bytes = bytes
        self.ranges = ranges
    }

    /// `:status: 100`.
    static let interim = HTTP2Fields(Array(":status100".utf8), [(0..<7, 7..<10)])

    /// How many there are.
    var count: Int { ranges.count }

    /// Lends them; the library copies what it needs, and writes nothing into it.
    func withFields(_ body: (UnsafePointer<h2_field>) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = UnsafeMutablePointer(mutating: bytes.baseAddress) else { return }
            let fields = ranges.map { name, value in
                h2_field(
                    name: base + name.lowerBound,
                    value: base + value.lowerBound,
                    name_length: name.count,
                    value_length: value.count,
                    flags: 0
                )
            }
            fields.withUnsafeBufferPointer { if let first = $0.baseAddress { body(first) } }
        }
    }
}
