// How the log calls who sent a request: the kind and a name that isn't secret.

import Domain
import JSON

/// Callers by name: `client:ID`, `user:NAME`, `admin:NAME`, `operator:UID`.
struct CallerName {
    let caller: Caller
    /// The application that the path names.
    let application: Application?
    /// The name of an administrator.
    let administrator: String?
    /// The number of the system's user on the administration socket.
    let operatorID: UInt32?

    /// Adds the member `caller`; nothing for who is nobody.
    func write(to json: inout JSONWriter) {
        switch caller {
        case .anonymous: return
        case .application(let credential):
            let known = application?.credentials.first { $0.id == credential }
            write("client:", known?.clientID ?? String(credential.rawValue), to: &json)
        case .user(let user), .manager(let user, _): write("user:", user.username.text, to: &json)
        case .administrator(let id): write("admin:", administrator ?? String(id.rawValue), to: &json)
        case .operator: write("operator:", operatorID.map { String($0) } ?? "unknown", to: &json)
        }
    }

    private func write(_ kind: String, _ name: String, to json: inout JSONWriter) {
        json.key("caller"); json.string(concatenating: kind, name)
    }
}
