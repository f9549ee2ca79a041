// The open connections of one loop.

/// A set with insertion and removal in constant time: each connection knows its place.
struct ConnectionSet {
    private var connections: ContiguousArray<Connection> = []

    /// How many there are.
    var count: Int { connections.count }

    /// All of them, as they are now: the set may change while the copy is walked.
    var all: ContiguousArray<Connection> { connections }

    /// Adds a connection that is in no set.
    mutating func insert(_ connection: Connection) {
        connection.place = connections.count
        connections.append(connection)
    }

    /// Takes a connection out; nothing happens when it isn't in.
    mutating func remove(_ connection: Connection) {
        let place = connection.place
        guard place >= 0, place < connections.count, connections[place] === connection else { return }
        let last = connections.removeLast()
        if last !== connection {
            connections[place] = last
            last.place = place
        }
        connection.place = -1
    }
}
