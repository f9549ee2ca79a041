// How failures look in this dialect, in the manner of each generation.

public import Domain
public import HTTP
import JSON
public import Routing

/// The dialect in one of its manners.
///
/// Each route has its own value, since it knows the route's names of members.
public struct OpenIMDialect: Dialect {
    /// The generation that is spoken.
    let generation: Generation
    /// The generation of a request that names none.
    private let native: Generation
    /// The generation of a request with `operationID` in its body alone, which no client sends before the third generation.
    private let untold: Generation
    private let names: GenerationNames?
    private let own: OwnErrors?

    init(native: Generation, untold: Generation = .second, body: Shape?) {
        generation = native
        self.native = native
        own = nil
        self.untold = untold
        names = GenerationNames(body)
    }

    private init(
        _ other: OpenIMDialect,
        speaking generation: Generation? = nil,
        saying own: OwnErrors? = nil
    ) {
        self.generation = generation ?? other.generation
        native = other.native
        untold = other.untold
        names = other.names
        self.own = other.own ?? own
    }

    /// The dialect with errors of its own, unless it has some.
    func saying(_ own: @escaping OwnErrors) -> OpenIMDialect { OpenIMDialect(self, saying: own) }

    /// `openim`.
    public var name: String { "openim" }

    /// `token: …`, without a scheme.
    public var tokenField: StaticString? { "token" }

    /// `operationID`, which clients of the third generation send with everything.
    public var tellingField: StaticString? { "operationid" }

    /// An application's managers are users wherever this dialect is spoken.
    public var prelude: Prelude? {
        Prelude(
            isDone: { call, store throws(Failure) in
                try ManagerRules.areThere(of: call.application, in: store)
            },
            { call, store throws(Failure) in
                try ManagerRules.ensure(
                    of: call.application,
                    at: call.now,
                    in: store,
                    with: call.services.secrets
                )
            }
        )
    }

    /// One for each generation.
    public var manners: [any Dialect] {
        Generation.allCases.map { OpenIMDialect(self, speaking: $0) }
    }

    /// Told by `operationID` in the head, else by the names in the body, and where those say nothing by the token.
    public func manner(of fields: [String: String], body: [UInt8]?) -> (any Dialect)? {
        if fields["operationid"]?.isEmpty == false { return OpenIMDialect(self, speaking: .third) }
        guard let names, let body else { return nil }
        let told = names.generation(
            ofBody: body,
            native: native,
            token: { fields["token"].flatMap(Generation.init(ofToken:)) },
            untold: untold
        )
        return told == generation ? nil : OpenIMDialect(self, speaking: told)
    }

    /// `{"errCode","errMsg"}`, with `errDlt` in the third generation.
    public var failureShape: Shape {
        .anyOf(
            Generation.allCases.map { generation in
                let members: [Shape.Member] = [.init("errCode", .integer()), .init("errMsg", .string())]
                return .object(
                    name: generation.schemaName("Error"),
                    generation == .third ? members + [.init("errDlt", .string())] : members
                )
            }
        )
    }

    /// The body for a failure, with the fields that its status calls for.
    public func response(to failure: Failure, _ context: FailureContext) -> Response {
        let own = context.route == nil ? nil : own?(failure, generation)
        var response = response(own ?? error(for: failure, context))
        response.addFields(of: failure)
        return response
    }

    private func error(for failure: Failure, _ context: FailureContext) -> OpenIMError {
        switch generation {
        case .first: OpenIMError(first: failure)
        case .second: OpenIMError(second: failure)
        case .third: OpenIMError(third: failure, isForManagers: context.requirement == .application)
        }
    }

    /// The body for what isn't a request.
    public func refusal(_ status: Status, _ explanation: String, at _: Timestamp) -> Response {
        response(OpenIMError(status, Int(status.code), explanation))
    }

    private func response(_ error: OpenIMError) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.key("errCode")
        json.integer(Int64(error.code))
        json.key("errMsg")
        json.string(error.text)
        if generation == .third {
            json.key("errDlt")
            json.string(error.detail)
        }
        json.endObject()
        return Response(error.status, contentType: JSONText.mediaType, body: .bytes(json.bytes))
    }
}
