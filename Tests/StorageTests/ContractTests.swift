// The repository contract, on both of its implementations.

import DomainKit
import Testing
import Threads

@testable import Storage

@Suite struct ContractTests {
    @Test(arguments: Contract.all) func `SQLite keeps the contract`(_ promise: ContractCase) throws {
        let store = try TemporaryDatabase()
        // Here, and not with the last closure that the writer thread lets go of.
        defer { store.close() }
        do { try promise.check(store) } catch { Issue.record("\(error)") }
        #expect(store.told.incidents.withLock { $0 } == [])
        #expect(store.database.check() == [])
    }

    /// A transaction may run twice: where another one of its batch fails, all of the batch is run again.
    @Test(arguments: Contract.all)
    func `SQLite keeps the contract when each batch runs twice`(_ promise: ContractCase) throws {
        let store = try TemporaryDatabase { $0.repeatsBatches = true }
        defer { store.close() }
        do { try promise.check(store) } catch { Issue.record("\(error)") }
        #expect(store.told.incidents.withLock { $0 } == [])
        #expect(store.database.check() == [])
    }

    @Test(arguments: Contract.all) func `Memory keeps the contract`(_ promise: ContractCase) throws {
        try promise.check(MemoryDatabase())
    }
}
