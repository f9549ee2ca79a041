// Pages: cut from one row more than was asked for.

import Domain
import Testing

@Suite struct PageTests {
    private static func page(_ rows: [Int], _ limit: Int) -> Page<Int> {
        Page(rows: rows, limit: limit) { Cursor(collection: .users, owner: 7, key: Int64($0)) }
    }

    @Test func `one row more than the limit is cut off and proves a next page`() {
        let page = Self.page([10, 20, 30], 2)
        #expect(page.elements == [10, 20])
        #expect(page.next == Cursor(collection: .users, owner: 7, key: 20))
    }

    @Test(arguments: [([10, 20], 2), ([10], 2), ([], 2), ([10], 1)] as [([Int], Int)])
    func `a full or a shorter last page has no cursor`(_ rows: [Int], _ limit: Int) {
        let page = Self.page(rows, limit)
        #expect(page.elements == rows)
        #expect(page.next == nil)
    }

    @Test func `walking by cursors meets each row once, whatever the page size`() {
        let rows = Array(1...50)
        for limit in 1...51 {
            var met: [Int] = []
            var after: Int64 = 0
            while true {
                let page = Self.page(Array(rows.drop { Int64($0) <= after }.prefix(limit + 1)), limit)
                met += page.elements
                guard let next = page.next else { break }
                after = next.key
            }
            #expect(met == rows, "\(limit)")
        }
    }
}
