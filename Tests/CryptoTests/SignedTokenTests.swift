// The access token: what survives, and that nothing forged does.

import Crypto
import Testing

struct SignedTokenTests {
    static let now: Int64 = 1_800_000_000
    private let keys = TokenKeys(current: SigningKey(id: 7, hmac: HMACKey(Vectors.key(32))))
    private let claims = TokenClaims(
        kind: .user,
        scope: 3,
        issuedAt: 1_799_999_000,
        expiresAt: 1_800_000_100,
        tenant: 42,
        subject: 4711,
        generation: 5
    )

    private func problem(_ text: [UInt8], keys: TokenKeys? = nil, at now: Int64 = now) -> TokenProblem? {
        do throws(TokenProblem) {
            _ = try (keys ?? self.keys).verify(text, nowSeconds: now)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        TokenClaims(
            kind: .applicationCredential,
            scope: 0,
            issuedAt: 0,
            expiresAt: 0,
            tenant: 0,
            subject: 0,
            generation: 0
        ),
        TokenClaims(
            kind: .user,
            scope: 255,
            issuedAt: .max,
            expiresAt: .max,
            tenant: .max,
            subject: .max,
            generation: .max
        ),
        TokenClaims(
            kind: .organisationAdministrator,
            scope: 1,
            issuedAt: 1,
            expiresAt: .max,
            tenant: .min,
            subject: -1,
            generation: 0x0102_0304
        ),
    ])
    func `claims survive a token`(claims: TokenClaims) throws {
        let text = keys.issue(claims)
        #expect(text.hasPrefix("YWMt"))
        #expect(text.utf8.count == 94)
        #expect(try keys.verify(text, nowSeconds: Self.now) == claims)
        #expect(try keys.verify(Array(text.utf8), nowSeconds: Self.now) == claims)
        #expect(try keys.verify(("Bearer " + text).dropFirst(7), nowSeconds: Self.now) == claims)
    }

    @Test func `the layout and the signature are the documented ones`() throws {
        let bytes = try #require(Base64URL.decode(String(keys.issue(claims).dropFirst(4))))
        let payload =
            "02" + "000007" + "02" + "0003" + "6b49ce18" + "6b49d264"
            + "000000000000002a" + "0000000000001267" + "00000005"
        #expect(Hex.encode(Array(bytes[..<35])) == payload)
        let signed = Array("parley token v1\0".utf8) + (try hex(payload))
        #expect(Array(bytes[35...]) == HMACSHA256.authenticate(signed, key: Vectors.key(32)).bytes)
    }

    @Test func `every flipped bit of the bytes is refused`() throws {
        let bytes = try #require(Base64URL.decode(String(keys.issue(claims).dropFirst(4))))
        for bit in 0..<bytes.count * 8 {
            var forged = bytes
            forged[bit / 8] ^= 1 << (bit % 8)
            let text = Array("YWMt".utf8) + Array(Base64URL.encode(forged).utf8)
            // The key id is in bytes 1 to 3; there is one key only.
            let expected: TokenProblem = (1...3).contains(bit / 8) ? .unknownKey : .badSignature
            #expect(problem(text) == expected, "bit \(bit)")
        }
    }

    @Test func `every flipped bit of the text is refused`() {
        let text = Array(keys.issue(claims).utf8)
        for bit in 0..<text.count * 8 {
            var forged = text
            forged[bit / 8] ^= 1 << (bit % 8)
            #expect(problem(forged) != nil, "bit \(bit)")
        }
    }

    @Test func `every truncation is malformed`() {
        let text = Array(keys.issue(claims).utf8)
        for count in 0..<text.count {
            #expect(problem(Array(text[..<count])) == .malformed)
            #expect(problem(Array(text[(text.count - count)...])) == .malformed)
        }
    }

    @Test(arguments: ["", "A", "=", "==", "\0", "\n", " ", ".", "AAAA"])
    func `trailing and leading characters are malformed`(extra: String) {
        let text = Array(keys.issue(claims).utf8)
        let extra = Array(extra.utf8)
        #expect(problem(text + extra) == (extra.isEmpty ? nil : .malformed))
        #expect(problem(extra + text) == (extra.isEmpty ? nil : .malformed))
    }

    @Test(arguments: ["YWMT", "ywmt", "ywMt", "XWMt", "YWM", "YWMtt", " YWMt", "", "AAAA", "YWMt=", "YWM\0"])
    func `any other prefix is malformed`(prefix: String) {
        let text = Array(keys.issue(claims).utf8)
        #expect(problem(Array(prefix.utf8) + text.dropFirst(4)) == .malformed)
    }

    @Test func `the standard base64 alphabet is malformed`() throws {
        // Some subject makes a token with both characters that differ.
        var claims = claims
        for subject in 0..<1000 {
            claims.subject = Int64(subject)
            let text = keys.issue(claims)
            guard text.contains("-"), text.contains("_") else { continue }
            let standard = text.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 }
            let slashed = text.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0 }
            #expect(problem(standard) == .malformed)
            #expect(problem(slashed) == .malformed)
            return
        }
        Issue.record("no token has both characters")
    }

    @Test func `the last character has one spelling`() {
        var text = Array(keys.issue(claims).utf8)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        let accepted = alphabet.filter { character in
            text[text.count - 1] = character
            return problem(text) == nil
        }
        #expect(accepted.count == 1)
    }

    @Test func `another key's signature is refused, under its own id and under ours`() {
        let stranger = TokenKeys(current: SigningKey(id: 8, hmac: HMACKey(Vectors.key(33))))
        let impostor = TokenKeys(current: SigningKey(id: 7, hmac: HMACKey(Vectors.key(33))))
        #expect(problem(Array(stranger.issue(claims).utf8)) == .unknownKey)
        #expect(problem(Array(impostor.issue(claims).utf8)) == .badSignature)
    }

    @Test func `a signature over the bare payload, or one made for a JWT, is refused`() throws {
        let bytes = try #require(Base64URL.decode(String(keys.issue(claims).dropFirst(4))))
        let payload = Array(bytes[..<35])
        let bare = HMACSHA256.authenticate(payload, key: Vectors.key(32)).bytes
        #expect(problem(Array(("YWMt" + Base64URL.encode(payload + bare)).utf8)) == .badSignature)
        let jwt = JWT.issue(claims: payload, key: keys.current.hmac)
        let tag = try #require(Base64URL.decode(String(jwt.split(separator: ".")[2])))
        #expect(problem(Array(("YWMt" + Base64URL.encode(payload + tag)).utf8)) == .badSignature)
    }

    @Test func `a token of before, without scopes, is read`() throws {
        let payload = try hex(
            "01" + "00000007" + "02" + "00" + "6b49ce18" + "6b49d264" + "000000000000002a"
                + "0000000000001267" + "00000005"
        )
        let signed = Array("parley token v1\0".utf8) + payload
        let tag = HMACSHA256.authenticate(signed, key: Vectors.key(32)).bytes
        var expected = claims
        expected.scope = 0
        let text = "YWMt" + Base64URL.encode(payload + tag)
        #expect(try keys.verify(text, nowSeconds: Self.now) == expected)
    }

    @Test(arguments: [(0, 2), (3, 2), (255, 2), (2, 0), (2, 4), (2, 255)] as [(UInt8, UInt8)])
    func `a well signed token of another version or kind is malformed`(version: UInt8, kind: UInt8) throws {
        let bytes = try #require(Base64URL.decode(String(keys.issue(claims).dropFirst(4))))
        var payload = Array(bytes[..<35])
        payload[0] = version
        payload[4] = kind
        let tag = HMACSHA256.authenticate(Array("parley token v1\0".utf8) + payload, key: Vectors.key(32))
            .bytes
        #expect(problem(Array(("YWMt" + Base64URL.encode(payload + tag)).utf8)) == .malformed)
    }

    @Test(
        arguments: [
            (100, 99, nil), (100, 100, .expired), (100, 101, .expired), (1, 0, nil), (1, 1, .expired),
            (0, 0, nil), (0, Int64.max, nil), (100, Int64.max, .expired), (100, -1, nil),
            (UInt32.max, 4_294_967_294, nil), (UInt32.max, 4_294_967_295, .expired),
            (UInt32.max, 4_294_967_296, .expired),
        ] as [(UInt32, Int64, TokenProblem?)]
    )
    func `a token ends at the second of its expiry, and never with 0`(
        expiresAt: UInt32,
        now: Int64,
        expected: TokenProblem?
    ) {
        var claims = claims
        claims.expiresAt = expiresAt
        #expect(problem(Array(keys.issue(claims).utf8), at: now) == expected)
    }

    @Test func `a forged and expired token is called forged`() throws {
        var text = Array(keys.issue(claims).utf8)
        text[90] = text[90] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        #expect(problem(text, at: .max) == .badSignature)
    }

    @Test func `after a rotation the old tokens verify until their key is dropped`() throws {
        let old = SigningKey(id: 7, hmac: HMACKey(Vectors.key(32)))
        let new = SigningKey(id: 8, hmac: HMACKey(Vectors.key(33)))
        let before = TokenKeys(current: old)
        let rotated = TokenKeys(current: new, previous: [old])
        let dropped = TokenKeys(current: new)
        let oldText = Array(before.issue(claims).utf8)
        let newText = Array(rotated.issue(claims).utf8)
        #expect(problem(oldText, keys: rotated) == nil)
        #expect(problem(newText, keys: rotated) == nil)
        #expect(problem(newText, keys: before) == .unknownKey)
        #expect(problem(oldText, keys: dropped) == .unknownKey)
    }

    @Test func `generated garbage of every length is refused`() {
        var state: UInt64 = 1
        for length in 0..<300 {
            let garbage = (0..<length).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
            #expect(problem(garbage) == .malformed)
            #expect(problem(Array("YWMt".utf8) + garbage) == .malformed)
            #expect(problem(Array(("YWMt" + Base64URL.encode(garbage)).utf8)) != nil)
        }
    }
}
