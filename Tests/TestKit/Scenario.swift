// A test case as data: what must be there, who asks what, which status and which keys come back.

public import Testing

/// One promise of one route.
public struct Scenario: Sendable, CustomTestStringConvertible {
    /// The promise, as a sentence.
    public let name: String
    /// The preparation.
    public let given: [SetupStep]
    /// The caller.
    public let caller: Caller
    /// The request.
    public let request: RecordedRequest
    /// The expected reply.
    public let expected: ExpectedResponse

    /// Makes a scenario.
    ///
    /// - Parameters:
    ///   - name: The promise, as a sentence.
    ///   - given: The preparation.
    ///   - caller: The caller.
    ///   - request: The request; placeholders are replaced.
    ///   - expected: The expected reply.
    public init(
        _ name: String,
        given: [SetupStep] = [],
        by caller: Caller = .application,
        _ request: RecordedRequest,
        expect expected: ExpectedResponse
    ) {
        self.name = name
        self.given = given
        self.caller = caller
        self.request = request
        self.expected = expected
    }

    /// The name, for the test report.
    public var testDescription: String { name }

    private var stage: Exchange.Stage {
        Exchange.Stage(caller: caller, request: request, response: expected)
    }

    /// Plays it in a fresh application and records an issue when the reply isn't as expected.
    public func run(on server: TestServer, sourceLocation: SourceLocation = #_sourceLocation) async {
        let exchange = Exchange(
            name: name,
            source: "scenario",
            description: name,
            given: given,
            stages: [stage]
        )
        await expectReplay(of: exchange, on: server, sourceLocation: sourceLocation)
    }

    /// Plays it in an application that is there already; its setup steps are done in it first.
    public func run(in world: inout ReplayWorld, sourceLocation: SourceLocation = #_sourceLocation) async {
        do {
            for step in given { try await world.perform(step) }
            let differences = try await Replayer(server: world.app.server).differences([stage], in: &world)
            if !differences.isEmpty {
                Issue.record(
                    "\(name):\n\(differences.joined(separator: "\n"))",
                    sourceLocation: sourceLocation
                )
            }
        } catch {
            Issue.record("\(name) could not be played: \(error)", sourceLocation: sourceLocation)
        }
    }
}

extension SetupStep {
    /// A user of that name exists.
    public static func user(_ name: String, password: String = "123", nickname: String? = nil) -> SetupStep {
        let body: TestJSON = ["username": .string(name), "password": .string(password)]
        return .user(nickname.map { body.setting("nickname", .string($0)) } ?? body)
    }
}

extension RecordedRequest {
    /// A request with a JSON body.
    public static func json(_ method: String, _ path: String, _ body: TestJSON) -> RecordedRequest {
        RecordedRequest(method, path, body: .json(body))
    }
}

extension ExpectedResponse {
    /// A status and the exact members of the body in order, values free.
    public static func keys(_ status: Int, _ keys: String...) -> ExpectedResponse {
        ExpectedResponse(status, body: .keys(keys))
    }

    /// A status and a pattern of the body in its JSON form.
    ///
    /// A malformed pattern matches nothing.
    public static func body(_ status: Int, _ pattern: TestJSON) -> ExpectedResponse {
        do {
            return ExpectedResponse(status, body: .pattern(try BodyPattern(pattern)))
        } catch {
            Issue.record("\(error)")
            return ExpectedResponse(status, body: .keys(["a malformed pattern"]))
        }
    }

    /// The five-key error of the platform dialect.
    public static func error(_ status: Int, _ error: String, _ exception: String, _ text: String)
        -> ExpectedResponse
    {
        .body(
            status,
            [
                "error": .string(error), "timestamp": "$ms", "duration": "$int",
                "exception": .string(exception),
                "error_description": .string(text),
            ]
        )
    }
}
