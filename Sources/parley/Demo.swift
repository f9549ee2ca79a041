// parley serve --demo: an application to try the server with, and requests to paste.

import Crypto
import HTTP
import JSON

struct Demo {
    static let organization = "chat-demo"
    static let application = "testapp"

    /// The data folder of the running server.
    let folder: String
    /// `http://HOST:PORT` of the running server.
    let origin: String

    /// Makes the application on the first start.
    ///
    /// - Returns: what to show.
    func introduction() throws -> String {
        let session = AdministrationSession(toServerOn: folder)
        let reply = try session.send(
            .post,
            ["admin", "applications"],
            [
                "organization": .string(Self.organization), "application_name": .string(Self.application),
                "settings": ["open_registration": true],
            ]
        )
        let link = try signInLink(session)
        guard reply.status != 409 else { return try reminder(session) + link }
        let issued = try reply.value()
        guard let id = issued["client_id"]?.string, let secret = issued["client_secret"]?.string else {
            throw CommandFailure("The server's answer has no credential.")
        }
        return lines(clientID: id, secret: secret) + link
    }

    /// The demonstration's administrator, who may do everything.
    private static let administrator = "demo"

    /// A link to the console that is good once, for fifteen minutes; the administrator is made on the first start, with a
    /// password that nobody knows.
    private func signInLink(_ session: AdministrationSession) throws -> String {
        let made = try session.send(
            .post,
            ["admin", "organizations"],
            [
                "organization": .string(Self.organization), "administrator": .string(Self.administrator),
                "password": .string(Random.identifier(byteCount: 15)), "operator": true,
            ]
        )
        if made.status != 409 { _ = try made.value() }
        let reply = try session.request(
            .post,
            ["admin", "sign-in-codes"],
            [
                "organization": .string(Self.organization), "administrator": .string(Self.administrator),
            ]
        )
        let code = reply["sign_in_code"]?.string ?? ""
        return """

            Sign in to the console, once and within 15 minutes:

              \(reachableOrigin)/console/#/sign-in?code=\(code)

            """
    }

    /// Later starts know the client id only.
    private func reminder(_ session: AdministrationSession) throws -> String {
        let known = try session.request(.get, ["admin", "applications", Self.organization, Self.application])
        let id = known["credentials"]?[0]?["client_id"]?.string ?? "none"
        return """

            The demo application \(Self.organization)/\(Self.application) is there already; its client id is \(id).
            Its secret was shown when it was made. For a new one:

              parley app rotate \(Self.organization)/\(Self.application) --data \(folder)
            """
    }

    /// A first session: token, register, contact, status.
    private func lines(clientID: String, secret: String) -> String {
        let base = "\(reachableOrigin)/\(Self.organization)/\(Self.application)"
        return #"""

            The demo application \#(Self.organization)/\#(Self.application) is made; anybody may register users in it.
            This is the only time its client secret is shown:

              client_id      \#(clientID)
              client_secret  \#(secret)

            Paste these lines into a shell:

            APP=\#(base)

            # a token for the application's backend
            TOKEN=$(curl -s $APP/token -d '{"grant_type":"client_credentials","client_id":"\#(clientID)","client_secret":"\#(secret)"}' |
                    sed 's/.*"access_token":"\([^"]*\)".*/\1/')

            # register two users, make them contacts, look
            curl -sw '\n' $APP/users -H "Authorization: Bearer $TOKEN" -d '{"username":"user1","password":"123","nickname":"One"}'
            curl -sw '\n' $APP/users -H "Authorization: Bearer $TOKEN" -d '{"username":"user2","password":"456"}'
            curl -sw '\n' -X POST $APP/users/user1/contacts/users/user2 -H "Authorization: Bearer $TOKEN"
            curl -sw '\n' $APP/users/user1/contacts/users -H "Authorization: Bearer $TOKEN"
            curl -sw '\n' $APP/users/user1/status -H "Authorization: Bearer $TOKEN"

            """#
    }

    /// A server on all addresses is reached on this machine's own.
    private var reachableOrigin: String {
        for (wildcard, own) in [("//0.0.0.0:", "//127.0.0.1:"), ("//[::]:", "//[::1]:")] {
            guard let port = origin.split(separator: wildcard, maxSplits: 1).dropFirst().first else {
                continue
            }
            return "http:\(own)\(port)"
        }
        return origin
    }
}
