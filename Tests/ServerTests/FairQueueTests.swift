// Turns of several owners.

import Testing

@testable import Server

@Suite struct FairQueueTests {
    @Test func `owners take turns, and what one of them put in comes in its order`() {
        var line = FairQueue<String, Int>()
        for number in 1...4 { line.add(number, of: "many") }
        line.add(10, of: "one")
        line.add(20, of: "two")
        var order: [Int] = []
        while let next = line.next() { order.append(next) }
        #expect(order == [1, 10, 20, 2, 3, 4])
    }

    @Test func `who comes back has his turn behind those who wait`() {
        var line = FairQueue<String, Int>()
        line.add(1, of: "one")
        #expect(line.next() == 1)
        #expect(line.next() == nil)
        line.add(5, of: "two")
        line.add(2, of: "one")
        #expect(line.next() == 5)
        #expect(line.next() == 2)
        #expect(line.next() == nil)
    }
}
