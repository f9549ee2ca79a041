// The address of a client behind proxies, from the proxies' header fields.

import HTTP
import Reactor

/// A client, as far as it can be known.
struct ForwardedClient: Equatable {
    let address: PeerAddress
    /// Whether it came by TLS.
    let isSecure: Bool
}

extension TrustedProxies {
    /// The client of a request that came from this peer: the last address of the way here that isn't a trusted proxy's.
    ///
    /// `Forwarded` (RFC 7239) is read where it is there, else `X-Forwarded-For`; of a peer that isn't trusted neither is. Where
    /// the way has something that is no address, the client is the peer: nothing behind it can be believed.
    func client(of head: RequestHead, from peer: PeerAddress) -> ForwardedClient {
        guard self != .none, contains(peer) else { return ForwardedClient(address: peer, isSecure: false) }
        let standard = head.values("forwarded")
        let hops =
            standard.isEmpty
            ? Self.hops(of: head.values("x-forwarded-for"), head.values("x-forwarded-proto"))
            : standard.flatMap(Self.elements)
        var secure: String?
        var client = peer
        for hop in hops.reversed() {
            secure = hop.scheme
            guard let address = PeerAddress(forwarded: hop.client) else { client = peer; break }
            client = address
            if !contains(address) { break }
        }
        if hops.isEmpty { secure = head.firstValue("x-forwarded-proto") }
        return ForwardedClient(address: client, isSecure: secure?.lowercased() == "https")
    }

    private struct Hop {
        var client = ""
        var scheme: String?
    }

    /// Each address with the scheme at its place; where there are fewer schemes, the last ones belong to the last addresses and
    /// the first one to all before.
    private static func hops(of addresses: [String], _ schemes: [String]) -> [Hop] {
        let addresses = addresses.flatMap(list)
        let schemes = schemes.flatMap(list)
        return addresses.enumerated().map { index, address in
            let place = max(0, schemes.count - addresses.count + index)
            return Hop(client: address, scheme: place < schemes.count ? schemes[place] : nil)
        }
    }

    private static func list(_ field: String) -> [String] {
        field.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
    }

    /// The elements of a `Forwarded` field.
    private static func elements(_ field: String) -> [Hop] {
        split(field[...], at: ",").map { element in
            var hop = Hop()
            for pair in split(element, at: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { continue }
                switch trimmed(parts[0]).lowercased() {
                case "for": hop.client = unquoted(trimmed(parts[1]))
                case "proto": hop.scheme = unquoted(trimmed(parts[1]))
                default: break
                }
            }
            return hop
        }
    }

    /// Splits outside of quoted strings.
    private static func split(_ text: Substring, at separator: Character) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var (isQuoted, isEscaped) = (false, false)
        for index in text.indices {
            let character = text[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == separator, !isQuoted {
                parts.append(text[start..<index])
                start = text.index(after: index)
            }
        }
        return parts + [text[start...]]
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast())
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}

extension PeerAddress {
    /// Reads an address as proxies write it: with or without a port, IPv6 in brackets or bare.
    init?(forwarded text: String) {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || Self.isPort(rest) else { return nil }
            self.init(numeric: text[text.index(after: text.startIndex)..<end])
            return
        }
        let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
        guard colons == 1, let colon = text.firstIndex(of: ":") else {
            self.init(numeric: text)
            return
        }
        guard Self.isPort(text[colon...]) else { return nil }
        self.init(numeric: text[..<colon])
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.hasPrefix(":") && UInt16(digits: String(text.dropFirst())) != nil
    }
}
