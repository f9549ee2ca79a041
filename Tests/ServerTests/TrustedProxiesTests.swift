// Whose word is taken on who a client is, and what is understood of it.

import HTTP
import Reactor
import Testing

@testable import Server

@Suite struct TrustedProxiesTests {
    private static let proxy = "10.1.2.3"

    private func head(_ fields: [String]) throws -> RequestHead {
        var parser = RequestParser(limits: HTTPLimits())
        let text = "GET / HTTP/1.1\r\nHost: a\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
        let bytes = Array(text.utf8)
        guard case .head(let head, _) = try parser.parseHead(bytes.span) else {
            throw CancellationError()
        }
        return head
    }

    private func client(_ fields: [String], from peer: String = proxy, list: String = "10.0.0.0/8,::1") throws
        -> String
    {
        let proxies = try #require(TrustedProxies(list))
        let client = proxies.client(of: try head(fields), from: try #require(PeerAddress(numeric: peer)))
        return client.address.description + (client.isSecure ? " secure" : "")
    }

    @Test(
        arguments: [
            (["X-Forwarded-For: 1.2.3.4"], "1.2.3.4"),
            (["X-Forwarded-For: 1.2.3.4:4001"], "1.2.3.4"),
            (["X-Forwarded-For: ::ffff:1.2.3.4"], "1.2.3.4"),
            (["X-Forwarded-For: [2001:db8::1]:4001"], "2001:db8::1"),
            (["X-Forwarded-For: 2001:db8::1"], "2001:db8::1"),
            (["X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.9.9.9"], "1.2.3.4"),
            (["X-Forwarded-For: 6.6.6.6, 1.2.3.4", "X-Forwarded-For: 10.9.9.9"], "1.2.3.4"),
            (["X-Forwarded-For: 10.7.7.7, 10.9.9.9"], "10.7.7.7"),
            (["X-Forwarded-For: 1.2.3.4, unknown"], proxy),
            (["X-Forwarded-For: unknown, 10.9.9.9"], proxy),
            (["X-Forwarded-For: 1.2.3.4:x"], proxy),
            (["X-Forwarded-For: 1.2.3.4:70000"], proxy),
            (["X-Forwarded-For: 1.2.3"], proxy),
            (["X-Forwarded-For: fe80::1%eth0"], proxy),
            (["X-Forwarded-For: "], proxy),
            ([], proxy),
            (["X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https"], "1.2.3.4 secure"),
            (["X-Forwarded-For: 1.2.3.4, 10.9.9.9", "X-Forwarded-Proto: https, http"], "1.2.3.4 secure"),
            (["X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: http"], "1.2.3.4"),
            (["Forwarded: for=1.2.3.4;proto=https"], "1.2.3.4 secure"),
            (
                ["Forwarded: For=\"[2001:db8:cafe::17]:4711\";Proto=https;by=10.0.0.1"],
                "2001:db8:cafe::17 secure"
            ),
            (["Forwarded: for=6.6.6.6, for=\"1.2.3.4:99\", for=10.9.9.9;proto=https"], "1.2.3.4"),
            (["Forwarded: for=\"a,b\", for=10.9.9.9"], proxy),
            (["Forwarded: for=_hidden"], proxy),
            (["Forwarded: proto=https"], proxy + " secure"),
            (["Forwarded: for=1.2.3.4", "X-Forwarded-For: 5.6.7.8", "X-Forwarded-Proto: https"], "1.2.3.4"),
        ] as [([String], String)]
    )
    func `the client is the last address on the way that isn't a trusted proxy's`(
        fields: [String],
        expected: String
    )
        throws
    {
        #expect(try client(fields) == expected)
    }

    @Test func `whoever isn't in the list is believed nothing`() throws {
        let forged = [
            "Forwarded: for=1.2.3.4;proto=https", "X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https",
        ]
        #expect(try client(forged, from: "11.1.2.3") == "11.1.2.3")
        #expect(try client(forged, from: "2001:db8::1") == "2001:db8::1")
        #expect(try client(forged, from: "::1") == "1.2.3.4 secure")
    }

    @Test func `long fields are read once, from their end`() throws {
        let many = Array(repeating: "6.6.6.6", count: 1200).joined(separator: ", ")
        #expect(many.utf8.count > 10_000)
        #expect(try client(["X-Forwarded-For: \(many), 1.2.3.4"]) == "1.2.3.4")
        #expect(
            try client(["Forwarded: for=\"" + String(repeating: "x", count: 10_000) + "\""]) == Self.proxy
        )
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("0.0.0.0/0", "8.8.8.8", true),
        ("0.0.0.0/0", "::1", false), ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false),
        ("2001:db8:0:1:8000::/65", "2001:db8:0:1:8000::1", true),
        ("2001:db8:0:1:8000::/65", "2001:db8:0:1::1", false),
        ("::ffff:10.0.0.0/104", "10.9.9.9", true), ("::ffff:10.0.0.0/104", "11.9.9.9", false),
        (" 127.0.0.1 , ::1 ", "::1", true),
    ])
    func `a range has the addresses that begin with its bits`(list: String, address: String, isIn: Bool)
        throws
    {
        let proxies = try #require(TrustedProxies(list))
        #expect(proxies.contains(try #require(PeerAddress(numeric: address))) == isIn)
    }

    @Test(arguments: [
        ("on", "on"), ("127.0.0.1,nonsense", "nonsense"), ("127.0.0.1,", ""), ("10.0.0.0/33", "10.0.0.0/33"),
        ("::1/129", "::1/129"), ("10.0.0.0/-1", "10.0.0.0/-1"), ("10.0.0.0/", "10.0.0.0/"),
        ("1.2.3.4:80", "1.2.3.4:80"),
        ("::ffff:1.2.3.4/95", "::ffff:1.2.3.4/95"),
    ])
    func `a list with something else in it is refused by that item`(list: String, item: String) {
        #expect(TrustedProxies(list) == nil)
        #expect(TrustedProxies.fault(in: list) == item)
        var configuration = Configuration()
        #expect(throws: UsageError.self) {
            try configuration.read(environment: ["PARLEY_TRUST_PROXY": list.isEmpty ? "," : list])
        }
    }

    @Test func `sockets behind a proxy count for their client, and the proxy's own connections for nobody`()
        throws
    {
        var limits = ConnectionLimits()
        limits.connectionsPerAddress = 2
        let census = ConnectionCensus(limits, proxies: try #require(TrustedProxies("10.0.0.0/8")))
        let proxy = Peer(address: try #require(PeerAddress(numeric: Self.proxy)))
        for _ in 0..<5 { #expect(census.refusal(of: proxy) == nil) }
        let address = try #require(PeerAddress(numeric: "1.2.3.4"))
        var seats = [census.seat(for: address), census.seat(for: address)]
        #expect(seats.allSatisfy { $0 != nil })
        #expect(census.seat(for: address) == nil)
        #expect(census.refusal(of: Peer(address: address)) == .address)
        seats = []
        #expect(census.refusal(of: Peer(address: address)) == nil)
        for _ in 0..<5 { census.left(proxy) }
        #expect(census.counts.open == 1)
    }
}
