// Which commit changed which user's row last: what lets a reader keep a row without asking the file again.

import Domain
import Synchronization

/// The number of the last commit that changed a user's row, for all users of one database.
///
/// Users share places by their keys, so that it stays small: a change of one makes its neighbours look changed too, and
/// never the other way round.
final class UserChanges: Sendable {
    private let commits = InlineArray<4096, Atomic<Int>> { _ in Atomic(0) }

    private let renamings = Atomic(false)

    /// Whether any user may have changed its name: until one does, nobody looks for other names.
    var mayHaveRenamings: Bool { renamings.load(ordering: .acquiring) }

    /// Notes that a user changes its name, before anybody can see it.
    func noteRenaming() { renamings.store(true, ordering: .releasing) }

    /// Notes that the commit which is about to be tried changes these rows.
    ///
    /// Before the commit, so that no reader finds the row unchanged once it is visible.
    func note(_ ids: [UserID], by commit: Int) {
        for id in ids { commits[place(of: id)].store(commit, ordering: .releasing) }
    }

    /// The last commit that may have changed the row; 0 where none has since the start.
    func last(of id: UserID) -> Int { commits[place(of: id)].load(ordering: .acquiring) }

    private func place(of id: UserID) -> Int { Int(truncatingIfNeeded: id.rawValue) & (commits.count - 1) }
}
