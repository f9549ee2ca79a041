// Every setting of a server: what it means, its unit, its default and its range.

public import Crypto
public import Domain
import Glibc
public import HTTP

/// The settings of one server.
///
/// The ranges are those of the command line and of the environment; `Configuration.options` checks them.
public struct Configuration: Sendable {
    /// A new configuration has the defaults.
    public init() {}

    /// A setting that was given, as it was typed.
    struct Given: Sendable {
        let value: String
        let source: String
    }

    /// The given values, by name.
    var given: [String: Given] = [:]
    /// Variables of the environment that begin like settings, and are none.
    public internal(set) var unknownVariables: [String] = []
    /// The program's version, for the log.
    public var version = ""

    // MARK: Where it listens and keeps its data

    /// The address to listen on: a numeric IPv4 or IPv6 address, or `localhost` for 127.0.0.1.
    ///
    /// Default 127.0.0.1, so that a server is reached from elsewhere only when somebody says so.
    public var host = "127.0.0.1"
    /// The TCP port, 0...65535; 0 takes a free one.
    ///
    /// Default 8080. Nil: only the administration socket listens.
    public var port: UInt16? = 8080
    /// The data folder, made when it is missing.
    ///
    /// Default `./parley-data`.
    public var dataFolder = "./parley-data"

    // MARK: Threads

    /// Event loops, 1...256; a connection lives on one of them.
    ///
    /// Default one for each processor.
    public var loops = Configuration.processors
    /// Threads that hash passwords, 1...256.
    ///
    /// Each needs the memory of one hash: 32 MiB at the default cost. Default nil: one for each processor, and where memory is
    /// bounded no more than take a quarter of it, but one.
    public var computeThreads: Int?
    /// The threads that hash passwords, with the default worked out.
    var hashingThreads: Int {
        computeThreads ?? Machine.current.hashingThreads(bytesEach: passwordCost.memoryBytes)
    }
    /// The cost of a password hash, 1...11.
    ///
    /// Default 6: 35 ms and 32 MiB each.
    public var passwordCost = PasswordCost.recommended

    // MARK: Limits of one request

    /// Bytes of a request line, 256...65 536, default 8 192; bytes of a head, 1024...1 048 576, default 32 768;
    /// fields of a head, 10...1000, default 100.
    public var http = HTTPLimits()
    /// Bytes of a JSON or form body, and of a WebSocket's message, 1024...67 108 864.
    ///
    /// Default 1 MiB. A route may take less, none takes more.
    public var bodyBytes = 1 << 20

    /// Bytes of an uploaded file, 1024...1 073 741 824.
    ///
    /// Default 10 MiB.
    public var fileBytes = 10 << 20

    // MARK: Time-outs, in seconds

    /// From the first byte of a request to the end of its head, 1...3600.
    ///
    /// Default 10.
    public var headSeconds = 10
    /// Without a byte of an unfinished body, 1...3600.
    ///
    /// Default 15.
    public var bodyIdleSeconds = 15
    /// Without a request on an open connection, 1...86 400.
    ///
    /// Default 130: longer than the pools of proxies in front, of which Caddy's keeps connections for 120, or a request would
    /// meet a connection that is just being closed.
    public var keepAliveSeconds = 130

    /// Without a byte from a WebSocket's client before it is pinged, 1...3600; as long again, and it is gone.
    ///
    /// Default 30.
    public var pingSeconds = 30

    // MARK: Limits of all clients

    /// Messages and pings of one WebSocket a second, 1...100 000; twice as many at once.
    ///
    /// Faster input waits.
    ///
    /// Default 200.
    public var framesPerSecond = 200

    /// Open connections, 1...1 000 000.
    ///
    /// Default 20 000. Those beyond are closed at once.
    public var connections = 20_000
    /// Open connections of one IPv4 address or one IPv6 /64, 1...1 000 000.
    ///
    /// Default 2000.
    public var connectionsPerAddress = 2000
    /// Output that clients haven't read, over all connections, in bytes, 1 048 576...1 099 511 627 776; each
    /// loop has an equal share of it.
    ///
    /// Default 256 MiB. Beyond it connections are reset, first those whose clients read nothing.
    public var unreadBytes = 256 << 20
    /// Failed token calls of one address a minute, 1...1 000 000; then 429 until the minute is over.
    ///
    /// Default 20.
    public var tokenFailuresPerAddress = 20
    /// Days that a row of the audit is kept, 1...36 500.
    public var auditDays = 400
    /// Failed token calls for one account from one address a minute: half as many, at least 1.
    ///
    /// Default 10.
    public var tokenFailuresPerAccount: Int { max(1, tokenFailuresPerAddress / 2) }

    // MARK: Surroundings

    /// The proxies whose `Forwarded`, `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    ///
    /// Default none: anybody else could claim any address.
    public var trustedProxies = TrustedProxies.none
    /// The origin whose pages may call from a browser, or `*` for all.
    ///
    /// Default nil: none.
    public var corsOrigin: String?
    /// The application `ORG/APP` whose OpenIM routes answer at the root, too.
    ///
    /// Default nil: none; with the demonstration, its application.
    public var openIMApplication: String?
    /// The application `ORG/APP` whose OurChat gateway is at the root, too.
    ///
    /// Default nil: none; with the demonstration, its application.
    public var ourChatApplication: String?
    /// The command that takes mail on its standard input, an absolute path and arguments with blanks between them.
    ///
    /// Default nil: no mail is sent.
    public var mailCommand: String?
    /// Where clients reach this server, without a slash at the end: what links in mails begin with.
    ///
    /// Default nil: `http://` with host and port.
    public var publicURL: String?
    /// The networks that webhooks may be sent to though they aren't public, in CIDR notation.
    ///
    /// Default none; with the demonstration, this machine's own addresses.
    public var webhookNetworks = WebhookNetworks()
    /// How long events and deliveries of webhooks are stored, in days, 1...365.
    ///
    /// Default 7.
    public var webhookDays = 7
    /// Where metrics are served, on a listener of their own: an address and a port, with a colon between them.
    ///
    /// Default nil: at `/metrics` of the main port. Else that is unknown there.
    public var metricsAddress: SocketPlace?
    /// Applications that have metrics of their own, those with the most users, 0...10 000.
    ///
    /// Default 100. Each is four series.
    public var metricsApplications = 100

    /// An address to listen on.
    public struct SocketPlace: Equatable, Sendable {
        /// A numeric address, IPv6 in brackets, or `localhost`.
        public let host: String
        /// The port.
        public let port: UInt16

        /// Reads `127.0.0.1:9090` or `[::1]:9090`; nil for all else.
        init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":"),
                let port = UInt16(digits: String(text[text.index(after: colon)...]))
            else { return nil }
            host = String(text[..<colon])
            self.port = port
            guard !host.isEmpty, !host.contains(":") || host.hasPrefix("[") && host.hasSuffix("]") else {
                return nil
            }
        }
    }

    /// The file of signing keys, where that isn't in the data folder; who changes it sends SIGHUP.
    ///
    /// Default nil: `signing-keys` among the credentials that the service manager gives, else in the data folder.
    public var signingKeys: String?
    /// The file of signing keys, with the default worked out.
    var signingKeysPath: String {
        if let signingKeys { return signingKeys }
        if let folder = getenv("CREDENTIALS_DIRECTORY") {
            let path = String(cString: folder) + "/signing-keys"
            if access(path, R_OK) == 0 { return path }
        }
        return dataFolder + "/signing-keys"
    }

    /// The file that the log is appended to, in place of standard error; SIGHUP opens it anew.
    ///
    /// Default nil: standard error.
    public var logFile: String?
    /// The least severe lines that are written to the log.
    ///
    /// Default `info`, which the lines of requests are.
    public var logLevel = LogLevel.info
    /// Whether each request is written to the log as a line of JSON.
    ///
    /// Default yes.
    public var accessLog = true

    /// The processors this process may use.
    public static let processors = Machine.current.processors
}
