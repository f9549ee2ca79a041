// Third-party documents, where they lie next to the repository; without them these tests do nothing.

import Foundation
import JSON
import Testing

private enum Corpus {
    /// `shared/corpora` beside the repository, links resolved.
    static let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/corpora")

    static func documents(in path: String) throws -> [(name: String, bytes: [UInt8])] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path)
        return try names.sorted().map { ($0, try bytes(of: "\(path)/\($0)")) }
    }

    static func bytes(of path: String) throws -> [UInt8] {
        let file = folder.appending(path: path)
        // Foundation leaks its buffer when it reads an empty file; leak checkers would blame the tests.
        guard try file.resourceValues(forKeys: [.fileSizeKey]).fileSize != 0 else { return [] }
        return Array(try Data(contentsOf: file))
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: path).path)
    }
}

@Suite struct CorpusTests {
    /// RFC 8259 leaves these to the reader.
    ///
    /// We accept numbers that are too small to tell from zero, and refuse numbers
    /// beyond their types, lone surrogates, invalid UTF-8, UTF-16, a byte order mark, and 500 levels.
    private static let acceptedByChoice: Set = [
        "i_number_double_huge_neg_exp.json", "i_number_real_underflow.json",
    ]

    /// RFC 8259 section 4 says that names should be unique; we insist.
    private static let refusedByChoice: Set = [
        "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
    ]

    @Test(.enabled(if: Corpus.exists("JSONTestSuite/test_parsing")))
    func `JSONTestSuite is judged as its file names say, and by our choices`() throws {
        let documents = try Corpus.documents(in: "JSONTestSuite/test_parsing")
        #expect(documents.count > 300)
        for (name, bytes) in documents {
            let expected =
                name.hasPrefix("y_")
                ? !Self.refusedByChoice.contains(name) : Self.acceptedByChoice.contains(name)
            #expect(((try? JSONDocument(bytes)) != nil) == expected, "\(name)")
        }
    }

    @Test(.enabled(if: Corpus.exists("JSONTestSuite")))
    func `JSONTestSuite reads as with the reference reader`() throws {
        for folder in ["test_parsing", "test_transform"] {
            for (name, bytes) in try Corpus.documents(in: "JSONTestSuite/\(folder)") {
                let value = try? JSONValue(parsing: bytes)
                #expect(value?.bytes == ReferenceReader.value(of: bytes)?.bytes, "\(name)")
            }
        }
    }

    @Test(.enabled(if: Corpus.exists("JSONTestSuite/test_parsing/i_structure_500_nested_arrays.json")))
    func `five hundred levels are only a matter of the limit`() throws {
        let bytes = try Corpus.bytes(of: "JSONTestSuite/test_parsing/i_structure_500_nested_arrays.json")
        _ = try JSONDocument(bytes, maximumDepth: 500)
    }

    @Test(.enabled(if: Corpus.exists("blns.json")))
    func `hostile strings are read as Foundation reads them, and survive writing`() throws {
        let bytes = try Corpus.bytes(of: "blns.json")
        let strings = try JSONDecoder().decode([String].self, from: Data(bytes))
        let root = try JSONDocument(bytes).root
        #expect(strings.count > 400)
        #expect(root.elements.compactMap(\.string).map { Array($0.utf8) } == strings.map { Array($0.utf8) })
        for string in strings {
            let written = JSONValue.object([.init(string, .string(string))])
            let read = try JSONDocument(written.bytes).root
            #expect(read[string]?.string.map { Array($0.utf8) } == Array(string.utf8))
        }
    }
}
