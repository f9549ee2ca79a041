// The subject of a call, and the right to it.

import Domain
import Routing

extension Call {
    /// The subject of a call: a user speaks for itself; who acts for the application must name somebody.
    ///
    /// - Throws: `.invalid` where nobody is named, `.forbidden` where a user names somebody else; the first generation
    ///   passes over whom a user names.
    func subject(_ named: Username?, _ member: Spelling) throws(Failure) -> String {
        if case .user(let user) = caller { return try own(user, named) }
        guard let named else { throw .invalid(field: member.told(in: generation), .missing) }
        return named.text
    }

    /// As `subject`, but a manager who names nobody speaks for itself: it is a user, too.
    func actor(_ named: Username?, _ member: Spelling) throws(Failure) -> String {
        if named == nil, case .manager(let manager, _) = caller { return manager.username.text }
        return try subject(named, member)
    }

    private func own(_ user: User, _ named: Username?) throws(Failure) -> String {
        guard generation == .first || named == nil || named == user.username else {
            throw .forbidden(.insufficientScope)
        }
        return user.username.text
    }

    /// The credential by which the caller came: what it opens ends with it.
    ///
    /// - Throws: `.forbidden` where an application has none.
    func credential() throws(Failure) -> Credential {
        let own: CredentialID? =
            switch caller {
            case .application(let id), .manager(_, let id): id
            case .anonymous, .user, .administrator, .operator: nil
            }
        let all = application.credentials
        let found =
            if let own { all.last { $0.id == own } } else { all.last { $0.scopes == .all } ?? all.last }
        guard let found else { throw .forbidden(.insufficientScope) }
        return found
    }
}
