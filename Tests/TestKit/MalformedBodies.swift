// Bodies that no route may accept: broken ones, and those that a route's own declaration rules out.

import JSON
package import Routing

/// A body that must be refused.
package struct MalformedBody {
    /// Its fault.
    package let name: String
    /// The body that is sent.
    package let bytes: [UInt8]

    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    init(_ name: String, _ json: TestJSON) { self.init(name, json.bytes) }

    /// Bodies that aren't JSON by RFC 8259, or have two readings.
    package static let broken: [MalformedBody] =
        [
            ("nothing", ""), ("a blank", " "), ("an open object", "{"), ("an open array", "["),
            ("an open member", "{\"username\":"), ("half a word", "nul"), ("a trailing comma", "{\"a\":1,}"),
            ("two values", "{}{}"), ("single quotes", "{'a':1}"), ("a bare key", "{a:1}"),
            ("a comment", "{}//"),
            ("a leading zero", "{\"a\":01}"), ("NaN", "{\"a\":NaN}"),
            ("a number out of range", "{\"a\":1e999}"),
            ("a lone surrogate", #"{"username":"\ud800"}"#), ("a bad escape", #"{"a":"\x41"}"#),
            ("a line feed in a text", "{\"a\":\"\n\"}"), ("a byte order mark", "\u{FEFF}{}"),
            ("a key that stands twice", #"{"username":"a","username":"b"}"#),
            ("a key that stands twice, once escaped", #"{"username":"a","usern\u0061me":"b"}"#),
            ("a key that stands twice in a part that nobody reads", #"{"x":{"a":1,"a":1}}"#),
            (
                "65 arrays in each other",
                String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
            ),
        ].map { MalformedBody($0.0, Array($0.1.utf8)) } + [
            MalformedBody("a byte that is no UTF-8", Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8)),
            MalformedBody("an overlong slash", Array("{\"a\":\"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8)),
            MalformedBody("UTF-16", [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]),
            MalformedBody("a NUL", [0x7B, 0x00, 0x7D]),
        ]

    /// JSON that doesn't fit the shape, each wrong in one place.
    ///
    /// - Parameter emptyIsAbsent: whether an optional member that is an empty text or list counts as absent.
    package static func misfits(of shape: Shape, emptyIsAbsent: Bool = false) -> [MalformedBody] {
        // An empty list in place of an object is an object without members.
        let isObject = if case .object = shape.plain { true } else { false }
        return shape.misfits(at: "$", emptyIsAbsent: emptyIsAbsent).filter { !isObject || $0.value != [] }
            .map { MalformedBody($0.place, $0.value) }
    }
}

extension Shape {
    /// Values of every type, and of extreme sizes; read once, as they are held against every member of every route.
    private static let candidates = [
        nil, true, 0, -1, 1.5, 9_007_199_254_740_993, "", "x", "\u{0}", [], ["x"], [nil], [[]], [:], ["a": 1],
        TestJSON.string(String(repeating: "é", count: 5000)),
    ].map { (value: $0, document: try? JSONDocument($0.bytes), text: String($0.description.prefix(20))) }

    /// Values that don't fit, by the place that is wrong.
    fileprivate func misfits(at place: String, emptyIsAbsent: Bool) -> [(place: String, value: TestJSON)] {
        var found = Self.candidates.filter { !accepts($0.document) }.map {
            (place: "\(place) = \($0.text)", value: $0.value)
        }
        switch plain {
        case .object(_, let members):
            let whole = example(naming: "bob")
            for member in members {
                let inside = "\(place).\(member.name)"
                if member.isRequired { found.append(("\(inside) absent", whole.removing(member.name))) }
                for misfit in member.shape.misfits(at: inside, emptyIsAbsent: emptyIsAbsent) {
                    // An optional member that is null counts as absent.
                    if misfit.value == nil, !member.isRequired { continue }
                    if emptyIsAbsent, !member.isRequired, misfit.value == "" || misfit.value == [] {
                        continue
                    }
                    found.append((misfit.place, whole.setting(member.name, misfit.value)))
                }
            }
        case .array(let element, let maximum):
            found += element.misfits(at: "\(place)[0]", emptyIsAbsent: emptyIsAbsent).map {
                ($0.place, .array([$0.value]))
            }
            if let maximum, maximum <= 1000 {
                let many = Array(repeating: element.example(naming: "bob"), count: maximum + 1)
                found.append(("\(place) with \(many.count) elements", .array(many)))
            }
        case .anyOf(let shapes):
            for shape in shapes {
                found += shape.misfits(at: place, emptyIsAbsent: emptyIsAbsent).filter {
                    !accepts(try? JSONDocument($0.value.bytes))
                }
            }
        default:
            break
        }
        return found
    }

    private func accepts(_ document: JSONDocument?) -> Bool {
        guard let document else { return false }
        return violations(in: document.root).filter { !$0.hasSuffix("not declared") }.isEmpty
    }
}
