// The envelope of successful replies, by generation, and where the result stands in it.

import HTTP
import JSON
import Routing

/// Where a result stands in the envelope.
enum Placement: Sendable {
    /// Nowhere: there is none.
    case absent
    /// Under `data`.
    case data
    /// Its members stand beside the error code.
    case beside
}

/// The data of an answer.
protocol AnswerContent: SpelledValue {
    /// Where it stands in a generation; beside the error code only what is an object.
    static func placement(in generation: Generation) -> Placement
    /// Writes what stands beside the error code.
    func writeMembers(to json: inout JSONWriter, in generation: Generation)
}

extension AnswerContent {
    /// Under `data`.
    static func placement(in generation: Generation) -> Placement { .data }
}

extension Array: AnswerContent where Element: SpelledValue {
    /// It never stands beside the error code.
    func writeMembers(to json: inout JSONWriter, in generation: Generation) {}
}

/// No result: `{"errCode":0,"errMsg":""}`; the third generation has an empty `data`.
struct NoData: SpelledObject, AnswerContent {
    static var fields: [SpelledField<NoData>] { [] }
    static func placement(in generation: Generation) -> Placement { generation == .third ? .data : .absent }
}

/// How a list is called where it doesn't stand by itself as `data`: beside the error code in the first generation,
/// inside `data` in later ones.
protocol ListNaming: Sendable {
    /// The name; nil where the list is `data`.
    static var name: Spelling { get }
}

/// A list with a name in some generations.
struct NamedList<Naming: ListNaming, Element: SpelledValue>: AnswerContent {
    let elements: [Element]

    init(_ elements: [Element]) { self.elements = elements }

    static func placement(in generation: Generation) -> Placement {
        generation == .first && Naming.name[.first] != nil ? .beside : .data
    }

    static func shape(in generation: Generation) -> Shape {
        let list = [Element].shape(in: generation)
        return Naming.name[generation].map { .object([.init($0.description, list)]) } ?? list
    }

    func write(to json: inout JSONWriter, in generation: Generation) {
        guard Naming.name[generation] != nil else { return elements.write(to: &json, in: generation) }
        json.beginObject()
        writeMembers(to: &json, in: generation)
        json.endObject()
    }

    func writeMembers(to json: inout JSONWriter, in generation: Generation) {
        guard let name = Naming.name[generation] else { return }
        json.key(name)
        elements.write(to: &json, in: generation)
    }
}

/// A successful reply, or one that tells in its code that a part failed.
struct Answer<Result: AnswerContent>: Reply {
    let generation: Generation
    let result: Result
    /// 0, or the code of a partial failure.
    var code = 0
    /// The meaning of the code.
    var text = ""

    /// The messages of users in it, for the audit.
    let reading: MessageReading?

    init(_ call: Call, _ result: Result, reading: MessageReading? = nil) {
        generation = call.generation
        self.result = result
        self.reading = reading
    }

    static var content: ReplyContent { .json(.anyOf(Generation.allCases.map(shape))) }

    private static func shape(in generation: Generation) -> Shape {
        var members: [Shape.Member] = [.init("errCode", .integer()), .init("errMsg", .string())]
        if generation == .third { members.append(.init("errDlt", .string())) }
        switch Result.placement(in: generation) {
        case .absent: break
        case .data: members.append(.init("data", Result.shape(in: generation)))
        case .beside:
            if case .object(_, let inner) = Result.shape(in: generation) { members += inner }
        }
        return .object(members)
    }

    func response() -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.key("errCode")
        json.integer(Int64(code))
        json.key("errMsg")
        json.string(text)
        if generation == .third {
            json.key("errDlt")
            json.string("")
        }
        switch Result.placement(in: generation) {
        case .absent: break
        case .data:
            json.key("data")
            result.write(to: &json, in: generation)
        case .beside: result.writeMembers(to: &json, in: generation)
        }
        json.endObject()
        return Response(.ok, contentType: JSONText.mediaType, body: .bytes(json.bytes))
    }
}

extension Answer where Result == NoData {
    /// Done, and nothing to tell.
    init(_ call: Call) { self.init(call, NoData()) }
}
