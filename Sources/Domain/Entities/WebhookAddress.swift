// The address of an endpoint: which URLs a webhook may have.

/// An `http` or `https` URL that a webhook may be sent to.
public struct WebhookAddress: Equatable, Sendable {
    /// As given.
    public let text: String
    /// The host, without brackets.
    public let host: String

    /// The longest accepted address, in bytes.
    public static let maximumBytes = 2048

    /// Checks an address.
    ///
    /// A host that is a literal address has to be one that may be reached; a name is looked at when it is connected to.
    ///
    /// - Throws: `.invalid("url", …)`.
    public init(_ text: String, networks: WebhookNetworks) throws(Failure) {
        guard !text.isEmpty else { throw .invalid(field: "url", .empty) }
        guard text.utf8.count <= Self.maximumBytes else {
            throw .invalid(field: "url", .tooLong(maximum: Self.maximumBytes, unit: "bytes"))
        }
        let isPrintable = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x5C }
        guard isPrintable else { throw Self.refused("must have printable ASCII characters only") }
        let lower = text.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lower.hasPrefix) else {
            throw Self.refused("must begin with http:// or https://")
        }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else { throw Self.refused("must not have credentials") }
        guard !rest.contains("#") else { throw Self.refused("must not have a fragment") }
        let (host, port) = try Self.split(authority)
        guard port.map({ $0 == 80 || $0 == 443 || (1024...65_535).contains($0) }) ?? true else {
            throw Self.refused("must have port 80, port 443 or one from 1024 up")
        }
        if let address = NetworkAddress(host), !networks.permits(address) {
            throw Self.refused("must not be an address inside of a network")
        }
        self.text = text
        self.host = host
    }

    /// Splits host and port; the host of an address of version 6 is in brackets.
    private static func split(_ authority: Substring) throws(Failure) -> (host: String, port: Int?) {
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw refused("must have a host") }
            host = authority[authority.index(after: authority.startIndex)..<end]
            rest = authority[authority.index(after: end)...]
            guard host.contains(":"), NetworkAddress(host) != nil else { throw refused("must have a host") }
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority.dropFirst(host.count)
            let isName = host.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
            }
            guard !host.isEmpty, host.utf8.count <= 253, isName else { throw refused("must have a host") }
        }
        guard !rest.isEmpty, rest != ":" else { return (String(host), nil) }
        let digits = rest.dropFirst()
        guard rest.first == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits)
        else { throw refused("must have a number as its port") }
        return (String(host), port)
    }

    private static func refused(_ reason: String) -> Failure {
        .invalid(field: "url", .refused(reason))
    }
}
