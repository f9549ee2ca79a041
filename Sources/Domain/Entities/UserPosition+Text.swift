// The text of a position among the users that a query finds: as with a cursor, any text that this program wouldn't write is refused.

extension UserPosition {
    private static let version: UInt8 = 1

    /// The opaque text that clients send back.
    func text(in query: UserQuery, of application: ApplicationID) -> String {
        var bytes = Self.head(of: query, application)
        bytes.append(bigEndian: UInt64(bitPattern: id.rawValue))
        switch value {
        case .number(let number): bytes.append(bigEndian: UInt64(bitPattern: number))
        case .text(let text): bytes += Array(text.utf8)
        }
        bytes.append(bigEndian: Cursor.checkSum(bytes))
        return String(decoding: Sextets.encode(bytes), as: UTF8.self)
    }

    /// Reads a position and holds it to the application and to the order of the query.
    ///
    /// - Returns: nil for a text that isn't a position in this order.
    init?(_ text: String, in query: UserQuery, of application: ApplicationID) {
        let head = Self.head(of: query, application)
        guard let bytes = Sextets.decode(text.utf8), bytes.count >= head.count + 12,
            bytes.starts(with: head),
            UInt32(truncatingIfNeeded: bytes.bigEndian(bytes.count - 4..<bytes.count))
                == Cursor.checkSum(bytes.dropLast(4))
        else { return nil }
        let id = UserID(rawValue: Int64(bitPattern: bytes.bigEndian(head.count..<head.count + 8)))
        let rest = bytes[(head.count + 8)...].dropLast(4)
        switch query.field {
        case .created, .modified, .activated:
            guard rest.count == 8 else { return nil }
            let number = Int64(bitPattern: bytes.bigEndian(rest.startIndex..<rest.endIndex))
            self.init(value: .number(number), id: id)
        case .username, .nickname, .uuid:
            guard let text = String(validating: rest, as: UTF8.self) else { return nil }
            self.init(value: .text(text), id: id)
        }
    }

    private static func head(of query: UserQuery, _ application: ApplicationID) -> [UInt8] {
        var bytes: [UInt8] = [
            version, PagedCollection.foundUsers.rawValue, query.field.rawValue, query.isDescending ? 1 : 0,
        ]
        bytes.append(bigEndian: UInt64(bitPattern: application.rawValue))
        return bytes
    }
}
