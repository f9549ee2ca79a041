// The audit: which transactions leave a row, and what stands in it.

/// The rules of the audit.
public enum AuditRules {
    /// The operation of a row about reading.
    public static let reading = "messages.read"
    /// The longest reason that is taken, in characters.
    public static let maximumReasonCharacters = 400
    /// The longest target that is stored, in bytes of UTF-8.
    public static let maximumTargetBytes = 512
    /// Subjects of one change that are named; those beyond are counted.
    public static let maximumSubjects = 20

    /// The subjects of one transaction, gathered while it runs.
    public struct Subjects: Sendable {
        private var names: [String] = []
        private var others = 0
        /// How many messages were read, and where; nil where none were.
        public private(set) var reading: (count: Int, place: String)?

        /// None.
        public init() {}

        /// Adds one, unless it is there.
        public mutating func add(_ name: String) {
            guard !name.isEmpty, !names.contains(name) else { return }
            if names.count < maximumSubjects { names.append(name) } else { others += 1 }
        }

        /// Notes what was read.
        public mutating func addReading(of count: Int, in place: String) { reading = (count, place) }

        /// The names with commas between them, and how many more there are; nil for none.
        var text: String? {
            guard !names.isEmpty else { return nil }
            return names.joined(separator: ",") + (others > 0 ? ",+\(others)" : "")
        }
    }

    /// The row that a transaction leaves; nil for one without somebody's authority.
    ///
    /// - Parameter id: the key of the row.
    public static func row(_ id: Int64, of origin: Origin, _ subjects: Subjects) -> AuditRecord? {
        guard let actor = origin.actor, let time = origin.time else { return nil }
        return AuditRecord(
            id: id,
            time: time,
            actor: actor,
            address: origin.address ?? "",
            requestID: origin.requestID ?? "",
            route: origin.isReading ? reading : origin.route,
            target: cut(subjects.reading?.place ?? subjects.text ?? origin.target ?? ""),
            outcome: origin.isRefused ? .refused : .ok,
            reason: origin.reason,
            count: subjects.reading?.count
        )
    }

    /// A text as a target: on one line, and not longer than is stored.
    private static func cut(_ text: String) -> String {
        guard
            text.utf8.count > maximumTargetBytes
                || text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { return text }
        var kept = ""
        for scalar in text.unicodeScalars {
            let next = scalar.properties.generalCategory == .control ? " " : Character(scalar)
            guard kept.utf8.count + next.utf8.count <= maximumTargetBytes else { break }
            kept.append(next)
        }
        return kept
    }
}

extension EventDetails {
    /// The names of what an event is about, for the audit.
    public var subjects: [String] {
        members.compactMap { member in
            switch member.value {
            case .message(let message): message.id.text
            case .text(let text) where Self.naming.contains(member.name): text
            default: nil
            }
        }
    }

    private static let naming: Set<String> = [
        "user", "group", "contact", "blocked", "file", "endpoint", "message",
    ]
}
