// Pages by number, as later generations ask for lists.

import Domain
import JSON
import Routing

/// The page wanted: by two members beside the others in the second generation, in an object of their own in the third.
struct PageRequest: Sendable {
    /// From 1.
    let number: Int
    /// Rows of a page.
    let size: Int

    /// Rows when the request doesn't say, and at most.
    static let defaultSize = 100, maximumSize = 1000

    private struct Pagination: Fields {
        let number: Int?
        let size: Int?

        static let schemaName = "UserPagination"
        static let nested = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            number = try fields.optional(Spelling("pageNumber"), PageRequest.number)
            size = try fields.optional(Spelling("showNumber"), PageRequest.size)
        }
    }

    private static let number = Value<Int>.integer(0...1_000_000)
    private static let size = Value<Int>.integer(1...maximumSize)

    init(_ fields: inout FieldReader) throws(FieldProblem) {
        let nested = try fields.optional(Spelling(nil, nil, "pagination"), Pagination.nested)
        let number = try fields.optional(Spelling(nil, "pageNumber", nil), Self.number)
        let size = try fields.optional(Spelling(nil, "showNumber", nil), Self.size)
        // Counted from 1, yet some count from 0.
        self.number = max(1, nested?.number ?? number ?? 1)
        self.size = nested?.size ?? size ?? Self.defaultSize
    }

    /// Rows before the page.
    var offset: Int { (number - 1) * size }

    /// The page of a list: later generations ask for one, the second one only where it says so; the first gets all.
    func cut<Element>(_ list: [Element], in generation: Generation) -> [Element] {
        generation == .third ? Array(list.dropFirst(offset).prefix(size)) : list
    }
}

/// A list, with its length where the generation has pages.
struct PagedList<Naming: ListNaming, Element: SpelledValue>: AnswerContent {
    let elements: [Element]
    /// How many there are on all pages.
    let total: Int

    /// The page of a whole list.
    init(_ list: [Element], _ page: PageRequest, in generation: Generation) {
        elements = page.cut(list, in: generation)
        total = list.count
    }

    /// A page that was found by itself.
    init(elements: [Element], total: Int) {
        self.elements = elements
        self.total = total
    }

    static func shape(in generation: Generation) -> Shape {
        let list = [Element].shape(in: generation)
        guard let name = Naming.name[generation] else { return list }
        return .object([.init(name.description, list), .init("total", .integer())])
    }

    func write(to json: inout JSONWriter, in generation: Generation) {
        guard let name = Naming.name[generation] else { return elements.write(to: &json, in: generation) }
        json.beginObject()
        json.key(name)
        elements.write(to: &json, in: generation)
        json.key("total")
        json.integer(Int64(total))
        json.endObject()
    }

    func writeMembers(to json: inout JSONWriter, in generation: Generation) {}
}

/// A stretch of a list by page number.
struct Pagination: Fields {
    let offset: Int
    let limit: Int

    static let schemaName = "Pagination"
    /// Rows of a page, at most.
    static let maximumSize = 1000

    init(_ fields: inout FieldReader) throws(FieldProblem) {
        let number = try fields.required(.pageNumber, .integer(1...100_000))
        limit = try fields.required(.pageSize, .integer(1...Self.maximumSize))
        offset = (number - 1) * limit
    }

    /// As a member of a body.
    static let inside = value
}
