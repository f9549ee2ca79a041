// The domain's wishes of cryptography, fulfilled.

import Crypto
import Domain

/// Tokens, identifiers and credentials.
struct ServerSecrets: Secrets {
    let keys: SigningKeys

    func token(for grant: Grant) -> String {
        let expires = grant.expires.map { UInt32(clamping: $0.seconds) } ?? 0
        let issued = UInt32(clamping: grant.issued.seconds)
        // The highest bit is no scope's: with it a token of no scopes isn't one that is held to none.
        let scope = grant.scopes.map { $0.rawValue | 1 << 15 } ?? 0
        let claims =
            switch grant.subject {
            case .credential(let application, let credential):
                TokenClaims(
                    kind: .applicationCredential,
                    scope: scope,
                    issuedAt: issued,
                    expiresAt: expires,
                    tenant: application.rawValue,
                    subject: credential.rawValue,
                    generation: 0
                )
            case .user(let application, let user, let generation):
                TokenClaims(
                    kind: .user,
                    scope: scope,
                    issuedAt: issued,
                    expiresAt: expires,
                    tenant: application.rawValue,
                    subject: user.rawValue,
                    generation: UInt32(clamping: generation)
                )
            case .administrator(let organization, let administrator, let generation):
                TokenClaims(
                    kind: .organisationAdministrator,
                    scope: scope,
                    issuedAt: issued,
                    expiresAt: expires,
                    tenant: organization.rawValue,
                    subject: administrator.rawValue,
                    generation: UInt32(clamping: generation)
                )
            }
        return keys.current.issue(claims)
    }

    func token(for session: SessionGrant) -> String { SessionToken.issue(session, with: keys.current) }

    func session(ofToken token: String) -> OpenSession? {
        try? SessionToken.verify(Array(token.utf8), with: keys.current).session
    }

    func uuid(at now: Timestamp) -> UUID {
        UUID(at: now, random: (RandomSource.system.integer(), RandomSource.system.integer()))
    }

    func credential() -> NewCredential {
        let secret = "YXA6" + Random.identifier(byteCount: 32)
        return NewCredential(
            clientID: "YXA6" + Random.identifier(byteCount: 16),
            secret: secret,
            secretHash: Self.hash(secret)
        )
    }

    func firstCredential(of application: UUID) -> NewCredential {
        let clientID = "YXA6" + Random.identifier(byteCount: 16)
        let key = keys.current.current
        let secret = Self.secret(of: clientID, of: application, by: key)
        return NewCredential(
            clientID: clientID,
            secret: secret,
            secretHash: Self.hash(secret),
            derivation: Int(key.id)
        )
    }

    func secret(of credential: Credential, of application: UUID) -> String? {
        guard let generation = credential.derivation.flatMap(UInt32.init(exactly:)),
            let key = keys.current.key(id: generation)
        else { return nil }
        let secret = Self.secret(of: credential.clientID, of: application, by: key)
        // Another folder's keys, put here by hand, would derive another secret.
        return secretMatches(secret, hash: credential.secretHash) ? secret : nil
    }

    private static func secret(of clientID: String, of application: UUID, by key: SigningKey) -> String {
        let text = "parley client secret v1\0\(application.text)\0\(clientID)"
        return "YXA6" + Base64URL.encode(key.hmac.authenticate(text).bytes)
    }

    func secretHash(of secret: String) -> [UInt8] { Self.hash(secret) }

    func secretMatches(_ secret: String, hash: [UInt8]) -> Bool {
        constantTimeEquals(Self.hash(secret), hash)
    }

    func shareSecret() -> String { Random.identifier(byteCount: 16) }

    func isEqual(_ secret: String, _ expected: String) -> Bool {
        constantTimeEquals(Self.hash(secret), Self.hash(expected))
    }

    /// Made with the oldest key, which lasts longest, so that nobody else can make it.
    ///
    /// Its time lies between the making of the application and now, as a user's would. The stretch that it is taken from
    /// grows by the factor eight, so it changes seldom; that it may change says nothing, since it changes with the
    /// registration of the name too.
    func pseudonym(of name: String, in application: Application, at now: Timestamp) -> UUID {
        let keys = keys.current
        let oldest = (keys.previous + [keys.current]).min { $0.id < $1.id } ?? keys.current
        let text = "parley pseudonym v2\0\(application.uuid.text)\0\(name)"
        let bytes = Array(oldest.hmac.authenticate(text).bytes)
        let age = UInt64(max(now.milliseconds - application.created.milliseconds, 1))
        let stretch = UInt64(1) << UInt64((63 - age.leadingZeroBitCount) / 3 * 3)
        let offset = Int64(number(bytes[0..<8]) % stretch)
        return UUID(
            at: Timestamp(milliseconds: application.created.milliseconds + offset),
            random: (number(bytes[8..<16]), number(bytes[16..<24]))
        )
    }

    func signature(of text: String) -> String {
        let key = keys.current.current
        return "\(key.id).\(Base64URL.encode(key.hmac.authenticate(Self.signatureLabel + text).bytes))"
    }

    func isSignature(_ signature: String, of text: String) -> Bool {
        let parts = signature.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let id = UInt32(parts[0]), let key = keys.current.key(id: id),
            let tag = Base64URL.decode(String(parts[1]))
        else { return false }
        return constantTimeEquals(key.hmac.authenticate(Self.signatureLabel + text).bytes, tag)
    }

    /// Combines the bytes with a stream that the oldest key makes of the label, block by block: a counter mode of HMAC-SHA-256.
    ///
    /// A label is used for one text in its life, which is what such a stream needs.
    func veiled(_ bytes: [UInt8], under label: String) -> [UInt8] {
        let keys = keys.current
        let oldest = (keys.previous + [keys.current]).min { $0.id < $1.id } ?? keys.current
        var veiled = bytes
        var block: [UInt8] = []
        for place in veiled.indices {
            if place % 32 == 0 {
                block = oldest.hmac.authenticate("parley veil v1\0\(place / 32)\0\(label)").bytes
            }
            veiled[place] ^= block[place % 32]
        }
        return veiled
    }

    /// Keeps signatures of links apart from those of tokens, which the same keys make.
    private static let signatureLabel = "parley link v1\0"

    private func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    private static func hash(_ secret: String) -> [UInt8] { SHA256.hash(secret).bytes }
}

/// Passwords, on the thread that owns the hasher.
struct ServerPasswordHashing: PasswordHashing {
    let hasher: PasswordHasher
    let cost: PasswordCost

    func hash(_ password: String) throws(Failure) -> String {
        do throws(PasswordProblem) {
            return try hasher.hash(password, cost: cost)
        } catch {
            throw Self.failure(error)
        }
    }

    func check(_ password: String, against hash: String?) throws(Failure) -> PasswordCheck {
        do throws(PasswordProblem) {
            guard let hash else {
                _ = try hasher.verify(password, against: PasswordHash.dummy(cost))
                return .wrong
            }
            guard try hasher.verify(password, against: hash) else { return .wrong }
            return PasswordHash.needsRehash(hash, cost: cost) ? .rightButOutdated : .right
        } catch {
            throw Self.failure(error)
        }
    }

    private static func failure(_ problem: PasswordProblem) -> Failure {
        switch problem {
        case .empty: .invalid(field: "password", .empty)
        case .containsNUL: .invalid(field: "password", .illegal(value: "a text with NUL"))
        case .tooLong:
            .invalid(field: "password", .tooLong(maximum: PasswordHash.maximumBytes, unit: "bytes"))
        case .unusableHash, .hashingFailed: Log.failure("password hash", "\(problem)")
        }
    }
}
