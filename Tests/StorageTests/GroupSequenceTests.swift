// Ids of groups across restarts and failed jobs.

import Domain
import DomainKit
import Testing

@testable import Storage

@Suite struct GroupSequenceTests {
    @Test func `After a restart ids go on above the largest there ever was, even when its group is gone`()
        throws
    {
        let first = try TemporaryDatabase()
        let app = try first.makeApplication().id
        let ann = try first.register("ann", in: app).id
        let group = try first.makeGroup(of: ann, in: app).id
        try first.write(app) { (writer) throws(Failure) in try writer.deleteGroup(group) }
        first.close()
        let second = try TemporaryDatabase(in: first.folder)
        let next = try second.write(app) { (writer) throws(Failure) in
            try writer.nextID(at: Timestamp(milliseconds: 0))
        }
        #expect(next == group.rawValue + 1)
    }

    @Test func `A job that fails gives no id to the next one that was its own`() throws {
        let store = try TemporaryDatabase()
        let app = try store.makeApplication().id
        var ids: [Int64] = []
        for isFailing in [false, true, false] {
            let result = Result {
                try store.write(app) { (writer) throws(Failure) -> Int64 in
                    let id = try writer.nextID(at: start)
                    if isFailing { throw .noSuchRoute }
                    return id
                }
            }
            if case .success(let id) = result { ids.append(id) }
        }
        #expect(ids.count == 2)
        #expect(ids[1] == ids[0] + 2)
    }
}
