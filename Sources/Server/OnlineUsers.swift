// Who is connected, over all loops.

import Domain
import Threads

/// The presence registry: users with at least one live, authenticated connection.
///
/// Entered and left by every loop, asked by any; uncontended it costs some tens of nanoseconds.
final class OnlineUsers: Presence, Sendable {
    private struct State {
        /// How many connections each has; nobody is in it with none.
        var users: [UserID: Int] = [:]
        /// How many connections each loop has.
        var loops: [Int]
    }

    private let state: Guarded<State>

    init(loops: Int) { state = Guarded(State(loops: Array(repeating: 0, count: loops))) }

    func isOnline(_ id: UserID) -> Bool { state.withLock { $0.users[id] != nil } }

    /// How many users are connected.
    var count: Int { state.withLock { $0.users.count } }

    /// A connection of a user begins on a loop.
    func enter(_ user: UserID, loop: Int) {
        state.withLock { state in
            state.users[user, default: 0] += 1
            state.loops[loop] += 1
        }
    }

    /// It ends.
    func leave(_ user: UserID, loop: Int) {
        state.withLock { state in
            let count = state.users[user] ?? 0
            state.users[user] = count > 1 ? count - 1 : nil
            state.loops[loop] -= 1
        }
    }

    /// The loops on which anybody is connected.
    var loops: [Int] {
        state.withLock { state in state.loops.indices.filter { state.loops[$0] > 0 } }
    }
}
