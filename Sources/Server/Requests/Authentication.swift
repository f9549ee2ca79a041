// From an Authorization field to a caller, and from a caller to a yes or no: the one place where that is decided.

import Crypto
import Domain
import Routing

/// Checks who sent a request and whether its route is for them.
struct Authentication {
    let keys: SigningKeys
    let verified: VerifiedTokens
    let tenants: Tenants.Snapshot
    let reader: any SnapshotReader

    /// The caller of a request, whose token may lack the scope that the route needs.
    ///
    /// - Parameters:
    ///   - route: the matched route.
    ///   - token: the token sent, if any.
    ///   - application: the application of the path.
    ///   - parameters: the path's values by the pattern's order.
    /// - Throws: `.unauthenticated` or `.forbidden`.
    func admit(
        to route: Route,
        token: PresentedToken,
        application: Application?,
        parameters: [String],
        isOperator: Bool,
        at now: Timestamp
    ) throws(Failure) -> Admission {
        if isOperator { return Admission(.operator, .all) }
        return try caller(of: route, token: token, application: application, parameters: parameters, at: now)
    }

    /// Holds a caller with the application's authority to the scope that a route declares.
    ///
    /// - Throws: `.forbidden(.lacksScope)`.
    func hold(_ admission: Admission, to route: Route) throws(Failure) {
        let scopes = admission.scopes
        switch admission.caller {
        case .anonymous, .user, .operator: return
        case .application, .manager, .administrator: break
        }
        // Who asks for a token may send an old one along, whatever that may do.
        guard route.requirement != .anybody else { return }
        if let scope = route.scope {
            guard scopes.allows(scope) else { throw .forbidden(.lacksScope(Scopes(scope))) }
        } else if route.requirement.knowsApplications, scopes != .all {
            throw .forbidden(.lacksScope(.all))
        }
    }

    private func caller(
        of route: Route,
        token: PresentedToken,
        application: Application?,
        parameters: [String],
        at now: Timestamp
    ) throws(Failure) -> Admission {
        switch route.requirement {
        case .open:
            return Admission(.anonymous)
        case .user:
            return Admission(.user(try user(try verify(token, at: now), of: application)))
        case .userOrNobody:
            if case .none = token { return Admission(.anonymous) }
            return Admission(.user(try user(try verify(token, at: now), of: application)))
        case .anybody:
            do throws(Failure) {
                return try backend(try verify(token, at: now), of: application, at: now)
            } catch {
                // Clients send the old token along when they ask for a new one.
                if case .storage = error { throw error }
                return Admission(.anonymous)
            }
        case .operator:
            // The administration routes don't exist for anybody else.
            guard let admission = operatorAdmission(by: token, at: now) else { throw .noSuchRoute }
            return admission
        case .openRegistration:
            if case .none = token {
                guard application?.settings.openRegistration == true else {
                    throw .forbidden(.registrationClosed)
                }
                return Admission(.anonymous)
            }
            return try backend(try verify(token, at: now), of: application, at: now)
        case .application:
            return try backend(try verify(token, at: now), of: application, at: now)
        case .applicationOrUser(let parameter):
            let admission = try anyone(try verify(token, at: now), of: application, at: now)
            guard case .user(let user) = admission.caller else { return admission }
            let named = route.pattern.parameterNames.firstIndex(of: parameter).map { parameters[$0] } ?? ""
            guard Username(named) == user.username || UUID(named) == user.uuid else {
                throw .forbidden(.insufficientScope)
            }
            return admission
        case .applicationOrAnyUser:
            return try anyone(try verify(token, at: now), of: application, at: now)
        case .applicationOrSecret:
            if case .none = token { return Admission(.anonymous) }
            return try backend(try verify(token, at: now), of: application, at: now)
        case .organization(let parameter):
            let named = route.pattern.parameterNames.firstIndex(of: parameter).map { parameters[$0] } ?? ""
            let known = try administrator(
                try verify(token, at: now).claims,
                of: tenants.organization(named: named)
            )
            try hold(known, to: route, application, parameters)
            return admission(of: known, try verify(token, at: now).claims)
        }
    }

    /// The session whose token was sent, nil for any other token; and until when the token is good, nil for ever.
    ///
    /// Asked once the caller is known to be let in.
    func opening(
        by token: PresentedToken,
        at now: Timestamp
    ) -> (session: OpenSession?, expires: Timestamp?) {
        guard let verified = try? verify(token, at: now) else { return (nil, nil) }
        let expires = Int64(verified.claims.expiresAt)
        return (verified.session, expires == 0 ? nil : Timestamp(milliseconds: expires * 1000))
    }

    /// The user of the application whose good token it is, on a route that isn't for users.
    func user(behind token: PresentedToken, of application: Application?, at now: Timestamp) -> User? {
        try? user(try verify(token, at: now), of: application)
    }

    private func verify(_ token: PresentedToken, at now: Timestamp) throws(Failure) -> VerifiedToken {
        switch token {
        case .none(let problem), .malformed(let problem):
            throw .unauthenticated(problem)
        case .present(let text):
            do throws(TokenProblem) {
                return try verified.verify(text, with: keys, nowSeconds: now.seconds)
            } catch .expired {
                throw .unauthenticated(.expired)
            } catch {
                throw .unauthenticated(.corrupt)
            }
        }
    }

    /// Any user of the application, or who may act for it.
    private func anyone(
        _ token: VerifiedToken,
        of application: Application?,
        at now: Timestamp
    ) throws(Failure) -> Admission {
        guard token.claims.kind == .user else { return try backend(token, of: application, at: now) }
        let user = try user(token, of: application)
        return manager(user, token, of: application, at: now) ?? Admission(.user(user))
    }

    /// A manager's session was opened with the application's secret, so it is worth as much as a token of
    /// the application.
    ///
    /// A manager's password is not.
    private func manager(
        _ user: User,
        _ token: VerifiedToken,
        of application: Application?,
        at now: Timestamp
    ) -> Admission? {
        guard let id = token.session?.credential, let application,
            ManagerRules.isManager(user, of: application),
            let credential = application.credentials.first(where: { $0.id == id }), credential.isLive(at: now)
        else {
            return nil
        }
        return Admission(.manager(user, id), credential.scopes)
    }

    /// The application's backend, one of its managers, or an administrator of its organisation.
    private func backend(
        _ token: VerifiedToken,
        of application: Application?,
        at now: Timestamp
    ) throws(Failure) -> Admission {
        let claims = token.claims
        guard let application else { throw .unauthenticated(.foreign) }
        switch claims.kind {
        case .applicationCredential:
            guard claims.tenant == application.id.rawValue else { throw .unauthenticated(.foreign) }
            let credential = application.credentials.first { $0.id.rawValue == claims.subject }
            guard let credential else { throw .unauthenticated(.revoked) }
            guard credential.isLive(at: now) else { throw .unauthenticated(.expired) }
            return Admission(.application(credential.id), Self.scopes(of: claims, within: credential.scopes))
        case .organisationAdministrator:
            let known = try administrator(claims, of: application.organization.id)
            guard known.mayWork(on: application.name) else { throw .forbidden(.insufficientScope) }
            return admission(of: known, claims)
        case .user:
            if token.session?.credential != nil, claims.tenant == application.id.rawValue {
                let user = try user(token, of: application)
                if let manager = manager(user, token, of: application, at: now) { return manager }
            }
            // Whether the user token is still good doesn't matter: it wouldn't be enough.
            throw claims.tenant == application.id.rawValue
                ? .forbidden(.insufficientScope) : .unauthenticated(.foreign)
        }
    }

    /// A token has at most what its owner has now.
    private static func scopes(of claims: TokenClaims, within own: Scopes) -> Scopes {
        claims.scope == 0 ? own : own.intersection(Scopes(rawValue: claims.scope))
    }

    /// The operator of the server by a token of an administrator who is one; nil for any other token.
    func operatorAdmission(by token: PresentedToken, at now: Timestamp) -> Admission? {
        guard let claims = try? verify(token, at: now).claims, claims.kind == .organisationAdministrator,
            let known = try? administrator(claims, of: OrganizationID(rawValue: claims.tenant)),
            known.facts.isOperator
        else { return nil }
        let admission = admission(of: known, claims)
        // A token that is held to some scopes is held to its applications.
        return admission.scopes == .all ? admission : nil
    }

    /// Who is bound to some applications changes nothing of the organisation beside them.
    private func hold(
        _ known: Administrator,
        to route: Route,
        _ application: Application?,
        _ parameters: [String]
    ) throws(Failure) {
        guard !known.facts.applications.isEmpty else { return }
        let index = route.pattern.parameterNames.firstIndex { $0 == "app" || $0 == "application" }
        guard let index else {
            // The list has only its own.
            if route.action.work.changes { throw .forbidden(.insufficientScope) }
            return
        }
        guard known.mayWork(on: parameters[index]) else { throw .forbidden(.insufficientScope) }
    }

    private func admission(of known: Administrator, _ claims: TokenClaims) -> Admission {
        Admission(.administrator(known.id), Self.scopes(of: claims, within: known.facts.role.scopes))
    }

    private func administrator(_ claims: TokenClaims, of organization: OrganizationID?) throws(Failure)
        -> Administrator
    {
        guard claims.kind == .organisationAdministrator else { throw .forbidden(.insufficientScope) }
        guard claims.tenant == organization?.rawValue else { throw .unauthenticated(.foreign) }
        guard let known = tenants.administrator(AdministratorID(rawValue: claims.subject)),
            known.tokenGeneration == Int(claims.generation)
        else { throw .unauthenticated(.revoked) }
        return known
    }

    private func user(_ token: VerifiedToken, of application: Application?) throws(Failure) -> User {
        let claims = token.claims
        guard let application, claims.tenant == application.id.rawValue else {
            throw .unauthenticated(.foreign)
        }
        guard claims.kind == .user else { throw .forbidden(.insufficientScope) }
        if let session = token.session {
            return try reader.read(application.id) { store throws(Failure) in
                try SessionRules.holder(of: session, of: application, in: store)
            }
        }
        let user = try reader.read(application.id) { store throws(Failure) in
            try store.user(UserID(rawValue: claims.subject))
        }
        guard let user else { throw .unauthenticated(.orphaned) }
        guard user.isActivated, user.tokenGeneration == Int(claims.generation) else {
            throw .unauthenticated(.revoked)
        }
        return user
    }
}
