// JSON Web Tokens: the RFC's example, and every other header, shape and signature refused.

import Crypto
import Testing

struct JWTTests {
    private let key = HMACKey(Vectors.key(32))
    private let claims = Array(#"{"UserID":"u1","PlatformID":1,"exp":1800000000}"#.utf8)

    private func problem(_ text: String) -> JWTProblem? {
        do throws(JWTProblem) {
            _ = try JWT.verify(text, key: key)
            return nil
        } catch {
            return error
        }
    }

    /// A token with this header, rightly signed.
    private func signed(header: String) -> String {
        let start = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(claims)
        return start + "." + Base64URL.encode(key.authenticate(start).bytes)
    }

    @Test func `the example of RFC 7515, appendix A.1`() throws {
        let text =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog"
            + "Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let secret = try #require(
            Base64URL.decode(
                "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
            )
        )
        let payload = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
        #expect(try JWT.verify(text, key: HMACKey(secret)) == Array(payload.utf8))
        #expect(throws: JWTProblem.badSignature) { try JWT.verify(text, key: key) }
    }

    @Test func `claims survive, byte for byte`() throws {
        for bytes in [claims, Array("{}".utf8), [], Array(#"{"名":"字"}"#.utf8)] {
            let text = JWT.issue(claims: bytes, key: key)
            #expect(text.hasPrefix("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."))
            #expect(try JWT.verify(text, key: key) == bytes)
        }
    }

    @Test(arguments: [
        #"{"alg":"HS256"}"#, #"{"alg":"HS256","typ":"JWT"}"#, #"{"typ":"JWT","alg":"HS256"}"#,
        "{\r\n\t\"alg\" : \"HS256\" }", " { \"alg\":\"HS256\" } ",
    ])
    func `HS256 may be spelled in any layout`(header: String) {
        #expect(problem(signed(header: header)) == nil)
    }

    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"None","typ":"JWT"}"#, #"{"alg":"HS512","typ":"JWT"}"#,
        #"{"alg":"RS256"}"#,
        #"{"alg":"hs256"}"#, #"{"alg":""}"#, #"{"alg":null}"#, #"{"alg":["HS256"]}"#, #"{"typ":"JWT"}"#, "{}",
        "",
        #"{"alg":"HS256","alg":"none"}"#, #"{"alg":"none","alg":"HS256"}"#, #"{"alg":"HS256","alg":"HS256"}"#,
        #"{"alg":"HS256","typ":"JWE"}"#, #"{"alg":"HS256","crit":["exp"]}"#, #"{"alg":"HS256","kid":"1"}"#,
        #"{"alg":"HS256","b64":false}"#, #"{"alg":"HS256","jku":"http://x"}"#, #"{"alg":"HS256",}"#,
        #"{"alg":"HS256"}}"#, #"{"alg":"HS256"} x"#, #"{"alg":"HS256""#, #"["HS256"]"#, #""HS256""#,
        #"{"\u0061lg":"HS256"}"#, #"{"alg":"HS25\u0036"}"#, #"{"alg ":"HS256"}"#, #"{"alg":" HS256"}"#,
        "\u{feff}{\"alg\":\"HS256\"}", "{\"alg\":\"HS256\"}\0", #"{'alg':'HS256'}"#, #"{"alg" "HS256"}"#,
    ])
    func `a rightly signed token with any other header is refused`(header: String) {
        #expect(problem(signed(header: header)) == .unsupportedHeader)
    }

    @Test func `a token without a signature is refused, whatever its header says`() {
        for header in [#"{"alg":"none"}"#, #"{"alg":"HS256","typ":"JWT"}"#] {
            let start = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(claims)
            #expect(problem(start) == .malformed)
            #expect(problem(start + ".") == .badSignature)
        }
    }

    @Test(arguments: ["", ".", "..", "...", "a.b.c", "a", "e30.e30", "e30.e30.e30.e30"])
    func `anything but three parts of base64url is refused`(text: String) {
        #expect(problem(text) != nil)
    }

    @Test func `extra parts, padding, space and the standard alphabet are malformed`() {
        let text = JWT.issue(claims: claims, key: key)
        for other in [
            text + ".", "." + text, text + ".e30", text + "=", text + " ", text + "\n", text + "+",
            text + "é",
        ] {
            #expect(problem(other) == .malformed)
        }
    }

    @Test func `every changed character and every truncation is refused`() {
        let text = Array(JWT.issue(claims: claims, key: key).utf8)
        for i in text.indices {
            for replacement in [UInt8(ascii: "A"), UInt8(ascii: "_"), UInt8(ascii: ".")]
            where replacement != text[i] {
                var forged = text
                forged[i] = replacement
                #expect(problem(String(decoding: forged, as: UTF8.self)) != nil, "position \(i)")
            }
            #expect(problem(String(decoding: text[..<i], as: UTF8.self)) != nil)
        }
    }

    @Test func `a text beyond the bound is refused unread`() {
        let room = JWT.maximumCharacters - JWT.issue(claims: [], key: key).utf8.count
        let longest = [UInt8](repeating: 0x20, count: Base64URL.decodedCount(room))
        #expect(problem(JWT.issue(claims: longest, key: key)) == nil)
        #expect(problem(JWT.issue(claims: longest + [0x20], key: key)) == .malformed)
    }

    @Test func `current and previous keys verify, others don't`() throws {
        let old = SigningKey(id: 1, hmac: HMACKey(Vectors.key(33)))
        let keys = TokenKeys(current: SigningKey(id: 2, hmac: key), previous: [old])
        #expect(try JWT.verify(JWT.issue(claims: claims, key: key), keys: keys) == claims)
        #expect(try JWT.verify(JWT.issue(claims: claims, key: old.hmac), keys: keys) == claims)
        let stranger = JWT.issue(claims: claims, key: HMACKey(Vectors.key(34)))
        #expect(throws: JWTProblem.badSignature) { try JWT.verify(stranger, keys: keys) }
    }
}
