// The numbers of the wire and what they stand for in the domain.

import Domain
import Protobuf
import Routing

extension UInt64 {
    /// A user's number.
    init(_ id: UserID) { self = UInt64(bitPattern: id.rawValue) }
    /// A session's number.
    init(_ id: GroupID) { self = UInt64(bitPattern: id.rawValue) }
    /// The number of a session between two.
    init(_ id: ConversationID) { self = UInt64(bitPattern: id.rawValue) }
    /// A message's number.
    init(_ id: MessageID) { self = UInt64(bitPattern: id.rawValue) }
    /// A role's number.
    init(_ id: GroupRoleID) { self = UInt64(bitPattern: id.rawValue) }
}

extension UserID {
    /// The user of a number, if there is one.
    init(_ number: UInt64) { self.init(rawValue: Int64(bitPattern: number)) }
}

extension ProtobufTimestamp {
    /// A moment.
    init(_ moment: Timestamp) {
        let seconds = moment.seconds
        self.init(seconds: seconds, nanoseconds: Int32((moment.milliseconds - seconds * 1000) * 1_000_000))
    }
}

extension ProtobufTimestamp {
    /// When something was told, in such a way that nothing else has the same.
    init(_ time: ExactTime) {
        let (seconds, nanoseconds) = time.parts
        self.init(seconds: seconds, nanoseconds: nanoseconds)
    }
}

/// Finds what requests name by number.
enum Wire {
    /// - Throws: `.notFound(.user, …)`.
    static func user(_ id: UInt64, in store: any Reader) throws(Failure) -> User {
        guard let user = try store.user(UserID(rawValue: Int64(bitPattern: id))) else {
            throw .notFound(.user, id: String(id))
        }
        return user
    }

    /// - Throws: `.notFound(.group, …)`, for a room too.
    static func group(_ id: UInt64, in store: any Reader) throws(Failure) -> Group {
        guard let group = try store.group(GroupID(rawValue: Int64(bitPattern: id))), group.kind == .group
        else {
            throw .notFound(.group, id: String(id))
        }
        return group
    }

    /// A session: a group, or what the user has with one other.
    ///
    /// - Throws: `.notFound(.group, …)`, for a room and for a session of two others too.
    static func session(_ id: UInt64, for user: User, in store: any Reader) throws(Failure) -> FoundSession {
        let found = try FoundSession(SessionID(number: Int64(bitPattern: id)), for: user, in: store)
        if case .group(let group) = found, group.kind != .group { throw .notFound(.group, id: String(id)) }
        return found
    }

    /// A text within a length in characters, without NUL.
    ///
    /// - Throws: `.invalid`.
    static func text(_ text: String, _ field: String, _ length: ClosedRange<Int>) throws(Failure) -> String {
        do throws(FieldProblem) {
            return try Value<String>.text(length).value(of: text)
        } catch {
            throw .invalid(field: field, error.reason)
        }
    }

    /// A text within a length in bytes, without NUL: this interface counts bytes.
    ///
    /// - Throws: `.invalid`.
    static func text(_ text: String, _ field: String, bytes: Int) throws(Failure) -> String {
        guard text.utf8.count <= bytes else {
            throw .invalid(field: field, .tooLong(maximum: bytes, unit: "bytes"))
        }
        return try Self.text(text, field, 0...bytes)
    }

    /// A list of at most so many.
    ///
    /// - Throws: `.tooMany`.
    static func list<Element>(_ list: [Element], _ field: String, maximum: Int) throws(Failure) -> [Element] {
        guard list.count <= maximum else { throw .tooMany(field: field, maximum: maximum) }
        return list
    }
}
