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
        try promise.check(store)
        #expect(store.told.incidents.withLock { $0 } == [])
        #expect(store.database.check() == [])
    }

    @Test(arguments: Contract.all) func `Memory keeps the contract`(_ promise: ContractCase) throws {
        try promise.check(MemoryDatabase())
    }
}
