// The open connections of one loop.

/// A connection as its loop keeps it, whatever it speaks.
protocol OpenConnection: AnyObject {
    /// The peer.
    var peer: Peer { get }
    /// The place in the loop's `ConnectionSet`.
    var place: Int { get set }
    /// Output that waits to be read, and since when nothing of it has been.
    var unread: (bytes: Int, since: UInt64) { get }
    /// The server is going down: ends the connection as soon as what is in flight allows.
    func drain()
    /// Closes at once, with a reset.
    func reset()
}

/// A set with insertion and removal in constant time: each connection knows its place.
struct ConnectionSet {
    private var connections: ContiguousArray<any OpenConnection> = []

    /// How many there are.
    var count: Int { connections.count }

    /// All of them, as they are now: the set may change while the copy is walked.
    var all: ContiguousArray<any OpenConnection> { connections }

    /// Adds a connection that is in no set.
    mutating func insert(_ connection: any OpenConnection) {
        connection.place = connections.count
        connections.append(connection)
    }

    /// Takes a connection out; nothing happens when it isn't in.
    mutating func remove(_ connection: any OpenConnection) {
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
