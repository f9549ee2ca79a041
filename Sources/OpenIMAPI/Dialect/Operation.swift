// The inputs of this dialect: a body, and what the client calls the request; or a body with a secret.

import Domain
import JSON
import Routing

/// The client's name for its request; only for its own logs.
let operationName = Value<String>.text(1...256)

/// A body with the operation's name in it, or in the head.
struct Operation<Content: Fields>: Input {
    let content: Content
    /// The client's name for the request; empty in the trial run.
    private(set) var operation = ""

    init(_ reader: inout InputReader) throws(FieldProblem) {
        let header = try reader.field("operationid", .text(0...256))
        guard let view = try reader.body(shaped: Content.shape(named: .operation)) else {
            var trial = FieldReader()
            content = try Content(&trial)
            return
        }
        var fields = try FieldReader(view, reader.generation)
        // A request that has it in the head needs none in the body.
        if let header, !header.isEmpty {
            fields.operation = header
        } else {
            fields.operation = try fields.required(.operation, operationName)
        }
        operation = fields.operation
        content = try Content(&fields)
    }
}

/// A body that may show a client secret.
protocol SecretFields: Fields {
    /// The secret; nil where none was sent.
    var secret: String? { get }
    /// Whether there is more to it than credentials: then callers with a token may send as much as elsewhere.
    static var isLong: Bool { get }
}

extension SecretFields {
    static var isLong: Bool { false }
}

/// A body with a secret; the original asks for no operation's name there.
struct Login<Content: SecretFields>: LoginInput {
    let content: Content

    /// All secrets of an application count as one account: a guess names none of them.
    var account: String? { content.secret == nil ? nil : "client secret" }

    static var bodyMaximum: Int {
        Content.isLong ? Action.defaultBodyMaximum : Action.loginBodyMaximum
    }

    init(_ reader: inout InputReader) throws(FieldProblem) {
        _ = try reader.field("operationid", .text(0...256))
        guard let view = try reader.body(shaped: Content.shape()) else {
            var trial = FieldReader()
            content = try Content(&trial)
            return
        }
        var fields = try FieldReader(view, reader.generation)
        content = try Content(&fields)
    }
}

/// An input around the content that handlers take.
protocol ContentInput: Input {
    associatedtype Content: Fields
    var content: Content { get }
}

extension Operation: ContentInput {}
extension Login: ContentInput {}

/// A handler of the content, as one of the input around it.
private struct Unwrapping<In: ContentInput, Store, Out>: Sendable {
    let handler: @Sendable (Call, In.Content, Store) throws(Failure) -> Out

    init(_: In.Type, _ handler: @escaping @Sendable (Call, In.Content, Store) throws(Failure) -> Out) {
        self.handler = handler
    }

    func run(_ call: Call, _ input: In, _ store: Store) throws(Failure) -> Out {
        try handler(call, input.content, store)
    }
}

extension Action {
    /// A bounded read, on the loop.
    static func read<Content: Fields, Out: Reply>(
        _ handler: @escaping @Sendable (Call, Content, any Reader) throws(Failure) -> Out
    ) -> Action {
        .read(Unwrapping(Operation<Content>.self, handler).run)
    }

    /// An unbounded read, on a reader thread.
    static func scan<Content: Fields, Out: Reply>(
        _ handler: @escaping @Sendable (Call, Content, any Reader) throws(Failure) -> Out
    ) -> Action {
        .scan(Unwrapping(Operation<Content>.self, handler).run)
    }

    /// A change, in a transaction.
    static func write<Content: Fields, Out: Reply>(
        _ handler: @escaping @Sendable (Call, Content, any Writer) throws(Failure) -> Out
    ) -> Action {
        .write(Unwrapping(Operation<Content>.self, handler).run)
    }

    /// An unbounded read by who shows a client secret.
    static func loginScan<Content: SecretFields, Out: Reply>(
        _ handler: @escaping @Sendable (Call, Content, any Reader) throws(Failure) -> Out
    ) -> Action {
        .scan(Unwrapping(Login<Content>.self, handler).run)
    }

    /// A change by who shows a client secret.
    static func login<Content: SecretFields, Out: Reply>(
        _ handler: @escaping @Sendable (Call, Content, any Writer) throws(Failure) -> Out
    ) -> Action {
        .write(Unwrapping(Login<Content>.self, handler).run)
    }
}
