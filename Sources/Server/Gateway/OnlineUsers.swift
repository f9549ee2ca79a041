// The connected users of all loops, and their platforms.

import Domain
import Threads

/// The presence registry: users with at least one live, authenticated connection.
///
/// Entered and left by every loop, asked by any; uncontended it costs some tens of nanoseconds.
final class OnlineUsers: Presence, Sendable {
    private struct State {
        /// The connections of each, oldest first; nobody is in it with none.
        var users: [UserID: [LiveConnection]] = [:]
        /// How many users of each application are connected.
        var applications: [ApplicationID: Int] = [:]
        /// How many connections each loop has.
        var loops: [Int]
        /// The id given last.
        var lastID: Int64 = 0
    }

    private let state: Guarded<State>

    init(loops: Int) { state = Guarded(State(loops: Array(repeating: 0, count: loops))) }

    func isOnline(_ id: UserID) -> Bool { state.withLock { $0.users[id] != nil } }

    func connections(of id: UserID) -> [LiveConnection] { state.withLock { $0.users[id] ?? [] } }

    /// How many users are connected.
    var count: Int { state.withLock { $0.users.count } }

    /// How many users of each application are connected; nobody's has no entry.
    var counts: [ApplicationID: Int] { state.withLock { $0.applications } }

    /// A connection of a user begins on a loop.
    ///
    /// - Returns: its id, and whether it is the user's first from that platform.
    func enter(
        _ user: UserID,
        of application: ApplicationID,
        from platform: Int,
        loop: Int
    ) -> (id: Int64, isChange: Bool) {
        state.withLock { state in
            state.lastID += 1
            let connection = LiveConnection(id: state.lastID, platform: platform)
            let isChange = state.users[user]?.contains { $0.platform == platform } != true
            if state.users[user] == nil { state.applications[application, default: 0] += 1 }
            state.users[user, default: []].append(connection)
            state.loops[loop] += 1
            return (connection.id, isChange)
        }
    }

    /// It ends.
    ///
    /// - Returns: whether it was the user's last from its platform.
    func leave(_ user: UserID, of application: ApplicationID, _ id: Int64, loop: Int) -> Bool {
        state.withLock { state in
            guard var connections = state.users[user],
                let index = connections.firstIndex(where: { $0.id == id })
            else { return false }
            let left = connections.remove(at: index)
            state.users[user] = connections.isEmpty ? nil : connections
            if connections.isEmpty {
                let rest = (state.applications[application] ?? 1) - 1
                state.applications[application] = rest > 0 ? rest : nil
            }
            state.loops[loop] -= 1
            return !connections.contains { $0.platform == left.platform }
        }
    }

    /// The loops on which anybody is connected.
    var loops: [Int] {
        state.withLock { state in state.loops.indices.filter { state.loops[$0] > 0 } }
    }
}
