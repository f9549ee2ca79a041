// An application as a recorded exchange finds it, and the requests its callers make.

import Foundation

/// One application with its users, ready for the stages of an exchange.
public struct ReplayWorld: Sendable {
    /// The application.
    public let app: TestApp
    /// Its organisation's administrator, if it has one.
    public let organization: TestOrganization?
    /// The values of placeholders and wildcards.
    public var facts: ReplayFacts
    private var passwords: [String: String] = [:]

    /// Wraps an application.
    public init(app: TestApp, organization: TestOrganization? = nil, authority: String) {
        self.app = app
        self.organization = organization
        var values = ["client-id": app.credentials.clientID, "client-secret": app.credentials.clientSecret]
        values["admin"] = organization?.administrator
        values["admin-password"] = organization?.password
        facts = ReplayFacts(
            organization: app.credentials.organization,
            applicationName: app.credentials.applicationName,
            application: app.credentials.application,
            authority: authority,
            values: values
        )
    }

    // MARK: Setup

    /// Does a setup step through the API, as the application.
    ///
    /// - Throws: `TestApp.SetupFailure` when the server doesn't answer 200.
    public mutating func perform(_ step: SetupStep) async throws {
        switch step {
        case .openRegistration, .administrator:
            break  // Said when the application was made.
        case .user(let body):
            try await register(body)
        case .contact(let owner, let contact):
            try await app.perform("POST", "/users/\(owner)/contacts/users/\(contact)")
        case .block(let owner, let blocked):
            try await app.perform("POST", "/users/\(owner)/blocks/users", ["usernames": [.string(blocked)]])
        case .deactivated(let name):
            try await app.perform("POST", "/users/\(name)/deactivate")
        case .profile(let name, let values):
            try await app.perform("PUT", "/users/\(name)", values)
        case .metadata(let name, let values):
            try await putMetadata(name, values)
        case .mute(let body):
            try await app.perform("POST", "/mutes", body)
        case .remark(let owner, let contact, let text):
            try await app.perform(
                "PUT",
                "/user/\(owner)/contacts/users/\(contact)",
                ["remark": .string(text)]
            )
        case .group(let name, let body, let isRoom):
            try await makeGroup(name, body, isRoom: isRoom)
        case .file(let name, let path, let text, let isRestricted):
            try await upload(name, try facts.expand(path), text, isRestricted: isRestricted)
        case .request(let method, let path, let body):
            try await app.perform(method, try facts.expand(path), try body.map(expand))
        case .call(let caller, let path, let body, let keep):
            try await call(path, body, by: caller, keeping: keep)
        }
    }

    private mutating func call(
        _ path: String,
        _ body: TestJSON,
        by caller: Caller,
        keeping keep: [String: String]
    ) async throws {
        var request = HTTPRequest("POST", try facts.expand(app.prefix + path), json: try expand(body))
        if let token = try await token(of: caller, isOpenIM: request.isOpenIM) {
            request = request.authorized(token)
        }
        let reply = try await app.server.client().send(request)
        guard reply.status == 200 else {
            throw TestApp.SetupFailure(description: "\(path): \(reply.status) \(reply.text)")
        }
        let json = try reply.json()
        for (member, name) in keep { facts.captures[name] = json[member]?.string }
    }

    private mutating func makeGroup(_ name: String, _ body: TestJSON, isRoom: Bool) async throws {
        let reply = try await app.perform("POST", isRoom ? "/chatrooms" : "/chatgroups", body)
        guard let id = try reply.json()["data"]?[isRoom ? "id" : "groupid"]?.string else {
            throw TestApp.SetupFailure(description: "no id in \(reply.text)")
        }
        facts.captures[name] = id
    }

    private mutating func upload(
        _ name: String,
        _ path: String,
        _ text: String,
        isRestricted: Bool
    ) async throws {
        var request = HTTPRequest(
            "POST",
            app.prefix + path,
            headers: ["Content-Type": MultipartForm.contentType],
            body: .bytes(MultipartForm.file(Array(text.utf8)))
        )
        if isRestricted { request.headers.add("restrict-access", "true") }
        let reply = try await app.server.client().send(request.authorized(try await app.token()))
        let json = try reply.json()
        // An attachment is an entity, a group's file is data.
        guard reply.status == 200, let file = json["entities"]?[0] ?? json["data"],
            let id = (file["uuid"] ?? file["file_id"])?.string
        else { throw TestApp.SetupFailure(description: "no file in \(reply.status) \(reply.text)") }
        facts.captures[name] = id
        facts.captures[name + "-secret"] = file["share-secret"]?.string
    }

    private mutating func register(_ body: TestJSON) async throws {
        let reply = try await app.perform("POST", "/users", body)
        guard let name = body["username"]?.string,
            let uuid = try reply.json()["entities"]?[0]?["uuid"]?.string
        else {
            throw TestApp.SetupFailure(description: "no uuid in \(reply.text)")
        }
        facts.userIDs[name] = uuid
        passwords[name] = body["password"]?.string
    }

    private func putMetadata(_ name: String, _ values: TestJSON) async throws {
        let form = (values.members ?? []).map { member in
            "\(Self.formEncoded(member.name))=\(Self.formEncoded(member.value.string ?? member.value.description))"
        }
        let request = HTTPRequest(
            "PUT",
            "\(app.prefix)/metadata/user/\(name)",
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: .bytes(Array(form.joined(separator: "&").utf8))
        )
        let reply = try await app.server.client().send(request.authorized(try await app.token()))
        guard reply.status == 200 else {
            throw TestApp.SetupFailure(description: "metadata of \(name): \(reply.status) \(reply.text)")
        }
    }

    private static func formEncoded(_ text: String) -> String {
        let plain = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._*"
        )
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? text
    }

    // MARK: Requests

    /// The request of a stage: placeholders replaced, the caller's token added.
    public func request(for stage: Exchange.Stage) async throws -> HTTPRequest {
        var request = HTTPRequest(stage.request.method, try facts.expand(stage.request.path))
        var typeIsSaid = false
        for (name, value) in stage.request.headers {
            if name.lowercased() == "content-type" { typeIsSaid = true }
            if let value { request.headers.add(name, try facts.expand(value)) }
        }
        switch stage.request.body {
        case .none: break
        case .text(let text): request.body = .bytes(Array(text.utf8))
        case .json(let json):
            request.body = .bytes(try expand(json).bytes)
            if !typeIsSaid { request.headers.add("Content-Type", "application/json") }
        case .stream(let messages):
            request.body = .bytes(EnvelopeStream.bytes(try messages.map(expand)))
            if !typeIsSaid { request.headers.add("Content-Type", EnvelopeStream.jsonType) }
        }
        if let token = try await token(of: stage.caller, isOpenIM: request.isOpenIM) {
            request = request.authorized(token)
        }
        return request
    }

    private func expand(_ json: TestJSON) throws -> TestJSON {
        switch json {
        case .null, .bool, .integer, .double: json
        case .string(let text): .string(try facts.expand(text))
        case .array(let elements): .array(try elements.map(expand))
        case .object(let members): .object(try members.map { TestJSON.Member($0.name, try expand($0.value)) })
        }
    }

    private func token(of caller: Caller, isOpenIM: Bool) async throws -> String? {
        switch caller {
        case .nobody: nil
        case .malformedToken: TestApp.malformedToken
        case .forgedToken: try await app.forgedToken()
        case .expiredToken: try await app.expiredToken()
        case .otherApplication: try await app.server.makeApp().token()
        case .user(let name) where isOpenIM: try await app.sessionToken(name)
        case .manager: try await app.managerToken()
        case .user(let name): try await app.userToken(name, password: passwords[name] ?? "123")
        case .application: try await app.token()
        case .organizationAdministrator: try await administratorToken()
        }
    }

    private func administratorToken() async throws -> String {
        guard let organization else {
            throw TestApp.SetupFailure(
                description: "no administrator; the exchange needs {\"administrator\": true}"
            )
        }
        return try await app.server.administratorToken(of: organization)
    }
}
