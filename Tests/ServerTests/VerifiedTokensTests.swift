// Remembering a token must not make it live longer, nor let another one in.

import Crypto
import Domain
import Foundation
import Testing

@testable import Server

@Suite struct VerifiedTokensTests {
    private static func keys() throws -> SigningKeys {
        let folder = NSTemporaryDirectory() + "parley-keys-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try SigningKeys(path: folder + "/signing-keys", isOwn: true, now: Timestamp(milliseconds: 0))
    }

    private static func token(_ keys: SigningKeys, subject: Int64, expiresAt: UInt32) -> [UInt8] {
        let claims = TokenClaims(
            kind: .user,
            scope: 0,
            issuedAt: 0,
            expiresAt: expiresAt,
            tenant: 1,
            subject: subject,
            generation: 0
        )
        return Array(keys.current.issue(claims).utf8)
    }

    @Test func `a remembered token ends in the second of its expiry`() throws {
        let keys = try Self.keys()
        let verified = VerifiedTokens()
        let token = Self.token(keys, subject: 7, expiresAt: 100)
        for second in [1, 50, 99] as [Int64] {
            #expect(try verified.verify(token[...], with: keys, nowSeconds: second).claims.subject == 7)
        }
        #expect(throws: TokenProblem.expired) { try verified.verify(token[...], with: keys, nowSeconds: 100) }
    }

    @Test func `every token keeps its own claims, however many share a place`() throws {
        let keys = try Self.keys()
        let verified = VerifiedTokens()
        let tokens = (0..<1000).map { Self.token(keys, subject: $0, expiresAt: 0) }
        for _ in 0..<2 {
            for (subject, token) in tokens.enumerated() {
                #expect(
                    try verified.verify(token[...], with: keys, nowSeconds: 1).claims.subject
                        == Int64(subject)
                )
            }
        }
    }

    @Test func `no change of a remembered token is let in`() throws {
        let keys = try Self.keys()
        let verified = VerifiedTokens()
        let token = Self.token(keys, subject: 7, expiresAt: 0)
        _ = try verified.verify(token[...], with: keys, nowSeconds: 1)
        for position in token.indices {
            var forged = token
            forged[position] = forged[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: TokenProblem.self) { try verified.verify(forged[...], with: keys, nowSeconds: 1) }
        }
        #expect(throws: TokenProblem.self) {
            try verified.verify(token.dropLast(), with: keys, nowSeconds: 1)
        }
    }
}
