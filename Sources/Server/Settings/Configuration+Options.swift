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
        Option(
            name: "port",
            placeholder: "PORT",
            summary: "TCP port to listen on; 0 takes a free one",
            accepted: "a whole number from 0 to 65535",
            standard: "8080",
            set: { settings, text in
                guard let port = UInt16(digits: text) else { return false }
                settings.port = port
                return true
            }
        ),
        .text("data", "FOLDER", "data folder; made when it is missing", \.dataFolder, accepted: "a path") {
            !$0.isEmpty && !$0.utf8.contains(0)
        },
        .number("loops", "event loops", \.loops, 1...256, standard: "one for each processor"),
        Option(
            name: "compute-threads",
            placeholder: "N",
            summary: "threads that hash passwords",
            accepted: "a whole number from 1 to 256",
            standard: "one for each processor, as far as a quarter of the memory goes",
            set: { settings, text in
                guard let count = Int(digits: text), (1...256).contains(count) else { return false }
                settings.computeThreads = count
                return true
            }
        ),
        Option(
            name: "password-cost",
            placeholder: "N",
            summary: "work of a password hash; each step doubles it",
            accepted: "a whole number from 1 to 11",
            standard: "6",
            set: { settings, text in
                guard let cost = Int(digits: text).flatMap({ PasswordCost($0) }) else { return false }
                settings.passwordCost = cost
                return true
            }
        ),
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
        Option(
            name: "trust-proxy",
            placeholder: "LIST",
            summary: "proxies whose Forwarded and X-Forwarded fields are believed",
            accepted: "addresses and ranges such as 127.0.0.1,10.0.0.0/8,fd00::/8",
            standard: nil,
            fault: { TrustedProxies.fault(in: $0) },
            set: { settings, text in
                guard let proxies = TrustedProxies(text) else { return false }
                settings.trustedProxies = proxies
                return true
            }
        ),
        Option(
            name: "cors-origin",
            placeholder: "ORIGIN",
            summary: "let pages of this origin call from a browser; * for all",
            accepted: "* or an origin such as https://example.org",
            standard: nil,
            set: { settings, text in
                guard isOrigin(text) else { return false }
                settings.corsOrigin = text
                return true
            }
        ),
        Option(
            name: "openim-app",
            placeholder: "ORG/APP",
            summary: "application whose OpenIM routes answer at the root, too",
            accepted: "the name of an application, ORG/APP",
            standard: nil,
            set: { settings, text in
                guard isApplication(text) else { return false }
                settings.openIMApplication = text
                return true
            }
        ),
        Option(
            name: "ourchat-app",
            placeholder: "ORG/APP",
            summary: "application whose OurChat gateway is at the root, too",
            accepted: "the name of an application, ORG/APP",
            standard: nil,
            set: { settings, text in
                guard isApplication(text) else { return false }
                settings.ourChatApplication = text
                return true
            }
        ),
        Option(
            name: "mail-command",
            placeholder: "COMMAND",
            summary: "program that sends mail, such as \"/usr/sbin/sendmail -t -i\"",
            accepted: "an absolute path, and arguments with blanks between them",
            standard: nil,
            set: { settings, text in
                guard MailCommand(text) != nil else { return false }
                settings.mailCommand = text
                return true
            }
        ),
        Option(
            name: "webhook-networks",
            placeholder: "LIST",
            summary: "private networks that webhooks may reach, such as 10.1.0.0/16,fd00::/8",
            accepted: "addresses in CIDR notation with commas between them",
            standard: nil,
            set: { settings, text in
                guard let networks = WebhookNetworks(text) else { return false }
                settings.webhookNetworks = networks
                return true
            }
        ),
        .number("webhook-days", "days for which events and deliveries are stored", \.webhookDays, 1...365),
        Option(
            name: "public-url",
            placeholder: "URL",
            summary: "where clients reach this server; links in mails begin so",
            accepted: "a URL such as https://chat.example.org, without a slash at its end",
            standard: "http://ADDRESS:PORT",
            set: { settings, text in
                guard text != "*", isOrigin(text) else { return false }
                settings.publicURL = text
                return true
            }
        ),
        Option(
            name: "log-level",
            placeholder: "LEVEL",
            summary:
                "the least severe lines of the log: error, warning, info (requests), debug (slow statements)",
            accepted: "error, warning, info or debug",
            standard: "info",
            set: { settings, text in
                guard let level = LogLevel(rawValue: text) else { return false }
                settings.logLevel = level
                return true
            }
        ),
        .truth("access-log", "write a line of JSON for each request to the log", \.accessLog),
        Option(
            name: "metrics-address",
            placeholder: "ADDRESS:PORT",
            summary: "serve /metrics there and nowhere else",
            accepted: "an address with a port, such as 127.0.0.1:9464 or [::1]:9464",
            standard: nil,
            set: { settings, text in
                guard let place = SocketPlace(text), isAddress(place.host) else { return false }
                settings.metricsAddress = place
                return true
            }
        ),
        .number(
            "metrics-applications",
            "applications with metrics of their own, those with the most users",
            \.metricsApplications,
            0...10_000
        ),
        Option(
            name: "signing-keys",
            placeholder: "FILE",
            summary: "file of signing keys outside of the data folder; SIGHUP reads it again",
            accepted: "a path",
            standard: nil,
            set: { settings, text in
                guard !text.isEmpty, !text.utf8.contains(0) else { return false }
                settings.signingKeys = text
                return true
            }
        ),
        Option(
            name: "log-file",
            placeholder: "FILE",
            summary: "file to append the log to, in place of standard error; SIGHUP opens it anew",
            accepted: "a path",
            standard: nil,
            set: { settings, text in
                guard !text.isEmpty, !text.utf8.contains(0) else { return false }
                settings.logFile = text
                return true
            }
        ),
    ]

    private static func isAddress(_ text: String) -> Bool {
        // The listener tells a wrong address from a right one; here only what can't be one at all is refused.
        text == "localhost"
            || (!text.isEmpty
                && text.utf8.allSatisfy { byte in
                    (0x30...0x3A).contains(byte) || (0x41...0x46).contains(byte)
                        || (0x61...0x66).contains(byte)
                        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
                })
    }

    /// Two names with a slash between them; whether there is such an application is told by its routes.
    private static func isApplication(_ text: String) -> Bool {
        let names = text.split(separator: "/", omittingEmptySubsequences: false)
        return names.count == 2
            && names.allSatisfy { name in
                (1...32).contains(name.utf8.count)
                    && name.utf8.allSatisfy { byte in
                        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
                            || byte == UInt8(ascii: "-")
                    }
            }
    }

    /// `scheme://host[:port]` in printable ASCII, as browsers send it (RFC 6454 section 6.1): no path, no slash
    /// at the end.
    private static func isOrigin(_ text: String) -> Bool {
        if text == "*" { return true }
        guard text.utf8.count <= 255, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return false
        }
        for scheme in ["http://", "https://"] where text.hasPrefix(scheme) {
            let authority = text.dropFirst(scheme.count)
            return !authority.isEmpty && !authority.utf8.contains { "/?#@,;\"".utf8.contains($0) }
        }
        return false
    }
}

extension Configuration.Option {
    /// A setting that is a whole number; its default is what a new configuration has, unless a phrase says it better.
    fileprivate static func number(
        _ name: String,
        _ summary: String,
        _ field: any WritableKeyPath<Configuration, Int> & Sendable,
        _ range: ClosedRange<Int>,
        standard: String? = nil
    ) -> Configuration.Option {
        Configuration.Option(
            name: name,
            placeholder: "N",
            summary: summary,
            accepted: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            standard: standard ?? String(Configuration()[keyPath: field]),
            set: { settings, text in
                guard let number = Int(digits: text), range.contains(number) else { return false }
                settings[keyPath: field] = number
                return true
            }
        )
    }

    fileprivate static func text(
        _ name: String,
        _ placeholder: String,
        _ summary: String,
        _ field: any WritableKeyPath<Configuration, String> & Sendable,
        accepted: String,
        _ isAccepted: @escaping @Sendable (String) -> Bool
    ) -> Configuration.Option {
        Configuration.Option(
            name: name,
            placeholder: placeholder,
            summary: summary,
            accepted: accepted,
            standard: Configuration()[keyPath: field],
            set: { settings, text in
                guard isAccepted(text) else { return false }
                settings[keyPath: field] = text
                return true
            }
        )
    }

    fileprivate static func truth(
        _ name: String,
        _ summary: String,
        _ field: any WritableKeyPath<Configuration, Bool> & Sendable
    ) -> Configuration.Option {
        Configuration.Option(
            name: name,
            placeholder: nil,
            summary: summary,
            accepted: "on or off",
            standard: Configuration()[keyPath: field] ? "on" : "off",
            set: { settings, text in
                guard let truth = Bool(switch: text) else { return false }
                settings[keyPath: field] = truth
                return true
            }
        )
    }
}

extension FixedWidthInteger {
    /// Reads digits only: no sign, no blanks.
    init?(digits text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.init(text)
    }
}
