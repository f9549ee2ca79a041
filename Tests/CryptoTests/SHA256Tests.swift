// SHA-256 against the published examples, against Python over all short lengths, and piece by piece.

import Crypto
import Testing

struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
                + "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func `the examples of FIPS 180-4`(text: String, digest: String) {
        #expect(SHA256.hash(text).hex == digest)
    }

    @Test(arguments: [
        ("bd", 1, "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"),
        ("c98c8e55", 1, "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"),
        ("00", 55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"),
        ("00", 56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"),
        ("00", 57, "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"),
        ("00", 64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"),
        ("00", 1000, "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53"),
        ("41", 1000, "c2e686823489ced2017f6059b8b239318b6364f6dcd835d0a519105a1eadd6e4"),
        ("55", 1005, "f4d62ddec0f3dd90ea1380fa16a5ff8dc4c54b21740650f24afc4120903552b0"),
        ("61", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        ("00", 1_000_000, "d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025"),
    ])
    func `the additional examples of NIST, a unit repeated`(unit: String, count: Int, digest: String) throws {
        let unit = try hex(unit)
        #expect(SHA256.hash([UInt8](repeatElement(unit, count: count).joined())).hex == digest)
    }

    @Test(arguments: [
        ("d3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"),
        ("11af", "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"),
        ("b4190e", "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2"),
        ("74ba2521", "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e"),
        (
            "5a86b737eaea8ee976a0a24da63e7ed7eefad18a101c1211e2b3650c5187c2a8"
                + "a650547208251f6d4237e661c7bf4c77f335390394c37fa1a9f9be836ac28509",
            "42e61e174fbb3897d6dd6cef3dd2802fe67b331953b06114a65c772859dfc1aa"
        ),
    ])
    func `byte-oriented messages of CAVP`(message: String, digest: String) throws {
        #expect(SHA256.hash(try hex(message)).hex == digest)
    }

    @Test func `the Monte Carlo chain of CAVP`() throws {
        var seed = try hex("6d1e72ad03ddeb5de891e572e2396f8da015d899ef0e79503152d6010a3fe691")
        let checkpoints = [
            "e93c330ae5447738c8aa85d71a6c80f2a58381d05872d26bdd39f1fcd4f2b788",
            "2e78f8c8772ea7c9331d41ed3f9cdf27d8f514a99342ee766ee3b8b0d0b121c0",
            "d6a23dff1b7f2eddc1a212f8a218397523a799b07386a30692fd6fe9d2bf0944",
        ]
        for checkpoint in checkpoints {
            var last = [seed, seed, seed]
            for _ in 0..<1000 {
                last = [last[1], last[2], SHA256.hash(last[0] + last[1] + last[2]).bytes]
            }
            seed = last[2]
            #expect(Hex.encode(seed) == checkpoint)
        }
    }

    @Test func `every length from 0 to 300 agrees with Python`() throws {
        let lines = try Vectors.lines(of: "sha256.txt")
        #expect(lines.count == 301)
        for line in lines {
            let length = try #require(Int(line[0]))
            #expect(SHA256.hash(Vectors.message(length)).hex == line[1], "length \(length)")
        }
    }

    @Test func `two pieces split anywhere make the digest of the whole`() {
        for length in [0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, 129, 200] {
            let message = Vectors.message(length)
            let whole = SHA256.hash(message)
            for split in 0...length {
                var computation = SHA256()
                computation.update(Array(message[..<split]))
                computation.update(Array(message[split...]))
                #expect(computation.finalize() == whole, "length \(length) split at \(split)")
            }
        }
    }

    @Test(arguments: [1, 3, 7, 31, 63, 64, 65, 100])
    func `pieces of any one size make the digest of the whole`(size: Int) {
        let message = Vectors.message(300)
        var computation = SHA256()
        for start in stride(from: 0, to: message.count, by: size) {
            computation.update(Array(message[start..<min(start + size, message.count)]))
        }
        #expect(computation.finalize() == SHA256.hash(message))
    }

    @Test func `a computation goes on after its digest was taken, and its copy goes another way`() {
        var first = SHA256()
        first.update("ab")
        #expect(first.finalize() == SHA256.hash("ab"))
        var second = first
        first.update("c")
        second.update("d")
        #expect(first.finalize() == SHA256.hash("abc"))
        #expect(second.finalize() == SHA256.hash("abd"))
    }

    @Test func `a message may start at any address`() {
        let message = Vectors.message(300)
        message.withUnsafeBytes { bytes in
            for start in 0..<16 {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
                #expect(SHA256.hash(rest) == SHA256.hash(Array(message[start...])))
            }
        }
    }

    @Test func `a text that is not contiguous in memory hashes as its UTF-8`() {
        let parts = ["grüße", "你好", "👋"]
        let text = parts.joined(separator: " ")
        var computation = SHA256()
        computation.update(text)
        #expect(SHA256.hash(text) == SHA256.hash(Array(text.utf8)))
        #expect(computation.finalize() == SHA256.hash(text))
    }
}

struct DigestTests {
    @Test func `a digest survives its bytes`() {
        let digest = SHA256.hash("abc")
        #expect(digest.bytes.count == 32)
        #expect(Digest(bytes: digest.bytes) == digest)
        var room = [UInt8](repeating: 0xee, count: 34)
        room.withUnsafeMutableBytes {
            digest.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: $0[1...]))
        }
        #expect(room == [0xee] + digest.bytes + [0xee])
    }

    @Test(arguments: [0, 1, 31, 33, 64])
    func `bytes of another length are no digest`(count: Int) {
        #expect(Digest(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func `digests that differ in any one bit are not equal`() throws {
        let digest = SHA256.hash("abc")
        for bit in 0..<256 {
            var bytes = digest.bytes
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(try #require(Digest(bytes: bytes)) != digest)
        }
    }

    @Test func `a digest is a key of a table`() {
        let table = [SHA256.hash("a"): 1, SHA256.hash("b"): 2]
        #expect(table[SHA256.hash("b")] == 2)
        #expect(table[SHA256.hash("c")] == nil)
    }
}
