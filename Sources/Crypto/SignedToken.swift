// The access token: a signed binary payload as text, checked without asking any store.

/// Why a token was refused.
///
/// All four are one answer to a client; the difference is for logs and metrics.
public enum TokenProblem: Error, Equatable, Sendable {
    /// Not a token of this form.
    case malformed
    /// Names a key that is not, or no longer, known.
    case unknownKey
    /// Not signed by the key it names.
    case badSignature
    /// Was valid until its expiry.
    case expired
}

/// The form of a token: `YWMt` and the base64url text of the payload (35 bytes) and its HMAC-SHA-256 (32
/// bytes).
enum SignedToken {
    static let prefix: StaticString = "YWMt"
    static let byteCount = TokenPayload.byteCount + Digest.byteCount
    static let characterCount = prefix.utf8CodeUnitCount + Base64URL.encodedCount(byteCount)

    /// The first authenticated bytes, so that no signature made for anything else is a token's.
    ///
    /// With its NUL it has 16 bytes, and label and payload together (51) fit one block of the hash.
    private static let label: StaticString = "parley token v1\0"
    private static let labelBytes = label.utf8CodeUnitCount

    /// Lends room for the label, the payload and the tag, in this order, with the label filled in.
    static func withWorkspace<Result>(
        _ body: (_ workspace: Workspace) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(byteCount: labelBytes + byteCount, alignment: 8) { memory in
            memory.copyMemory(from: UnsafeRawBufferPointer(start: label.utf8Start, count: labelBytes))
            let payloadEnd = labelBytes + TokenPayload.byteCount
            return body(
                Workspace(
                    authenticated: UnsafeMutableRawBufferPointer(rebasing: memory[..<payloadEnd]),
                    payload: UnsafeMutableRawBufferPointer(rebasing: memory[labelBytes..<payloadEnd]),
                    tag: UnsafeMutableRawBufferPointer(rebasing: memory[payloadEnd...]),
                    encoded: UnsafeMutableRawBufferPointer(rebasing: memory[labelBytes...])
                )
            )
        }
    }

    /// Four views of one piece of memory.
    struct Workspace {
        /// Label and payload.
        let authenticated: UnsafeMutableRawBufferPointer
        let payload: UnsafeMutableRawBufferPointer
        let tag: UnsafeMutableRawBufferPointer
        /// Payload and tag.
        let encoded: UnsafeMutableRawBufferPointer
    }
}

extension TokenKeys {
    /// The text of a token with these claims, signed with the current key: 94 characters of the base64url
    /// alphabet.
    public func issue(_ claims: TokenClaims) -> String {
        SignedToken.withWorkspace { workspace in
            TokenPayload(keyID: current.id, claims: claims).write(to: workspace.payload)
            current.hmac.authenticate(UnsafeRawBufferPointer(workspace.authenticated)).copyBytes(
                to: workspace.tag
            )
            return String(unsafeUninitializedCapacity: SignedToken.characterCount) { target in
                let prefix = SignedToken.prefix
                for i in 0..<prefix.utf8CodeUnitCount { target[i] = prefix.utf8Start[i] }
                let rest = UnsafeMutableBufferPointer(rebasing: target[prefix.utf8CodeUnitCount...])
                Base64URL.encode(UnsafeRawBufferPointer(workspace.encoded), into: rest)
                return SignedToken.characterCount
            }
        }
    }

    /// The claims of a token that one of these keys signed and that has not expired at `nowSeconds` since
    /// 1970.
    ///
    /// Costs about half a microsecond and no allocation. Nothing the token says is believed before its
    /// signature is checked, save for the key id, which only chooses the key. Whether the subject still
    /// exists and has the token's generation is the caller's to look up.
    public func verify(
        _ text: UnsafeRawBufferPointer,
        nowSeconds: Int64
    ) throws(TokenProblem) -> TokenClaims {
        try SignedToken.withWorkspace { check(text, nowSeconds, $0) }.get()
    }

    /// The claims of a valid token given as bytes.
    public func verify(_ text: [UInt8], nowSeconds: Int64) throws(TokenProblem) -> TokenClaims {
        let result = text.withUnsafeBytes { text in
            SignedToken.withWorkspace { check(text, nowSeconds, $0) }
        }
        return try result.get()
    }

    /// The claims of a valid token given as a text.
    public func verify(_ text: some StringProtocol, nowSeconds: Int64) throws(TokenProblem) -> TokenClaims {
        let result = text.utf8.withContiguousStorageIfAvailable { text in
            SignedToken.withWorkspace { check(UnsafeRawBufferPointer(text), nowSeconds, $0) }
        }
        guard let result else { return try verify(Array(text.utf8), nowSeconds: nowSeconds) }
        return try result.get()
    }

    private func check(
        _ text: UnsafeRawBufferPointer,
        _ nowSeconds: Int64,
        _ workspace: SignedToken.Workspace
    ) -> Result<TokenClaims, TokenProblem> {
        let prefix = UnsafeBufferPointer(
            start: SignedToken.prefix.utf8Start,
            count: SignedToken.prefix.utf8CodeUnitCount
        )
        guard text.count == SignedToken.characterCount, text.starts(with: prefix) else {
            return .failure(.malformed)
        }
        let encoded = UnsafeRawBufferPointer(rebasing: text[prefix.count...])
        guard Base64URL.decode(encoded, into: workspace.encoded) else { return .failure(.malformed) }
        let payload = UnsafeRawBufferPointer(workspace.payload)
        guard let key = key(id: TokenPayload.keyID(in: payload)) else { return .failure(.unknownKey) }
        let authenticated = UnsafeRawBufferPointer(workspace.authenticated)
        guard key.hmac.isValid(tag: UnsafeRawBufferPointer(workspace.tag), for: authenticated) else {
            return .failure(.badSignature)
        }
        guard let claims = TokenPayload(payload)?.claims else { return .failure(.malformed) }
        guard claims.expiresAt == 0 || nowSeconds < Int64(claims.expiresAt) else { return .failure(.expired) }
        return .success(claims)
    }
}
