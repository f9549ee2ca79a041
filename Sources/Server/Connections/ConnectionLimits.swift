// The bounds of one connection, one address and all connections together.

import HTTP
import Reactor

/// Bounds on connections; every one can be set.
struct ConnectionLimits: Sendable {
    /// Bounds on heads and on the framing of bodies.
    var http = HTTPLimits()

    /// From the first byte of a head to its last one.
    ///
    /// Beyond it: 408.
    var headTime: Duration = .seconds(10)
    /// Without a further byte of a body.
    ///
    /// Beyond it: 408.
    var bodyIdle: Duration = .seconds(15)
    /// The average rate of a body once `bodyIdle` has passed, in bytes a second; 0 for no such demand.
    ///
    /// Without it one byte every 14 seconds would hold a connection for months. Beyond it: 408.
    var bodyBytesPerSecond = 512
    /// Without a request, also before the first one.
    ///
    /// Beyond it the connection is closed without a word.
    var keepAliveIdle: Duration = .seconds(75)
    /// Without any progress while output waits.
    ///
    /// Beyond it the connection is reset.
    var writeStall: Duration = .seconds(30)
    /// How long what a refused client still sends is read and thrown away, so that it can read the answer.
    var lingerTime: Duration = .seconds(1)
    /// How much of it is read, in bytes.
    var lingerBytes = 256 << 10

    /// Output beyond this many bytes stops the answering of further requests until the client has read.
    var outputBytes = 256 << 10
    /// Output of all connections of one loop that their clients haven't read, in bytes; beyond it connections
    /// are reset.
    ///
    /// Each connection's own bound, and one answer beyond it, would let the 2000 of one address hold a gigabyte.
    /// First go those whose clients have read nothing for `unreadPatience`, the largest first, then the
    /// others, the largest first, until a quarter of the bound is free.
    var unreadBytesPerLoop = 128 << 20
    /// For how long a client may read nothing before it is counted as one that doesn't read.
    var unreadPatience: Duration = .seconds(1)
    /// Input beyond this many bytes that waits behind an unanswered request stops the reading.
    ///
    /// One read may bring 64 KiB more.
    var waitingInputBytes = 16 << 10
    /// Pipelined requests answered in one go; then other connections of the loop have their turn.
    var requestsPerTurn = 64

    /// Streams open at once on one connection of HTTP/2.
    var streams = 128
    /// Connections open at once, without those of the administration socket.
    var connections = 20_000
    /// Connections open at once from one subscriber: an IPv4 address or an IPv6 /64.
    ///
    /// More than a busy backend needs, and a tenth of all: no single client shuts everyone else out. Behind a
    /// proxy all connections come from one address, so there it must be raised.
    var connectionsPerAddress = 2_000
    /// The value of `Retry-After` for a connection beyond those bounds, in seconds.
    var retryAfterSeconds = 5

    /// Without a byte from a WebSocket's client before it is pinged; as long again without an answer, and it is gone.
    var pingInterval: Duration = .seconds(30)
    /// From the opening of a WebSocket to a log-in.
    ///
    /// Beyond it: 1008.
    var loginTime: Duration = .seconds(30)
    /// How long our close frame waits for its answer.
    var closeTime: Duration = .seconds(5)
    /// Messages and pings of one WebSocket a second, in the long run; twice as many at once.
    ///
    /// Faster input waits.
    var framesPerSecond = 200
    /// The longest message of a WebSocket, in bytes.
    ///
    /// Beyond it: 1009.
    var messageBytes = 1 << 20
    /// How long a drain waits for what is in flight before it resets.
    var drainTime: Duration = .seconds(10)
}

/// The durations of `ConnectionLimits` in nanoseconds, worked out once for a loop.
struct ConnectionTimes {
    let head: UInt64
    let bodyIdle: UInt64
    /// The time that each byte of a body earns; 0 for no demand on the rate.
    let bodyByte: UInt64
    let keepAliveIdle: UInt64
    let writeStall: UInt64
    let linger: UInt64
    let ping: UInt64
    let login: UInt64
    let close: UInt64

    init(_ limits: ConnectionLimits) {
        head = limits.headTime.wholeNanoseconds
        bodyIdle = limits.bodyIdle.wholeNanoseconds
        bodyByte = limits.bodyBytesPerSecond > 0 ? 1_000_000_000 / UInt64(limits.bodyBytesPerSecond) : 0
        keepAliveIdle = limits.keepAliveIdle.wholeNanoseconds
        writeStall = limits.writeStall.wholeNanoseconds
        linger = limits.lingerTime.wholeNanoseconds
        ping = limits.pingInterval.wholeNanoseconds
        login = limits.loginTime.wholeNanoseconds
        close = limits.closeTime.wholeNanoseconds
    }
}
