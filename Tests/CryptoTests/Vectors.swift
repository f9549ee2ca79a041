// Reads the vectors that the tests compare with: our own in Fixtures/crypto, third-party ones where they are
// present.

import Crypto
import Foundation
import Testing

enum Vectors {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The lines of a file of Fixtures/crypto, split at spaces, without comments.
    static func lines(of name: String) throws -> [[String]] {
        let file = repository.appending(path: "Fixtures/crypto/\(name)")
        return try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: " ").map(String.init) }
    }

    /// The test cases of a Wycheproof file, flattened; empty where the corpora are not installed.
    static func wycheproof<Case: Decodable>(_ name: String, as: Case.Type) throws -> [WycheproofGroup<Case>] {
        let file = repository.deletingLastPathComponent().appending(path: "shared/corpora/wycheproof/\(name)")
        guard let data = try? Data(contentsOf: file) else { return [] }
        return try JSONDecoder().decode(WycheproofFile<Case>.self, from: data).testGroups
    }

    /// The bytes of `message(length)` in make_vectors.py.
    static func message(_ length: Int) -> [UInt8] {
        (0..<length).map { UInt8(($0 * 131 + length) % 256) }
    }

    /// The bytes of `key(length)` in make_vectors.py.
    static func key(_ length: Int) -> [UInt8] {
        (0..<length).map { UInt8(($0 * 17 + length * 5) % 256) }
    }
}

struct WycheproofFile<Case: Decodable>: Decodable {
    var testGroups: [WycheproofGroup<Case>]
}

struct WycheproofGroup<Case: Decodable>: Decodable {
    var tagSize: Int?
    var tests: [Case]
}

/// The bytes of a hexadecimal literal of a test.
func hex(_ text: String) throws -> [UInt8] {
    try #require(Hex.decode(text))
}
