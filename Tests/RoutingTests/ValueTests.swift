// Kinds of values in requests: every spelling that is taken, every one that isn't, and why not.

import Domain
import JSON
import Routing
import Testing

@Suite struct ValueTests {
    /// The value that a kind reads from JSON.
    private static func read<T: Equatable>(_ value: Value<T>, _ text: String) throws -> Result<
        T, FieldProblem
    > {
        let view = try json(text)
        return Result { () throws(FieldProblem) in try value.value(of: view) }
    }

    private static func readText<T>(_ value: Value<T>, _ text: String) -> Result<T, FieldProblem> {
        Result { () throws(FieldProblem) in try value.value(of: text) }
    }

    private static let notBool = FieldProblem(.wrongType(expected: "true or false"))
    private static let notInteger = FieldProblem(.wrongType(expected: "a whole number"))
    private static let notString = FieldProblem(.wrongType(expected: "a string"))

    @Test func `a flag is taken in each spelling that clients send`() throws {
        for text in ["true", "1", #""true""#, #""1""#] {
            #expect(try Self.read(.flag, text) == .success(true), "\(text)")
        }
        for text in ["false", "0", #""false""#, #""0""#] {
            #expect(try Self.read(.flag, text) == .success(false), "\(text)")
        }
        for text in [
            "2", "-1", "1.0", "0.0", "null", #""""#, #""yes""#, #""TRUE""#, #""01""#, #"" 1""#, "[]",
            "[true]", "{}",
        ] {
            #expect(try Self.read(.flag, text) == .failure(Self.notBool), "\(text)")
        }
    }

    @Test func `a whole number is taken as a number and as its digits`() throws {
        let value = Value<Int>.integer(-5...1000)
        let good: [(String, Int)] = [
            ("7", 7), ("-5", -5), ("1000", 1000), ("0", 0), ("-0", 0), (#""7""#, 7), (#""-5""#, -5),
            (#""007""#, 7),
        ]
        for (text, number) in good { #expect(try Self.read(value, text) == .success(number), "\(text)") }
        let wrong = [
            "1.0", "1e2", "null", "true", "[]", "{}", #""""#, #""+5""#, #"" 5""#, #""5 ""#, #""1.0""#,
            #""1e2""#, #""0x5""#,
            #""five""#, #""٥""#, #""５""#, "9223372036854775808", #""9223372036854775808""#,
            #""99999999999999999999""#,
        ]
        for text in wrong { #expect(try Self.read(value, text) == .failure(Self.notInteger), "\(text)") }
        for text in ["-6", "1001", #""1001""#, "9223372036854775807", "-9223372036854775808"] {
            let problem = FieldProblem(.outOfRange(minimum: -5, maximum: 1000))
            #expect(try Self.read(value, text) == .failure(problem), "\(text)")
        }
        #expect(Self.readText(value, "12") == .success(12))
        #expect(Self.readText(value, "+5") == .failure(Self.notInteger))
    }

    @Test func `a text is bounded in characters, not in bytes`() throws {
        let value = Value<String>.text(1...3)
        for text in ["a", "abc", "äöü", "中文字", "😀😀😀"] {
            #expect(Self.readText(value, text) == .success(text))
        }
        let tooLong = FieldProblem(.tooLong(maximum: 3, unit: "characters"))
        for text in ["abcd", "😀😀😀😀", "a\u{301}\u{301}\u{301}"] {
            #expect(Self.readText(value, text) == .failure(tooLong), "\(text)")
        }
        #expect(Self.readText(value, "") == .failure(FieldProblem(.empty)))
        #expect(Self.readText(.text(0...3), "") == .success(""))
        for text in ["1", "true", "null", "[]", "{}"] {
            #expect(try Self.read(value, text) == .failure(Self.notString), "\(text)")
        }
    }

    @Test(arguments: [#""\u0000""#, #""a\u0000""#, #""\u0000b""#])
    func `a text with NUL is refused`(_ text: String) throws {
        #expect(try Self.read(.text(), text) == .failure(FieldProblem(.illegal(value: "a text with NUL"))))
    }

    @Test func `one of some texts is taken exactly, and quoted back cut`() throws {
        let value = Value<String>.oneOf(["on", "off"])
        #expect(Self.readText(value, "on") == .success("on"))
        #expect(Self.readText(value, "ON") == .failure(FieldProblem(.illegal(value: "ON"))))
        let long = String(repeating: "x", count: 1000)
        #expect(
            Self.readText(value, long) == .failure(FieldProblem(.illegal(value: String(long.prefix(64)))))
        )
    }

    @Test func `a user name follows the domain's rule, and is quoted back cut`() throws {
        #expect(try Self.read(.username, #""User.1""#) == .success(try #require(Username("User.1"))))
        #expect(try Self.read(.username, #""a b""#) == .failure(FieldProblem(.illegal(value: "a b"))))
        #expect(try Self.read(.username, "7") == .failure(Self.notString))
        let long = String(repeating: "x", count: 1000)
        #expect(
            Self.readText(.username, long)
                == .failure(FieldProblem(.illegal(value: String(long.prefix(128)))))
        )
    }

    @Test func `a list is read in order and names the element that is wrong`() throws {
        let value = Value.list(of: Value<Int>.integer(0...9), maximum: 3)
        #expect(try Self.read(value, "[]") == .success([]))
        #expect(try Self.read(value, #"[3,"2",1]"#) == .success([3, 2, 1]))
        let tooLong = FieldProblem(.tooLong(maximum: 3, unit: "elements"))
        #expect(try Self.read(value, "[1,2,3,4]") == .failure(tooLong))
        let problem = FieldProblem(.outOfRange(minimum: 0, maximum: 9), at: "[1]")
        #expect(try Self.read(value, "[1,10]") == .failure(problem))
        for text in ["1", "{}", "null", #""[]""#] {
            #expect(
                try Self.read(value, text) == .failure(FieldProblem(.wrongType(expected: "an array"))),
                "\(text)"
            )
        }
        #expect(Self.readText(value, "1") == .failure(FieldProblem(.wrongType(expected: "an array"))))
    }

    @Test func `every spelling that is taken fits the declared shape`() throws {
        for text in ["true", "false", "0", "1", #""0""#, #""1""#, #""true""#, #""false""#] {
            #expect(Value<Bool>.flag.shape.violations(in: try json(text)) == [], "\(text)")
        }
        #expect(Value<String>.text(1...3).shape == .string(length: 1...3))
        for text in ["1", "5", #""1""#, #""-5""#, #""007""#] {
            #expect(Value<Int>.integer(1...5).shape.violations(in: try json(text)) == [], "\(text)")
        }
        let list = Value.list(of: Value<String>.text(1...3), maximum: 7)
        #expect(list.shape == .array(.string(length: 1...3), maximum: 7))
        #expect(Value<String>.oneOf(["a"]).shape == .oneOfTexts(["a"]))
    }
}
