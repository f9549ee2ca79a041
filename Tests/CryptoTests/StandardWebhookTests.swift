// Signatures of webhooks, against what is published of Standard Webhooks, and the digests of one vendor's.

import Crypto
import Testing

@Suite struct StandardWebhookTests {
    @Test func `The published example is signed as published`() throws {
        let secret = try #require(
            StandardWebhook.secret(ofText: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        )
        let signature = StandardWebhook.signatures(
            Array(#"{"test": 2432232314}"#.utf8),
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330,
            secrets: [secret]
        )
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `Two secrets sign both, the newest first`() {
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        let both = StandardWebhook.signatures([], id: "a", timestamp: 1, secrets: [new, old])
        let each = [new, old].map { StandardWebhook.signatures([], id: "a", timestamp: 1, secrets: [$0]) }
        #expect(both == each.joined(separator: " "))
    }

    @Test func `A secret's text is read as it is written, and nothing else is`() {
        let secret = StandardWebhook.secret()
        #expect(StandardWebhook.secret(ofText: StandardWebhook.text(of: secret)) == secret)
        for text in ["", "whsec_", "whsec_AAAA", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS*"] {
            #expect(StandardWebhook.secret(ofText: text) == nil)
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]) func `Base64 is as RFC 4648 has it`(_ plain: String, _ encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test(arguments: ["Z", "Zh==", "Zg=", "Zm9*", "====", "Z==="]) func `What isn't Base64 is refused`(
        _ text: String
    ) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
    ]) func `MD5 is as RFC 1321 has it`(_ text: String, _ digest: String) {
        #expect(Hex.encode(MD5.hash(Array(text.utf8))) == digest)
    }
}
