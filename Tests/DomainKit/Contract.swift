// The repository contract: promises that every implementation of the domain's stores has to keep, as data.

public import Domain

/// One promise of the repositories, and how to try it on an empty store.
public struct ContractCase: Sendable, CustomStringConvertible {
    /// The promise, one sentence.
    public let promise: String
    /// Tries it; throws a `ContractViolation` where it isn't kept.
    public let check: @Sendable (any Store) throws -> Void

    /// The promise, so that a test's report names it.
    public var description: String { promise }
}

/// The contract of all repositories.
public enum Contract {
    /// Every promise.
    public static let all =
        users + emails + sessions + contacts + blocks + mutes + metadata + groups + groupMembers
        + groupModeration + groupMutes + groupMetadata
        + groupModel + ownViews + messages + messageChanges + delivery + deliveryModel + retention + names
        + receipts + live + times
        + history + searchModel + files + proposals + proposalRules + presence + presenceRules + roles
        + authority
        + notices + webhooks + webhookRules + clients + audit + replies
        + directory + tenancy + transactions

    /// The moment at which the cases begin.
    static let start = Timestamp(milliseconds: 1_700_000_000_000)

    /// The application's backend, which may do everything.
    static let backend = Caller.application(CredentialID(rawValue: 1))

    /// A moment so many seconds later.
    static func later(_ seconds: Int64) -> Timestamp { start.adding(seconds: seconds) }
}

/// A promise that wasn't kept.
public struct ContractViolation: Error, CustomStringConvertible {
    /// The finding, and its place.
    public let description: String
}

/// Holds two values to be equal.
func expect<Value: Equatable>(
    _ found: Value,
    is expected: Value,
    _ file: String = #fileID,
    _ line: Int = #line
) throws {
    guard found == expected else {
        throw ContractViolation(description: "\(file):\(line): found \(found), expected \(expected)")
    }
}

/// Holds a condition.
func expect(_ condition: Bool, _ what: String, _ file: String = #fileID, _ line: Int = #line) throws {
    guard condition else { throw ContractViolation(description: "\(file):\(line): not \(what)") }
}

/// The value, which has to be there.
func require<Value>(_ value: Value?, _ file: String = #fileID, _ line: Int = #line) throws -> Value {
    guard let value else { throw ContractViolation(description: "\(file):\(line): found nil") }
    return value
}

/// Holds `body` to fail in exactly this way.
func expect<Value>(
    _ expected: Failure,
    _ file: String = #fileID,
    _ line: Int = #line,
    from body: () throws -> Value
) throws {
    do {
        let value = try body()
        throw ContractViolation(description: "\(file):\(line): found \(value), expected \(expected)")
    } catch let failure as Failure {
        try expect(failure, is: expected, file, line)
    }
}

extension UserReference: ExpressibleByStringLiteral {
    /// A user by name.
    public init(stringLiteral name: String) { self = .name(name) }
}

extension Store {
    /// Makes an organisation and in it an application.
    public func makeApplication(_ name: String = "app", of organization: String = "org") throws -> Application
    {
        try administer(writing: { (writer) throws(Failure) in
            let tenant: Organization
            if let found = try writer.organization(named: organization) {
                tenant = found
            } else {
                tenant = try writer.insertOrganization(named: organization, at: Contract.start)
            }
            return try writer.insertApplication(
                named: name,
                of: tenant,
                uuid: .sample("\(organization)/\(name)"),
                settings: ApplicationSettings(),
                at: Contract.start
            )
        })
    }

    /// Registers a user.
    @discardableResult
    public func register(
        _ name: String,
        in application: ApplicationID,
        nickname: String? = nil,
        at now: Timestamp? = nil
    ) throws -> User {
        let username = try require(Username(name))
        let new = NewUser(
            username: username,
            passwordHash: "hash of \(name)",
            nickname: nickname,
            uuid: .sample("\(application.rawValue)/\(username.key)")
        )
        return try write(application) { (writer) throws(Failure) in
            try writer.insert(new, at: now ?? Contract.start)
        }
    }

    /// Registers several users.
    public func register(_ names: [String], in application: ApplicationID) throws -> [User] {
        try names.map { try register($0, in: application) }
    }
}

extension UUID {
    /// An identifier made of a text, the same each time, another one for another text.
    public static func sample(_ text: String) -> UUID {
        let halves = [0xCBF2_9CE4_8422_2325 as UInt64, 0x9E37_79B9_7F4A_7C15].map { seed in
            text.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }
        return UUID(high: halves[0], low: halves[1])
    }
}
