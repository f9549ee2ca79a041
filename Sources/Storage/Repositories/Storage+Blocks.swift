// The repository of blocks on SQLite.

import Domain

extension TenantStore {
    func isBlocked(_ other: UserID, by owner: UserID) throws(Failure) -> Bool {
        try has(other, in: .blocks, of: owner)
    }

    func blockCount(by owner: UserID) throws(Failure) -> Int { try count(of: .blocks, of: owner) }

    func blockedNames(by owner: UserID) throws(Failure) -> [String] { try names(in: .blocks, of: owner) }
}

extension SQLiteWriter {
    func insertBlock(_ other: UserID, by owner: UserID, at now: Timestamp) throws(Failure) -> Bool {
        try insert(other, into: .blocks, of: owner, at: now)
    }

    func deleteBlock(_ other: UserID, by owner: UserID) throws(Failure) -> Bool {
        try delete(other, from: .blocks, of: owner)
    }
}
