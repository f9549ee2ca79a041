// The page of a list that a request asks for, with the bounds that the API document shows.

import Domain
import JSON
import Routing

/// How many rows the pages of a kind of list have.
protocol PageRows: Sendable {
    /// Rows where the request doesn't say; nil where the whole list comes then, for clients that know of no pages.
    static var standard: Int? { get }
    /// The most rows of a page; whoever asks for more gets so many.
    static var maximum: Int { get }
}

/// `?limit&cursor`, as every paged list of this dialect takes them.
struct PageInput<Rows: PageRows>: Input {
    static var bodyKind: BodyKind { .none }
    let limit: Int?
    let cursor: String?

    init(_ reader: inout InputReader) throws(FieldProblem) {
        limit = try reader.query("limit", .rows(Rows.standard, maximum: Rows.maximum))
        cursor = try reader.query("cursor", .cursor)
    }

    init(limit: Int?, cursor: String?) {
        self.limit = limit
        self.cursor = cursor
    }

    /// The rows of the page that was asked for; nil for the whole list.
    var rows: Int? { limit.map { min($0, Rows.maximum) } ?? Rows.standard }

    /// The parameters as replies echo them, by name.
    var params: [(key: String, value: [String])]? {
        let sent = [("cursor", cursor), ("limit", limit.map(String.init))].compactMap { name, value in
            value.map { (key: name, value: [$0]) }
        }
        return sent.isEmpty ? nil : sent
    }

    /// The position, where it is one of this collection.
    func position(in collection: PagedCollection, of owner: Int64) throws(Failure) -> Cursor? {
        guard let cursor else { return nil }
        guard let position = Cursor(cursor, of: collection, owner: owner) else {
            throw .invalid(field: "cursor", .foreignCursor)
        }
        return position
    }
}

extension Value<Int> {
    /// A number of rows: more than the maximum is taken, and counts as it.
    static func rows(_ standard: Int?, maximum: Int) -> Value {
        let sent = Value.integer(1...1_000_000)
        let shape = Shape.integer(1...Int64(maximum)).tolerating(
            [sent.shape.plain],
            "More counts as the maximum."
        )
        return Value(
            standard.map { shape.standard(.integer(Int64($0))) }
                ?? shape.remark("Without it the whole list comes, up to \(Groups.wholeLimit) rows."),
            placeholder: sent.placeholder,
            read: { view throws(FieldProblem) in try sent.value(of: view) },
            readText: { text throws(FieldProblem) in try sent.value(of: text) }
        )
    }
}

extension Value<String> {
    /// A cursor, unread.
    static var cursor: Value { text(1...256) }
}
