// Identifiers: the one text form, the bits of version 7, the order by time.

import Domain
import RandomKit
import Testing

@Suite struct UUIDTests {
    @Test func `the text form is read in either case and written in lower case`() throws {
        let text = "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e35"
        let uuid = try #require(UUID(text))
        #expect(uuid == UUID(high: 0x5B3E_90D4_17AC_8F62, low: 0xA7C1_04F8_D29B_6E35))
        #expect(UUID(text.uppercased()) == uuid)
        #expect(UUID(text[...]) == uuid)
        #expect(uuid.text == text)
        #expect(UUID(high: 0, low: 0).text == "00000000-0000-0000-0000-000000000000")
        #expect(UUID(high: .max, low: .max).text == "ffffffff-ffff-ffff-ffff-ffffffffffff")
    }

    @Test(arguments: [
        "", "-", "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e3", "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e355",
        "5b3e90d417ac8f62a7c104f8d29b6e35", "{5b3e90d4-17ac-8f62-a7c1-04f8d29b6e35}",
        " 5b3e90d4-17ac-8f62-a7c1-04f8d29b6e35", "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e35 ",
        "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e3g", "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e3/",
        "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e3:",
        "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e3@", "5b3e90d4-17ac-8f62-a7c1-04f8d29b6e3`",
        "5b3e90d4-17ac-8f62-a7c1_04f8d29b6e35",
        "5b3e90d41-7ac-8f62-a7c1-04f8d29b6e35", "5b3e90d4-17ac-8f62-a7c104-f8d29b6e35",
        "５b3e90d4-17ac-8f62-a7c1-04f8d29b6e",
        "------------------------------------", "5b3e90d4\u{2010}17ac-8f62-a7c1-04f8d29b6e35",
    ])
    func `any other text is refused`(_ text: String) {
        #expect(UUID(text) == nil)
    }

    @Test func `what is written reads back as the same identifier`() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<2000 {
            let uuid = UUID(high: random.next(), low: random.next())
            #expect(UUID(uuid.text) == uuid)
            #expect(uuid.text.utf8.count == 36)
        }
    }

    @Test func `a new identifier has time, version 7 and the variant, the rest at random`() {
        let now = Timestamp(milliseconds: 0x0192_3456_789A)
        let zeros = UUID(at: now, random: (0, 0)), ones = UUID(at: now, random: (.max, .max))
        #expect(zeros.text == "01923456-789a-7000-8000-000000000000")
        #expect(ones.text == "01923456-789a-7fff-bfff-ffffffffffff")
    }

    @Test func `version and variant hold whatever the time and the random bits`() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let now = Timestamp(milliseconds: Int64(bitPattern: random.next()))
            let uuid = UUID(at: now, random: (random.next(), random.next()))
            #expect(uuid.high >> 12 & 0xF == 7)
            #expect(uuid.low >> 62 == 2)
        }
    }

    @Test func `later identifiers come later, whatever their random bits`() {
        var random = SeededGenerator(seed: 4)
        var now = Timestamp(milliseconds: 1_700_000_000_000)
        var last = UUID(at: now, random: (.max, .max))
        for _ in 0..<500 {
            now = Timestamp(milliseconds: now.milliseconds + Int64.random(in: 1...10_000_000, using: &random))
            let next = UUID(at: now, random: (random.next(), random.next()))
            #expect(last.text < next.text)
            #expect(last.high < next.high)
            last = UUID(at: now, random: (.max, .max))
        }
    }
}
