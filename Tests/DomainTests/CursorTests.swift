// The text of cursors: what comes back is what was given, or nothing.

import Domain
import RandomKit
import Testing

@Suite struct CursorTests {
    private static let samples: [Cursor] = [
        Cursor(collection: .users, owner: 1, key: 1),
        Cursor(collection: .contacts, owner: 77, key: 9_000_000_001),
        Cursor(collection: .users, owner: .max, key: .min),
        Cursor(collection: .contacts, owner: .min, key: .max),
        Cursor(collection: .users, owner: 0, key: 0), Cursor(collection: .users, owner: -1, key: -1),
    ]
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    @Test func `a cursor reads back for its own collection and owner`() {
        for cursor in Self.samples {
            #expect(Cursor(cursor.text, of: cursor.collection, owner: cursor.owner) == cursor)
        }
    }

    @Test func `a cursor is 30 characters that need no escape in a query`() {
        for cursor in Self.samples {
            #expect(cursor.text.count == 30)
            #expect(cursor.text.allSatisfy { Self.alphabet.contains($0) })
        }
    }

    @Test func `the text of a cursor never changes, since clients keep it`() {
        #expect(Cursor(collection: .users, owner: 1, key: 258).text == "AQEAAAAAAAAAAQAAAAAAAAECMbwBBw")
    }

    @Test func `a cursor of another collection or owner is refused`() {
        for cursor in Self.samples {
            let other: PagedCollection = cursor.collection == .users ? .contacts : .users
            #expect(Cursor(cursor.text, of: other, owner: cursor.owner) == nil)
            #expect(Cursor(cursor.text, of: cursor.collection, owner: cursor.owner ^ 1) == nil)
        }
    }

    @Test func `every change of one character is refused`() {
        for cursor in Self.samples {
            let text = Array(cursor.text)
            for position in text.indices {
                for character in Self.alphabet + ["=", "+", "/", " ", "é", "\0"]
                where character != text[position] {
                    var changed = text
                    changed[position] = character
                    #expect(
                        Cursor(String(changed), of: cursor.collection, owner: cursor.owner) == nil,
                        "\(String(changed))"
                    )
                }
            }
        }
    }

    @Test func `a shorter, longer or swapped text is refused`() {
        for cursor in Self.samples {
            let text = cursor.text
            for length in 0..<30 { #expect(Self.reads(String(text.prefix(length)), cursor) == false) }
            for suffix in ["A", "AA", "==", "=", " ", text] {
                #expect(Self.reads(text + suffix, cursor) == false)
            }
            let swapped = String(text.reversed())
            #expect(swapped == text || Self.reads(swapped, cursor) == false)
        }
    }

    @Test func `random texts of a cursor's length are refused`() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<5000 {
            let text = String((0..<30).map { _ in Self.alphabet.randomElement(using: &random) ?? "A" })
            #expect(Cursor(text, of: .users, owner: 1) == nil)
        }
    }

    private static func reads(_ text: String, _ cursor: Cursor) -> Bool {
        Cursor(text, of: cursor.collection, owner: cursor.owner) != nil
    }
}
