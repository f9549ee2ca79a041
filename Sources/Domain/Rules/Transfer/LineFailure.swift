// Why a line of an import was refused, in words.

extension Failure {
    /// Whether it is about the line, and not about the server.
    public var isOfLine: Bool {
        switch self {
        case .storage, .overloaded, .underMaintenance, .deadlineExceeded, .throttled: false
        default: true
        }
    }

    /// The reason of a refused line, as a sentence without its full stop.
    public var lineReason: String {
        switch self {
        case .invalid(let field, let reason): "\(field.isEmpty ? "the line" : field) \(reason.explanation)"
        case .conflict(let kind, let id): "the \(kind.rawValue) [\(id)] exists already"
        case .notFound(let kind, let id): "the \(kind.rawValue) [\(id)] does not exist"
        case .limitReached(let limit, let maximum): "the limit of \(limit.rawValue) is reached: \(maximum)"
        case .tooMany(let field, let maximum): "\(field) must have at most \(maximum) elements"
        case .bodyTooLarge(let maximum): "the message has more than \(maximum) bytes"
        case .group(let problem): Self.reason(problem)
        case .malformedBody(let sentence): sentence
        default: "the line is refused"
        }
    }

    private static func reason(_ problem: GroupProblem) -> String {
        switch problem {
        case .notMembers(let names, let group):
            "username names [\(names.joined(separator: ", "))], not a member of \(group.text)"
        case .full(let group): "group names [\(group.text)], which is full"
        case .tooManyGroups: "the application has as many groups as it may"
        default: "the state of the group does not allow it"
        }
    }
}
