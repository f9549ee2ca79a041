// Which addresses webhooks may have: what an attacker would try.

import Domain
import Testing

@Suite struct WebhookAddressTests {
    @Test(arguments: [
        "https://example.com", "http://example.com/hook?a=b", "https://example.com:8443/",
        "http://example.com:80",
        "https://8.8.8.8/", "https://[2606:4700::1111]/hook", "http://localhost/", "HTTPS://Example.COM/",
    ]) func `A public address or a name is taken`(_ url: String) throws {
        _ = try WebhookAddress(url, networks: WebhookNetworks())
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com/", "http:///hook", "http://", "https://user@example.com/",
        "https://user:password@example.com/", "https://example.com:22/", "https://example.com:0/",
        "https://example.com:65536/", "https://example.com:8o/", "https://exa mple.com/",
        "https://example.com/#a",
        "https://example.com\\@127.0.0.1/", "https://127.0.0.1/", "http://127.1/", "http://2130706433/",
        "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "http://172.31.255.255/",
        "http://192.168.1.1/", "http://100.64.0.1/", "http://0.0.0.0/", "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[::]/", "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/", "http://224.0.0.1/",
        "http://[::1/", "http://[example]/", "https://bücher.example/",
    ]) func `Anything else is refused`(_ url: String) {
        #expect(throws: Failure.self) { try WebhookAddress(url, networks: WebhookNetworks()) }
    }

    @Test func `An address is taken that the operator allows`() throws {
        let networks = try #require(WebhookNetworks("10.1.0.0/16, ::1"))
        _ = try WebhookAddress("http://10.1.255.1/", networks: networks)
        _ = try WebhookAddress("http://[::1]/", networks: networks)
        #expect(throws: Failure.self) { try WebhookAddress("http://10.2.0.1/", networks: networks) }
        #expect(throws: Failure.self) { try WebhookAddress("http://127.0.0.1/", networks: networks) }
        _ = try WebhookAddress("http://127.0.0.1/", networks: networks.withLoopback)
    }

    @Test(arguments: ["10.0.0.0/33", "10.0.0.0/-1", "example", "::/129", "1.2.3.4.5", "10.0.0.0/"])
    func `A range that can't be is refused`(_ text: String) { #expect(WebhookNetworks(text) == nil) }

    @Test func `Selectors choose events, families or all, and nothing unknown`() throws {
        let families = try #require(EventSet(selectors: ["user.*", "message.sent"]))
        #expect(families.contains(.userOnline) && families.contains(.messageSent))
        #expect(!families.contains(.messageRead) && !families.contains(.roomCreated))
        let all = try #require(EventSet(selectors: ["*"]))
        #expect(EventName.allCases.allSatisfy(all.contains))
        for selector in ["", "user", "user.", "user.nothing", "*.sent", "nothing.*", "User.*"] {
            #expect(EventSet(selectors: [selector]) == nil, "\(selector)")
        }
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-29T15:20:00.123Z", 1_795_965_600_123),
        ("2000-02-29T23:59:60+01:00", 951_865_200_000), ("1969-12-31t23:59:59.9-00:00", -100),
    ]) func `Times are read as RFC 3339 has them`(_ text: String, _ milliseconds: Int64) {
        #expect(InternetTime.milliseconds(text) == milliseconds)
    }

    @Test(arguments: [
        "", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
    ])
    func `What is no time is refused`(_ text: String) { #expect(InternetTime.milliseconds(text) == nil) }

    @Test func `Times are written as they are read`() {
        for milliseconds: Int64 in [0, 951_782_400_001, 1_795_965_600_123, 4_102_444_799_999, -1] {
            let text = Timestamp(milliseconds: milliseconds).internetText
            #expect(InternetTime.milliseconds(text) == milliseconds, "\(text)")
        }
    }
}
