// Two organisations with an application each on a server of their own, and everybody who may ask for something.

package import Foundation
package import Routing

/// The world of a walk over all routes.
package struct WalkWorld {
    package let server: TestServer
    package let organization: TestOrganization
    package let app: TestApp
    package let otherOrganization: TestOrganization
    package let otherApp: TestApp
    private var tokens: [Visitor: String]
    /// The ids of the group and the room that requests are about, by path parameter.
    private var places: [String: String] = [:]

    /// Makes it: `alice` and `bob` live in the application, `alice` and `mallory` in the other one.
    package static func make() async throws -> WalkWorld {
        let server = try await TestServer.start()
        let organization = try await server.makeOrganization()
        let app = try await server.makeApp(organization: organization.name)
        let otherOrganization = try await server.makeOrganization()
        let otherApp = try await server.makeApp(organization: otherOrganization.name)
        for name in ["alice", "bob", "walter"] { try await app.register(name) }
        for name in ["alice", "mallory"] { try await otherApp.register(name) }
        try await app.perform("POST", "/users/alice/contacts/users/bob")
        try await app.furnishForWalk()
        try await app.perform("POST", "/users/alice/blocks/users", ["usernames": ["bob"]])
        let token = try await app.token()
        let tokens: [Visitor: String] = [
            .truncated: String(token.dropLast(4)),
            .corrupt: TestApp.malformedToken,
            .forged: try await app.forgedToken(),
            .expired: try await app.expiredToken(),
            .otherApplication: try await otherApp.token(),
            .userOfOtherApplication: try await otherApp.userToken("alice", password: "123"),
            .administratorOfOtherOrganization: try await server.administratorToken(of: otherOrganization),
            .anotherUser: try await app.userToken("bob", password: "123"),
            .userOfThePath: try await app.userToken("alice", password: "123"),
            .application: token,
            .administrator: try await server.administratorToken(of: organization),
            .manager: try await app.managerToken(),
            .managerOfOtherApplication: try await otherApp.managerToken(),
            .managerByPassword: try await app.tokenByPassword(ofManager: "openIMAdmin"),
        ]
        var world = WalkWorld(
            server: server,
            organization: organization,
            app: app,
            otherOrganization: otherOrganization,
            otherApp: otherApp,
            tokens: tokens
        )
        try await world.renewPlaces()
        return world
    }

    /// Makes a new group and a new room of `alice`, with `bob` in them, in place of those of before.
    private mutating func renewPlaces() async throws {
        let client = try server.client()
        let token = try await app.token()
        for (parameter, collection) in [
            ("group_id", "chatgroups"), ("chatroom_id", "chatrooms"), ("webhook_id", "webhooks"),
            ("rule_name", "callbacks"), ("rule_name", "msghooks"), ("client_id", "clients"),
        ] {
            guard let old = places[parameter] else { continue }
            // Gone already when the request before deleted it.
            _ = try await client.delete("\(app.prefix)/\(collection)/\(old)", token: token)
        }
        places = try await Self.makePlaces(with: "bob", in: app)
    }

    /// The same in the other application, by path parameter.
    package func foreignPlaces() async throws -> [String: String] {
        try await Self.makePlaces(with: "mallory", in: otherApp)
    }

    /// A group and a room of `alice` and another user, a file, a shared file and a message, by path parameter.
    private static func makePlaces(with other: String, in app: TestApp) async throws -> [String: String] {
        var places: [String: String] = [:]
        let client = try app.server.client()
        let token = try await app.token()
        let kinds = [("group_id", "chatgroups", "groupid"), ("chatroom_id", "chatrooms", "id")]
        for (parameter, collection, key) in kinds {
            let made = try await app.perform(
                "POST",
                "/\(collection)",
                [
                    "groupname": "walk", "name": "walk", "description": "", "public": true, "owner": "alice",
                    "members": [.string(other)],
                ]
            )
            places[parameter] = try made.json()["data"]?[key]?.string
        }
        for (parameter, path, key) in [
            ("file_uuid", "/chatfiles", "uuid"),
            ("file_id", "/chatgroups/\(places["group_id"] ?? "")/share_files", "file_id"),
        ] {
            let upload = HTTPRequest.upload("\(app.prefix)\(path)").authorized(token)
            let reply = try await client.send(upload).json()
            places[parameter] = reply["data"]?[key]?.string ?? reply["entities"]?[0]?[key]?.string
        }
        let sent = try await app.perform(
            "POST",
            "/messages/users",
            ["from": "alice", "to": [.string(other)], "type": "txt", "body": ["msg": "walk"]]
        )
        places["msg_id"] = try sent.json()["data"]?[other]?.string
        let spare = try await app.perform("POST", "/clients", ["name": "walk", "scopes": ["users:read"]])
        places["client_id"] = try spare.json()["data"]?["client_id"]?.string
        return places.merging(try await makeEndpoints(in: app)) { $1 }
    }

    /// An endpoint where nobody listens, with a delivery, and a rule of each kind, by path parameter.
    private static func makeEndpoints(in app: TestApp) async throws -> [String: String] {
        let url: TestJSON = "http://127.0.0.1:65533/walk"
        let made = try await app.perform("POST", "/webhooks", ["url": url, "events": ["user.updated"]])
        let id = try made.json()["data"]?["id"]?.string ?? ""
        try await app.perform("PUT", "/users/alice", ["nickname": "walk"])
        let deliveries = try await app.perform("GET", "/webhooks/\(id)/deliveries").json()
        for kind in ["callbacks", "msghooks"] {
            // Refused while the rule is there.
            _ = try await app.server.client().post(
                "\(app.prefix)/\(kind)",
                ["name": "walk", "targetUrl": url],
                token: try await app.token()
            )
        }
        let delivery = deliveries["data"]?[0]?["id"]?.string
        return ["webhook_id": id, "delivery_id": delivery ?? "", "rule_name": "walk"]
    }

    /// Makes the users again as they were, whatever a request did to them.
    package mutating func renewUsers() async throws {
        let client = try server.client()
        let token = try await app.token()
        if try await client.get("\(app.prefix)/users/alice", token: token).status == 404 {
            // One's own former name is taken back; refused where the user is gone.
            let path = app.path(ofMethod: "SetSelfInfo")
            try await client.post(path, ["ocid": "alice"], token: tokens[.userOfThePath])
        }
        for name in ["alice", "bob", "walter"] {
            // Refused while the user is there.
            try await client.post(
                "\(app.prefix)/users",
                ["username": .string(name), "password": "123"],
                token: token
            )
            try await app.perform("PUT", "/users/\(name)/password", ["newpassword": "123"])
            try await app.perform("POST", "/users/\(name)/activate")
        }
        try await app.perform("POST", "/users/alice/contacts/users/bob")
        try await app.perform("DELETE", "/users/alice/contacts/users/walter")
        try await app.furnishForWalk()
        try await renewPlaces()
        tokens[.userOfThePath] = try await app.userToken("alice", password: "123")
        // Opening a session makes those managers that are gone.
        tokens[.manager] = try await app.sessionToken()
        tokens[.managerByPassword] = try await app.tokenByPassword(ofManager: "openIMAdmin")
        tokens[.anotherUser] = try await app.userToken("bob", password: "123")
    }

    /// Names of a request about `alice`, and `bob` where two users are named.
    package var names: RouteNames {
        RouteNames(
            parameters: [
                "org": app.credentials.organization, "app": app.credentials.applicationName,
                "application": app.credentials.applicationName, "username": "alice",
                "owner_username": "alice",
                "contact_username": "bob", "blocked_username": "bob", "peer_username": "bob",
                "applicant_username": "walter",
                "administrator": organization.administrator,
            ].merging(places) { $1 },
            secret: app.credentials.clientSecret
        )
    }

    /// The same, with the group wherever a body names one.
    package var namesInGroup: RouteNames {
        var names = names
        names.groupInBody = places["group_id"]
        return names
    }

    /// The request as that visitor sends it.
    package func request(_ request: HTTPRequest, by visitor: Visitor) -> HTTPRequest {
        var request = request
        switch visitor {
        case .nobody: break
        case .emptyBearer: request = request.authorized("")
        case .otherScheme where request.isOpenIM: request = request.authorized("Basic YWxpY2U6MTIz")
        case .otherScheme: request.headers.add("Authorization", "Basic YWxpY2U6MTIz")
        default: request = request.authorized(tokens[visitor] ?? "")
        }
        return request
    }

    /// Every byte that is stored, as a backup has it.
    package func storedBytes() async throws -> Data {
        let folder = try TemporaryFolder()
        let path = folder.path + "/copy.db"
        let reply = try await server.administrationClient().post("/admin/backup", ["path": .string(path)])
        guard reply.status == 200 else {
            throw TestApp.SetupFailure(description: "no backup: \(reply.status) \(reply.text)")
        }
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    /// The stored objects now, compared again and again.
    package func storedState() async throws -> StoredState {
        // The files first: what is committed in between is a difference then.
        let files = try databaseFiles()
        return StoredState(files: files, bytes: try await storedBytes())
    }

    /// Whether every byte that is stored is as it was then.
    ///
    /// Every commit changes a file, so while none has changed, nothing is stored that wasn't: no copy has to be made.
    package func isStill(_ state: StoredState) async throws -> Bool {
        if try databaseFiles() == state.files { return true }
        return try await storedBytes() == state.bytes
    }

    /// The database's file and its log, byte by byte.
    private func databaseFiles() throws -> [Data] {
        try ["parley.db", "parley.db-wal"].map { name in
            try Data(wholeFile: "\(server.dataPath)/\(name)")
        }
    }
}

/// The objects that a walk's server had stored.
package struct StoredState: Sendable {
    fileprivate let files: [Data]
    fileprivate let bytes: Data
}

extension TestApp {
    /// The objects that requests of a walk answer or remove: a friend request to `alice`, a template.
    fileprivate func furnishForWalk() async throws {
        try await perform("POST", "/users/walter/contacts/apply", ["usernames": ["alice"]])
        try await perform(
            "POST",
            "/notification/template",
            ["name": "1", "title_pattern": "", "content_pattern": ""]
        )
    }

    /// A token that a manager got with a password: a user's, and no more.
    fileprivate func tokenByPassword(ofManager name: String) async throws -> String {
        try await perform("PUT", "/users/\(name)/password", ["newpassword": "123"])
        return try await userToken(name, password: "123")
    }
}

/// Everybody who may come.
package enum Visitor: CaseIterable, Sendable {
    case nobody, emptyBearer, otherScheme, corrupt, truncated, forged, expired
    case otherApplication, userOfOtherApplication, administratorOfOtherOrganization
    case managerOfOtherApplication, managerByPassword
    case anotherUser, userOfThePath, application, administrator, manager

    /// Whether it is a user of the application, and no more.
    package var isUser: Bool { [.anotherUser, .userOfThePath, .managerByPassword].contains(self) }

    /// Whether a route of that requirement is for them, while registration is closed.
    package func mayCall(_ requirement: Requirement) -> Bool {
        switch requirement {
        case .open, .anybody: true
        // Managers are users, too.
        case .user: [.userOfThePath, .anotherUser, .manager, .managerByPassword].contains(self)
        case .userOrNobody: [.nobody, .emptyBearer, .userOfThePath, .anotherUser].contains(self)
        case .openRegistration, .application: [.application, .administrator, .manager].contains(self)
        case .applicationOrUser: [.application, .administrator, .manager, .userOfThePath].contains(self)
        case .applicationOrAnyUser:
            [.application, .administrator, .manager, .userOfThePath, .anotherUser, .managerByPassword]
                .contains(self)
        // Without a token the secret decides.
        case .applicationOrSecret:
            [.application, .administrator, .manager, .nobody, .emptyBearer].contains(self)
        case .organization: self == .administrator
        case .operator: false
        }
    }
}
