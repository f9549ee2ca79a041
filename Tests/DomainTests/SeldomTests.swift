// A value that is mostly its default.

import Domain
import Testing

@Suite struct SeldomTests {
    private struct Facts: Defaulted {
        var text = ""
        var number: Int?
    }

    private struct Entity: Equatable {
        @Seldom var facts = Facts()
    }

    @Test func `what was set is kept, also back to the default, and copies go their own ways`() {
        var one = Entity()
        #expect(one.facts == Facts())
        one.facts.text = "a"
        one.facts.number = 1
        var other = one
        other.facts.number = nil
        #expect(one.facts.text == "a" && one.facts.number == 1)
        #expect(other.facts.text == "a" && other.facts.number == nil)
        #expect(one != other)
        other.facts.text = ""
        #expect(other == Entity())
        other.facts = one.facts
        #expect(other == one)
    }

    @Test func `it takes one word`() {
        #expect(MemoryLayout<Entity>.size == MemoryLayout<Int>.size)
    }
}
