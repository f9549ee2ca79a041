// Clients of an application: nobody gives away a right that isn't its own.

/// The rules of clients.
public enum ClientRules {
    /// Clients that an application may have.
    public static let maximumClients = 100
    /// Characters of a client's name.
    public static let maximumNameCharacters = 64
    /// The name of the client that an application is made with.
    public static let standardName = "default"
    /// Seconds for which the secret before a new one is good, unless the request says otherwise: a day.
    public static let standardOverlapSeconds = 86_400
    /// The most seconds of such an overlap: 30 days.
    public static let maximumOverlapSeconds = 30 * 86_400

    /// The rights of whoever manages clients.
    public struct Authority: Sendable {
        /// The scopes that it may hand on.
        public let scopes: Scopes
        /// The client that asks; nil for an administrator or the operator.
        public let client: CredentialID?

        /// Memberwise.
        public init(scopes: Scopes, client: CredentialID?) {
            self.scopes = scopes
            self.client = client
        }
    }

    /// A change of a client: what is nil stays.
    public struct Draft: Sendable {
        /// The name.
        public var name: String?
        /// The scopes.
        public var scopes: Scopes?
        /// The end; `.some(nil)` for none.
        public var expires: Timestamp??
        /// Rates to be set or lifted.
        public var rates = RatesChange()

        /// Nothing is changed.
        public init() {}
    }

    /// Makes a client.
    ///
    /// - Throws: `.invalid("name", …)`, `("scopes", …)`, `("expires_at", …)`; `.forbidden(.lacksScope)` for a scope that
    ///   isn't the caller's; `.limitReached(.clients, …)`.
    public static func create(
        _ draft: Draft,
        credential: NewCredential,
        by authority: Authority,
        of name: ApplicationName,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> Credential {
        let application = try DirectoryRules.find(name, in: store)
        let asking = try current(authority, in: application, at: now)
        guard application.credentials.count < maximumClients else {
            throw .limitReached(.clients, maximum: maximumClients)
        }
        var facts = ClientFacts(name: "", scopes: [], expires: asking.expires)
        try change(&facts, by: draft, asking, at: now)
        return try store.insertCredential(credential, as: facts, of: application.id, at: now)
    }

    /// Changes a client's name, scopes or end.
    ///
    /// - Throws: as `create`; `.notFound(.client, …)`.
    public static func update(
        _ clientID: String,
        _ draft: Draft,
        by authority: Authority,
        of name: ApplicationName,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> Credential {
        let (client, asking) = try changeable(clientID, by: authority, of: name, at: now, in: store)
        var facts = ClientFacts(
            name: client.name,
            scopes: client.scopes,
            expires: client.expires,
            rates: client.rates
        )
        try change(&facts, by: draft, asking, at: now)
        return try store.replace(client, with: facts)
    }

    /// Gives a client a new secret; the one before is good for the overlap.
    ///
    /// - Throws: `.notFound(.client, …)`, `.forbidden(.lacksScope)` for a client that may do more than the caller.
    public static func rotate(
        _ clientID: String,
        to secret: NewCredential,
        overlapSeconds: Int,
        by authority: Authority,
        of name: ApplicationName,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> Credential {
        let (client, _) = try changeable(clientID, by: authority, of: name, at: now, in: store)
        let former = Credential.FormerSecret(
            hash: client.secretHash,
            expires: now.adding(seconds: Int64(overlapSeconds))
        )
        let changed = Credential(
            id: client.id,
            clientID: client.clientID,
            name: client.name,
            scopes: client.scopes,
            secretHash: secret.secretHash,
            formerSecret: overlapSeconds > 0 ? former : nil,
            created: client.created,
            expires: client.expires,
            lastUsed: client.lastUsed,
            rates: client.rates
        )
        try store.updateCredential(changed)
        return changed
    }

    /// Ends a client with all its tokens.
    ///
    /// - Throws: as `rotate`.
    public static func delete(
        _ clientID: String,
        by authority: Authority,
        of name: ApplicationName,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> Credential {
        let (client, _) = try changeable(clientID, by: authority, of: name, at: now, in: store)
        let application = try DirectoryRules.find(name, in: store)
        try DirectoryRules.revokeCredential(clientID, of: application, in: store)
        return client
    }

    /// The client of this id.
    ///
    /// - Throws: `.notFound(.client, …)`.
    public static func find(_ clientID: String, of application: Application) throws(Failure) -> Credential {
        guard let client = application.credentials.first(where: { $0.clientID == clientID }) else {
            throw .notFound(.client, id: clientID)
        }
        return client
    }

    // MARK: Parts

    /// What the caller may hand on, as of this transaction: its own client may have lost scopes since it was let in.
    private struct Asking {
        let scopes: Scopes
        /// The end of the calling client, beyond which it makes nothing.
        let expires: Timestamp?
    }

    private static func current(
        _ authority: Authority,
        in application: Application,
        at now: Timestamp
    ) throws(Failure) -> Asking {
        guard let id = authority.client else { return Asking(scopes: authority.scopes, expires: nil) }
        guard let own = application.credentials.first(where: { $0.id == id }), own.isLive(at: now) else {
            throw .unauthenticated(.revoked)
        }
        let scopes = authority.scopes.intersection(own.scopes)
        guard scopes.allows(.clients) else { throw .forbidden(.lacksScope(Scopes(.clients))) }
        return Asking(scopes: scopes, expires: own.expires)
    }

    /// The client, where the caller may do all that it may.
    private static func changeable(
        _ clientID: String,
        by authority: Authority,
        of name: ApplicationName,
        at now: Timestamp,
        in store: any AdministrationWriter
    ) throws(Failure) -> (Credential, Asking) {
        let application = try DirectoryRules.find(name, in: store)
        let asking = try current(authority, in: application, at: now)
        let client = try find(clientID, of: application)
        try require(client.scopes, of: asking)
        return (client, asking)
    }

    private static func require(_ scopes: Scopes, of asking: Asking) throws(Failure) {
        guard !asking.scopes.isSuperset(of: scopes) else { return }
        throw .forbidden(.lacksScope(scopes == .all ? .all : scopes.subtracting(asking.scopes)))
    }

    private static func change(
        _ facts: inout ClientFacts,
        by draft: Draft,
        _ asking: Asking,
        at now: Timestamp
    ) throws(Failure) {
        if let name = draft.name {
            // It stands in lists that people read line by line.
            guard !name.isEmpty else { throw .invalid(field: "name", .empty) }
            guard name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
                throw .invalid(field: "name", .malformed("a control character isn't legal"))
            }
            facts.name = name
        }
        if let scopes = draft.scopes {
            guard !scopes.isEmpty else { throw .invalid(field: "scopes", .empty) }
            try require(scopes, of: asking)
            facts.scopes = scopes
        }
        if let expires = draft.expires {
            if let expires, expires <= now {
                throw .invalid(field: "expires_at", .refused("must be in the future"))
            }
            if let end = asking.expires, expires.map({ $0 > end }) ?? true {
                throw .invalid(
                    field: "expires_at",
                    .refused("must not be behind the end of the calling client")
                )
            }
            facts.expires = expires
        }
        draft.rates.apply(to: &facts.rates)
    }
}

extension DirectoryWriter {
    /// Replaces the facts of a client that its owner chooses.
    fileprivate func replace(_ client: Credential, with facts: ClientFacts) throws(Failure) -> Credential {
        let changed = Credential(
            id: client.id,
            clientID: client.clientID,
            name: facts.name,
            scopes: facts.scopes,
            secretHash: client.secretHash,
            formerSecret: client.formerSecret,
            created: client.created,
            expires: facts.expires,
            lastUsed: client.lastUsed,
            derivation: client.derivation,
            rates: facts.rates
        )
        try updateCredential(changed)
        return changed
    }
}
