// The YAML writer: the layout it promises, and that a reader of YAML gets the value back.

import Foundation
import JSON
import RandomKit
import Testing

@testable import Routing

@Suite struct YAMLTests {
    @Test func `a document is written in block style, members in order`() {
        let value: JSONValue = [
            "title": "Parley", "count": -3, "ratio": 2.5, "open": true, "none": .null,
            "list": [1, "two", ["a": 1, "b": [1, 2]], [3, [4]], [:], []],
            "names": ["action", "first name", "b_2"],
            "empty": ["map": [:], "list": []],
            "text": "first line\n  indented\n\nlast",
            "closed": "line\nline\n",
        ]
        #expect(
            YAML.document(value) == """
                title: Parley
                count: -3
                ratio: 2.5
                open: true
                none: null
                list:
                  - 1
                  - two
                  - a: 1
                    b:
                      - 1
                      - 2
                  - - 3
                    - - 4
                  - {}
                  - []
                names: [action, first name, b_2]
                empty:
                  map: {}
                  list: []
                text: |-
                  first line
                    indented

                  last
                closed: |
                  line
                  line

                """
        )
    }

    @Test func `a text is bare only where nothing else can be read`() {
        let table: [(text: String, written: String)] = [
            ("plain", "plain"), ("two words", "two words"), ("/{org}/{app}", "/{org}/{app}"),
            ("$ref", "$ref"),
            ("a:b", "a:b"), ("a#b", "a#b"), ("it's, [so] {it} is", "it's, [so] {it} is"),
            ("nullable", "nullable"),
            ("", "''"), ("null", "'null'"), ("Null", "'Null'"), ("true", "'true'"), ("FALSE", "'FALSE'"),
            ("yes", "'yes'"), ("No", "'No'"), ("on", "'on'"), ("off", "'off'"), ("y", "'y'"), ("N", "'N'"),
            ("~", "'~'"), ("1", "'1'"), ("-1", "'-1'"), ("+1", "'+1'"), (".5", "'.5'"), ("1e3", "'1e3'"),
            ("0x1F", "'0x1F'"), (".inf", "'.inf'"), (".NaN", "'.NaN'"), ("3.1.0", "'3.1.0'"),
            ("2026-01-01", "'2026-01-01'"), ("12:30", "'12:30'"), ("a: b", "'a: b'"), ("a:", "'a:'"),
            ("a #b", "'a #b'"), (" a", "' a'"), ("a ", "'a '"), ("- a", "'- a'"), ("---", "'---'"),
            ("? a", "'? a'"),
            ("#a", "'#a'"), ("&a", "'&a'"), ("*a", "'*a'"), ("!a", "'!a'"), ("%a", "'%a'"), ("@a", "'@a'"),
            ("`a`", "'`a`'"), ("|", "'|'"), (">", "'>'"), ("[a]", "'[a]'"), ("{a}", "'{a}'"), ("<<", "'<<'"),
            ("=", "'='"), ("\"a\"", "'\"a\"'"), ("'a'", "\"'a'\""), ("a\tb", "\"a\\tb\""), ("\r", "\"\\r\""),
            ("\n", "\"\\n\""), ("\na", "\"\\na\""), (" a\nb", "\" a\\nb\""), ("a\n\n", "\"a\\n\\n\""),
            ("\0", "\"\\u0000\""), ("\u{7F}", "\"\\u007F\""), ("\u{85}", "\"\\u0085\""), ("é", "\"é\""),
            ("\u{2028}", "\"\\u2028\""), ("\u{FEFF}", "\"\\uFEFF\""), ("😀\\\"", "\"😀\\\\\\\"\""),
        ]
        for (text, written) in table {
            #expect(YAML.document(["k": .string(text)]) == "k: \(written)\n")
            #expect(YAML.document(.object([.init(text, 1)])) == "\(written): 1\n")
        }
    }

    @Test func `numbers keep their kind`() {
        let table: [(JSONValue, String)] = [
            (.integer(.min), "-9223372036854775808"), (.unsigned(.max), "18446744073709551615"), (1.0, "1.0"),
            (1e20, "1.0e+20"), (1.5e-7, "1.5e-07"), (.double(.nan), "null"),
        ]
        for (value, written) in table { #expect(YAML.document(value) == written + "\n") }
    }

    @Test func `a list of words too long for one line is written one a line`() {
        let words = (0..<30).map { JSONValue.string("word_\($0)") }
        let lines = YAML.document(["words": .array(words)]).split(separator: "\n")
        #expect(lines.count == 31)
        #expect(lines[1] == "  - word_0")
    }

    @Test(.enabled(if: PyYAML.isPresent, "needs python3 with PyYAML"))
    func `a reader of YAML gets every value back`() throws {
        var random = SeededGenerator(seed: 20_260_101)
        var values = (0..<400).map { _ in random.value(depth: 4) }
        values += YAMLTexts.awkward.flatMap { text -> [JSONValue] in
            [
                .string(text), ["k": .string(text), "l": 1], [.string(text), [.string(text)]],
                .object([.init(text, 1)]),
            ]
        }
        let pairs = values.map { JSONValue.array([$0, .string(YAML.document($0))]) }
        #expect(try PyYAML.failures(of: pairs) == "")
    }
}

/// Texts that need care somewhere.
enum YAMLTexts {
    static let awkward: [String] =
        [
            "null", "~", "yes", "1_000", "0o17", "1:20", "=", "<<", "a: b", "a #b", "x:", "-", "- -", "? ",
            "...", "--- a",
        ]
        + [
            "\n", "\n\n", "a\n", "a\n\n", "a\n b", " a\nb", "a\n ", "a\n \nb", "a \nb", "a\n\tb",
            "a\n# b\n- c: d", "a\r\nb",
        ]
        + [
            "\u{85}", "a\u{2028}b\nc", "\u{FEFF}a", "é\nü", "'\"\\", "%TAG", "@", "`", "a\u{301}\n\u{301}b",
            "\u{FFFF}",
        ]
}

/// The reader of YAML that many machines have.
enum PyYAML {
    static let isPresent = (try? run("import yaml")) == ""

    /// The pairs of a value and its YAML that the reader gets wrong; empty for nothing.
    static func failures(of pairs: [JSONValue]) throws -> String {
        try run(
            """
            import json, sys, yaml
            for value, text in json.load(open(sys.argv[1])):
                try:
                    read = json.dumps(yaml.safe_load(text))
                except Exception as problem:
                    read = str(problem)
                if read != json.dumps(value): print(json.dumps(value), repr(text), read)
            """,
            JSONValue.array(pairs).bytes
        )
    }

    /// Both outputs of a script whose first argument is a file of those bytes.
    ///
    /// Foundation's `Process` leaks (Swift 6.3.1), which the leak sanitizer reports.
    private static func run(_ script: String, _ input: [UInt8] = []) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "yaml-\(Foundation.UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (program, file) = (folder.appending(path: "script.py"), folder.appending(path: "input"))
        try Data(script.utf8).write(to: program)
        try Data(input).write(to: file)
        let stream = try #require(popen("python3 '\(program.path)' '\(file.path)' 2>&1", "r"))
        defer { pclose(stream) }
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&piece, 1, piece.count, stream), count > 0 { output += piece[..<count] }
        return String(decoding: output, as: UTF8.self)
    }
}
