// The database written anew: without the room that deleted rows have left, and without what stood in it.

import CSQLite
public import Domain
import Threads

private enum CompactionQueries {
    static let pages = Query("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
}

extension Connection {
    /// Bytes of the database, those in the WAL among them.
    func fileBytes() throws(Failure) -> Int { try prepare(CompactionQueries.pages).first { $0.int(0) } ?? 0 }
}

extension Database {
    /// Compacts the file between two batches, and waits for it.
    ///
    /// Reads go on; changes wait as long as reading and writing the whole file takes, and are refused when the queue is full.
    /// It needs as much free room on the disk as the file has.
    public func compact() throws(Failure) -> (before: Int, after: Int) {
        let done = BlockingQueue<Result<(before: Int, after: Int), Failure>>(capacity: 1)
        let isAsked = compactions.push { _ = done.push($0) }
        // An empty job wakes the writer.
        guard isAsked, probe(completion: { _ in }), let result = done.take() else {
            throw .overloaded(retryAfterSeconds: 1)
        }
        return try result.get()
    }
}
