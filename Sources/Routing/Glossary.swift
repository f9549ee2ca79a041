// The meaning of each name that a dialect uses, and the topics that its routes are filed under.

/// The meanings of the names of members and parameters in one dialect.
///
/// A dialect uses a name for one thing throughout, so its meaning stands here once; units, bounds and defaults stand with the
/// values. A member whose name says too little, or another thing, has a meaning of its own where it is declared.
public struct Glossary: Sendable {
    /// The meaning by name, a sentence each.
    public let meanings: [String: String]

    /// Takes several lists.
    ///
    /// A name with two meanings is a programmer's error.
    public init(_ lists: [String: String]...) {
        var meanings: [String: String] = [:]
        for (name, meaning) in lists.joined() {
            precondition(meanings.updateValue(meaning, forKey: name) == nil, "\(name) has two meanings.")
        }
        self.meanings = meanings
    }

    /// The meaning of a name; nil for one that isn't listed.
    ///
    /// - Parameter owner: the schema whose member it is; a name listed as `Owner.name` has that meaning there only.
    public subscript(_ name: String, in owner: String? = nil) -> String? {
        owner.flatMap { meanings["\($0).\(name)"] } ?? meanings[name]
    }
}

/// The subject of some of a dialect's routes: a tag of the API document.
public struct Topic: Sendable {
    /// The tag.
    public let name: String
    /// The purpose of its routes, in a sentence or more; Markdown.
    public let summary: String
    /// The literal segments of a path that the routes of the topic have; a route is of the first topic that it has one of.
    public let segments: Set<String>
    /// Whether the dialect's frames are listed with it.
    public var hasFrames = false

    /// Memberwise.
    public init(_ name: String, _ segments: Set<String>, _ summary: String) {
        self.name = name
        self.segments = segments
        self.summary = summary
    }

    /// The same with the dialect's frames.
    public func listingFrames() -> Topic {
        var topic = self
        topic.hasFrames = true
        return topic
    }

    /// The topic of all other routes.
    public init(_ name: String, _ summary: String) { self.init(name, [], summary) }

    /// Whether a path belongs to it.
    func covers(_ pattern: PathPattern) -> Bool {
        segments.isEmpty
            || pattern.segments.contains { segment in
                if case .literal(let text) = segment { segments.contains(text) } else { false }
            }
    }
}

extension Route {
    /// The topic of its dialect that it is filed under; nil where none covers its path.
    public var topic: Topic? { dialect?.topics.first { $0.covers(pattern) } }
}
