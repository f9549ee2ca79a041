// The part of the configuration that bounds connections.

import Reactor

extension Configuration {
    /// The bounds of one connection, and of all together.
    var connectionLimits: ConnectionLimits {
        var limits = ConnectionLimits()
        limits.http = http
        limits.headTime = .seconds(headSeconds)
        limits.bodyIdle = .seconds(bodyIdleSeconds)
        limits.keepAliveIdle = .seconds(keepAliveSeconds)
        limits.connections = connections
        limits.pingInterval = .seconds(pingSeconds)
        limits.framesPerSecond = framesPerSecond
        limits.messageBytes = bodyBytes
        limits.connectionsPerAddress = connectionsPerAddress
        limits.unreadBytesPerLoop = unreadBytes / loops
        // Within the ten seconds that a stop may take, commits and the closing of files come after the drain.
        limits.drainTime = .seconds(8)
        return limits
    }
}
