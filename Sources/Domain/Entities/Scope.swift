// Scopes: the rights of an application's client, in the words of OAuth 2.0.

/// One right of a client: a route declares the one that it needs.
public enum Scope: String, CaseIterable, Sendable {
    /// See users, their contacts, blocks, metadata and presence.
    case usersRead = "users:read"
    /// Register, change, mute and remove users, and what belongs to one.
    case usersWrite = "users:write"
    /// See groups and rooms.
    case groupsRead = "groups:read"
    /// Make, change and dismiss groups and rooms.
    case groupsWrite = "groups:write"
    /// Read messages.
    case messagesRead = "messages:read"
    /// Send messages.
    case messagesSend = "messages:send"
    /// Import, change, recall and remove messages.
    case messagesWrite = "messages:write"
    /// Download files.
    case filesRead = "files:read"
    /// Upload, share and remove files.
    case filesWrite = "files:write"
    /// Manage the endpoints of webhooks.
    case webhooks
    /// Manage clients with at most the same scopes.
    case clients
    /// Read the audit.
    case audit
    /// Read and change the application's settings.
    case settings

    /// The bit of the scope, by its place in the list above: a new scope is added at the end, since tokens carry these bits.
    fileprivate var bit: UInt16 {
        switch self {
        case .usersRead: 1 << 0
        case .usersWrite: 1 << 1
        case .groupsRead: 1 << 2
        case .groupsWrite: 1 << 3
        case .messagesRead: 1 << 4
        case .messagesSend: 1 << 5
        case .messagesWrite: 1 << 6
        case .filesRead: 1 << 7
        case .filesWrite: 1 << 8
        case .webhooks: 1 << 9
        case .clients: 1 << 10
        case .audit: 1 << 11
        case .settings: 1 << 12
        }
    }
}

/// A set of scopes, as clients have and tokens carry it.
public struct Scopes: OptionSet, Hashable, Sendable {
    /// One bit for each scope.
    public let rawValue: UInt16

    /// The scopes of these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// One scope.
    public init(_ scope: Scope) { rawValue = scope.bit }

    /// Every scope, those of later versions included: `*`.
    public static let all = Scopes(rawValue: .max)

    /// The word for every scope.
    public static let allWord = "*"

    /// Whether a scope is among them.
    public func allows(_ scope: Scope) -> Bool { rawValue & scope.bit != 0 }

    /// The words, in the order of ``Scope``; `*` alone for all of them.
    public var words: [String] {
        self == .all ? [Self.allWord] : Scope.allCases.filter(allows).map(\.rawValue)
    }

    /// The words with one space between two (RFC 6749, 3.3).
    public var text: String { words.joined(separator: " ") }

    /// The scopes of these words.
    ///
    /// Nil where one of them isn't known.
    public init?(words: some Sequence<some StringProtocol>) {
        var scopes: Scopes = []
        for word in words {
            if word == Self.allWord {
                scopes = .all
            } else if let scope = Scope(rawValue: String(word)) {
                scopes.insert(Scopes(scope))
            } else {
                return nil
            }
        }
        self = scopes
    }
}

extension Scopes {
    /// The set of these scopes.
    public init(_ scopes: [Scope]) { self = scopes.reduce(into: []) { $0.insert(Scopes($1)) } }
}
