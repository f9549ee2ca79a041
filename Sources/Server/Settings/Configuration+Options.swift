// The one table of settings: from it come flags, environment variables, the help text and what is said of mistakes.

import Crypto
import Domain
import HTTP

extension Configuration {
    /// A setting as it is named outside.
    public struct Option: Sendable {
        /// The name: `password-cost` is the flag `--password-cost` and the variable `PARLEY_PASSWORD_COST`.
        public let name: String
        /// The placeholder of the value in help texts; nil for a switch, which may go without one.
        public let placeholder: String?
        /// The effect, as a short phrase.
        public let summary: String
        /// The accepted values, as the end of "must be …".
        public let accepted: String
        /// The default, as it would be typed; nil where there is none.
        public let standard: String?
        /// The part of a text that isn't accepted, where it is only a part.
        var fault: @Sendable (String) -> String = { $0 }
        /// Sets the value from its text; false for a text that isn't accepted.
        let set: @Sendable (inout Configuration, String) -> Bool

        /// The variable of the environment.
        public var variable: String {
            "PARLEY_"
                + String(
                    decoding: name.uppercased().utf8.map { $0 == UInt8(ascii: "-") ? 0x5F : $0 },
                    as: UTF8.self
                )
        }
    }

    /// Every setting, in the order of the help text.
    public static let options: [Option] = [
        .text("host", "ADDRESS", "address to listen on", \.host, accepted: "an IP address or localhost") {
            isAddress($0)
        },
        .optional(
            "port",
            "PORT",
            "TCP port to listen on; 0 takes a free one",
            \.port,
            accepted: "a whole number from 0 to 65535",
            standard: "8080"
        ) { UInt16(digits: $0) },
        .text("data", "FOLDER", "data folder; made when it is missing", \.dataFolder, accepted: "a path") {
            isPath($0)
        },
        .number("loops", "event loops", \.loops, 1...256, standard: "one for each processor"),
        .optional(
            "compute-threads",
            "N",
            "threads that hash passwords",
            \.computeThreads,
            accepted: "a whole number from 1 to 256",
            standard: "one for each processor, as far as a quarter of the memory goes"
        ) { text in Int(digits: text).flatMap { (1...256).contains($0) ? $0 : nil } },
        .value(
            "password-cost",
            "N",
            "work of a password hash; each step doubles it",
            \.passwordCost,
            accepted: "a whole number from 1 to 11",
            standard: "6"
        ) { text in Int(digits: text).flatMap { PasswordCost($0) } },
        .number("request-line-bytes", "longest request line", \.http.requestLineBytes, 256...65_536),
        .number("head-bytes", "longest request head", \.http.headBytes, 1024...1_048_576),
        .number("head-fields", "most fields in a request head", \.http.fieldCount, 10...1000),
        .number(
            "body-bytes",
            "longest JSON or form body, and message of a WebSocket",
            \.bodyBytes,
            1024...67_108_864
        ),
        .number("file-bytes", "longest uploaded file", \.fileBytes, 1024...1_073_741_824),
        .number("head-seconds", "time for a request head to arrive", \.headSeconds, 1...3600),
        .number(
            "body-idle-seconds",
            "silence inside a body before it is given up",
            \.bodyIdleSeconds,
            1...3600
        ),
        .number(
            "keep-alive-seconds",
            "silence between requests before closing",
            \.keepAliveSeconds,
            1...86_400
        ),
        .number(
            "ping-seconds",
            "silence of a WebSocket's client before it is pinged",
            \.pingSeconds,
            1...3600
        ),
        .number(
            "frames-per-second",
            "messages of one WebSocket; what comes faster waits",
            \.framesPerSecond,
            1...100_000
        ),
        .number("connections", "most open connections", \.connections, 1...1_000_000),
        .number(
            "connections-per-address",
            "most open connections of one address",
            \.connectionsPerAddress,
            1...1_000_000
        ),
        .number(
            "unread-bytes",
            "most output that clients haven't read, over all connections",
            \.unreadBytes,
            1 << 20...1 << 40
        ),
        .number(
            "token-failures",
            "failed token calls of one address a minute; half as many for one account",
            \.tokenFailuresPerAddress,
            1...1_000_000
        ),
        .number("audit-days", "days that rows of the audit are kept", \.auditDays, 1...36_500),
        .value(
            "trust-proxy",
            "LIST",
            "proxies whose Forwarded and X-Forwarded fields are believed",
            \.trustedProxies,
            accepted: "addresses and ranges such as 127.0.0.1,10.0.0.0/8,fd00::/8",
            fault: { TrustedProxies.fault(in: $0) }
        ) { TrustedProxies($0) },
        .optional(
            "cors-origin",
            "ORIGIN",
            "let pages of this origin call from a browser; * for all",
            \.corsOrigin,
            accepted: "* or an origin such as https://example.org"
        ) { isOrigin($0) ? $0 : nil },
        .optional(
            "openim-app",
            "ORG/APP",
            "application whose OpenIM routes answer at the root, too",
            \.openIMApplication,
            accepted: "the name of an application, ORG/APP"
        ) { isApplication($0) ? $0 : nil },
        .optional(
            "ourchat-app",
            "ORG/APP",
            "application whose OurChat gateway is at the root, too",
            \.ourChatApplication,
            accepted: "the name of an application, ORG/APP"
        ) { isApplication($0) ? $0 : nil },
        .optional(
            "mail-command",
            "COMMAND",
            "program that sends mail, such as \"/usr/sbin/sendmail -t -i\"",
            \.mailCommand,
            accepted: "an absolute path, and arguments with blanks between them"
        ) { MailCommand($0) == nil ? nil : $0 },
        .value(
            "webhook-networks",
            "LIST",
            "private networks that webhooks may reach, such as 10.1.0.0/16,fd00::/8",
            \.webhookNetworks,
            accepted: "addresses in CIDR notation with commas between them"
        ) { WebhookNetworks($0) },
        .number("webhook-days", "days for which events and deliveries are stored", \.webhookDays, 1...365),
        .optional(
            "public-url",
            "URL",
            "where clients reach this server; links in mails begin so",
            \.publicURL,
            accepted: "a URL such as https://chat.example.org, without a slash at its end",
            standard: "http://ADDRESS:PORT"
        ) { $0 != "*" && isOrigin($0) ? $0 : nil },
        .value(
            "log-level",
            "LEVEL",
            "the least severe lines of the log: error, warning, info (requests), debug (slow statements)",
            \.logLevel,
            accepted: "error, warning, info or debug",
            standard: "info"
        ) { LogLevel(rawValue: $0) },
        .truth("access-log", "write a line of JSON for each request to the log", \.accessLog),
        .optional(
            "metrics-address",
            "ADDRESS:PORT",
            "serve /metrics there and nowhere else",
            \.metricsAddress,
            accepted: "an address with a port, such as 127.0.0.1:9464 or [::1]:9464"
        ) { text in SocketPlace(text).flatMap { isAddress($0.host) ? $0 : nil } },
        .number(
            "metrics-applications",
            "applications with metrics of their own, those with the most users",
            \.metricsApplications,
            0...10_000
        ),
        .optional(
            "signing-keys",
            "FILE",
            "file of signing keys outside of the data folder; SIGHUP reads it again",
            \.signingKeys,
            accepted: "a path"
        ) { isPath($0) ? $0 : nil },
        .optional(
            "backup-folder",
            "FOLDER",
            "folder that the server writes whole backups to, each a sub-folder",
            \.backupFolder,
            accepted: "a path"
        ) { isPath($0) ? $0 : nil },
        .value(
            "backup-every",
            "TIME",
            "how often it writes one",
            \.backupSeconds,
            accepted: "a number with s, m, h or d behind it, as 1h, of a year at most",
            standard: "1d"
        ) { seconds(of: $0) },
        .number("backup-keep", "how many of the newest backups stay, 0 for all", \.backupKeep, 0...10_000),
        .optional(
            "log-file",
            "FILE",
            "file to append the log to, in place of standard error; SIGHUP opens it anew",
            \.logFile,
            accepted: "a path"
        ) { isPath($0) ? $0 : nil },
    ]
}
