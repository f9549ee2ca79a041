// JSON Web Tokens with HMAC-SHA-256 (RFC 7515, RFC 7519), and with nothing else.

/// Why a JSON Web Token was refused.
public enum JWTProblem: Error, Equatable, Sendable {
    /// Not three parts of base64url, or longer than `JWT.maximumCharacters`.
    case malformed
    /// Not signed by any of the keys.
    case badSignature
    /// Signed, but the header is not that of a JWT with HS256.
    case unsupportedHeader
}

/// Signing and checking JSON Web Tokens in compact form, always HS256.
///
/// The claims are bytes here: the caller writes and reads their JSON, and checks `exp` and the like. The
/// algorithm is never chosen by the token, so there is no `none` and no confusion of keys; a header that says
/// anything else is refused even when the signature is right.
public enum JWT {
    /// Longer texts are refused unread.
    public static let maximumCharacters = 16_384

    /// `{"alg":"HS256","typ":"JWT"}`.
    private static let header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"

    /// The compact form of a token with these claims (the bytes of a JSON object).
    public static func issue(claims: [UInt8], key: HMACKey) -> String {
        var text = header
        text += "."
        text += Base64URL.encode(claims)
        let tag = key.authenticate(text)
        text += "."
        text += tag.withUnsafeBytes { Base64URL.encode($0) }
        return text
    }

    /// The bytes of the claims of a token that the key signed.
    public static func verify(_ text: String, key: HMACKey) throws(JWTProblem) -> [UInt8] {
        try check(text) { $0(key) }.get()
    }

    /// The bytes of the claims of a token that the current key or a previous one signed.
    ///
    /// The compact form names no key, so they are tried in turn; there are few.
    public static func verify(_ text: String, keys: TokenKeys) throws(JWTProblem) -> [UInt8] {
        try check(text) { signed in signed(keys.current.hmac) || keys.previous.contains { signed($0.hmac) } }
            .get()
    }

    private static func check(
        _ text: String,
        isSignedByAny: ((HMACKey) -> Bool) -> Bool
    ) -> Result<[UInt8], JWTProblem> {
        var text = text
        return text.withUTF8 { text in
            guard text.count <= maximumCharacters else { return .failure(.malformed) }
            let dots = text.indices.filter { text[$0] == UInt8(ascii: ".") }
            guard dots.count == 2 else { return .failure(.malformed) }
            let signed = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[..<dots[1]])
            let headerText = UnsafeRawBufferPointer(rebasing: signed[..<dots[0]])
            let claimsText = UnsafeRawBufferPointer(rebasing: signed[(dots[0] + 1)...])
            let tagText = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[(dots[1] + 1)...])
            guard let tag = Base64URL.decode(tagText), let header = Base64URL.decode(headerText),
                let claims = Base64URL.decode(claimsText)
            else { return .failure(.malformed) }
            let isSigned = tag.withUnsafeBytes { tag in
                isSignedByAny { key in key.isValid(tag: tag, for: signed) }
            }
            guard isSigned else { return .failure(.badSignature) }
            return JWTHeader.isHS256(header) ? .success(claims) : .failure(.unsupportedHeader)
        }
    }
}
