// Rates: how many calls an application or one of its clients may make, by group.

/// The groups of calls that rates are set for.
public enum RateGroup: String, CaseIterable, Sendable {
    /// Calls about users.
    case users
    /// Calls about groups and rooms.
    case groups
    /// Calls about messages.
    case messages
    /// Calls about files.
    case files
    /// Requests for tokens.
    case token
}

/// A rate: so many calls a second, and so many at once after a rest.
public struct Rate: Hashable, Sendable {
    /// Calls a second.
    public let requests: Int
    /// Calls at once.
    public let burst: Int

    /// What either number may be.
    public static let range = 1...1_000_000_000

    /// Memberwise; unchecked.
    public init(requests: Int, burst: Int) {
        self.requests = requests
        self.burst = burst
    }
}

/// The rates by group; a group without one is unlimited.
public struct Rates: Hashable, Sendable {
    private var values: [RateGroup: Rate] = [:]

    /// None.
    public init() {}

    /// Whether no group has one.
    public var isEmpty: Bool { values.isEmpty }

    /// The rate of a group; nil for unlimited.
    public subscript(_ group: RateGroup) -> Rate? {
        get { values[group] }
        set { values[group] = newValue }
    }

    /// The rates as text, `messages:2/5,users:10/20`, in the order of the groups; empty for none.
    public var text: String {
        RateGroup.allCases.compactMap { group in
            values[group].map { "\(group.rawValue):\($0.requests)/\($0.burst)" }
        }.joined(separator: ",")
    }

    /// The rates of such a text; what isn't one is left out.
    public init(text: String) {
        for part in text.split(separator: ",") {
            let words = part.split { $0 == ":" || $0 == "/" }
            guard words.count == 3, let group = RateGroup(rawValue: String(words[0])),
                let requests = Int(words[1]), let burst = Int(words[2])
            else { continue }
            values[group] = Rate(requests: requests, burst: burst)
        }
    }
}

/// A change of rates: what isn't named stays, and `nil` lifts a rate.
public struct RatesChange: Sendable {
    /// By group.
    public var rates: [RateGroup: Rate?]

    /// Memberwise.
    public init(_ rates: [RateGroup: Rate?] = [:]) { self.rates = rates }

    /// Makes it.
    public func apply(to old: inout Rates) {
        for (group, rate) in rates { old[group] = rate }
    }
}
