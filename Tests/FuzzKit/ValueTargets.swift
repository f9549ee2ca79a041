// The promises of the other readers: JSON survives being written, and no text but the issued one passes for it.

import Crypto
import Domain
import JSON

extension FuzzTarget {
    @Sendable
    static func json(_ bytes: [UInt8]) -> String? {
        guard let document = try? JSONDocument(bytes) else { return nil }
        let value = document.root.value()
        let written = value.bytes
        guard let again = try? JSONValue(parsing: written) else {
            return "It is written as \(String(decoding: written, as: UTF8.self)), which is refused."
        }
        return again == value ? nil : "\(value) is read again as \(again)."
    }

    private static let keys = TokenKeys(
        current: SigningKey(id: 7, hmac: HMACKey([UInt8](repeating: 0x5A, count: 32)))
    )

    private static let claims = TokenClaims(
        kind: .user,
        scope: 0,
        issuedAt: 1000,
        expiresAt: 2000,
        tenant: 3,
        subject: 1,
        generation: 2
    )

    /// The input is XORed onto a good token from a place that its first byte names; the rest stays.
    ///
    /// And it is tried as a token itself.
    @Sendable
    static func token(_ bytes: [UInt8]) -> String? {
        let issued = Array(keys.issue(claims).utf8)
        for text in forgeries(of: issued, by: bytes) {
            if (try? keys.verify(text, nowSeconds: 1500)) != nil {
                return "\(String(decoding: text, as: UTF8.self)) passes for a token."
            }
        }
        return nil
    }

    /// The same for the form that the other dialects' clients know, whose claims may be anything that was signed.
    @Sendable
    static func jwt(_ bytes: [UInt8]) -> String? {
        let key = keys.current.hmac
        let issued = Array(JWT.issue(claims: Array(#"{"sub":"user1","exp":2000}"#.utf8), key: key).utf8)
        for text in forgeries(of: issued, by: bytes).map({ String(decoding: $0, as: UTF8.self) }) {
            if (try? JWT.verify(text, key: key)) != nil { return "\(text) passes for a token." }
        }
        let own = JWT.issue(claims: bytes, key: key)
        guard let claims = try? JWT.verify(own, key: key) else { return nil }
        return claims == bytes ? nil : "\(bytes) is signed, and \(claims) is read."
    }

    /// Texts made of an issued one and an input; none of them is the issued one.
    private static func forgeries(of issued: [UInt8], by bytes: [UInt8]) -> [[UInt8]] {
        var changed = issued
        if let place = bytes.first.map(Int.init) {
            for (offset, byte) in bytes.dropFirst().enumerated() where place + offset < changed.count {
                changed[place + offset] ^= byte
            }
        }
        return [bytes, changed, issued + bytes].filter { $0 != issued }
    }

    @Sendable
    static func cursor(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        for owner in [Int64(1), -1] {
            guard let cursor = Cursor(text, of: .users, owner: owner) else { continue }
            guard cursor.text == text else { return "\(text) is read as the cursor \(cursor.text)." }
        }
        return nil
    }
}
