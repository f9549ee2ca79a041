// From an Authorization field to a caller, and from a caller to a yes or no: the one place where that is decided.

import Crypto
import Domain
import Glibc
import HTTP
import Routing
import Storage

/// Checks who sent a request and whether its route is for them.
struct Authentication {
    let keys: SigningKeys
    let verified: VerifiedTokens
    let tenants: Tenants.Snapshot
    let reader: ReaderConnection

    /// The caller of a request.
    ///
    /// - Parameters:
    ///   - route: the matched route.
    ///   - token: the token sent, if any.
    ///   - application: the application of the path.
    ///   - parameters: the path's values by the pattern's order.
    /// - Throws: `.unauthenticated` or `.forbidden`.
    func caller(
        of route: Route,
        token: PresentedToken,
        application: Application?,
        parameters: [String],
        isOperator: Bool,
        at now: Timestamp
    ) throws(Failure) -> Caller {
        if isOperator { return .operator }
        switch route.requirement {
        case .nobody:
            return .anonymous
        case .operator:
            // The administration routes don't exist for anybody else.
            throw .noSuchRoute
        case .openRegistration:
            if case .none = token {
                guard application?.settings.openRegistration == true else {
                    throw .forbidden(.registrationClosed)
                }
                return .anonymous
            }
            return try backend(try claims(token, at: now), of: application)
        case .application:
            return try backend(try claims(token, at: now), of: application)
        case .applicationOrUser(let parameter):
            let claims = try claims(token, at: now)
            guard claims.kind == .user else { return try backend(claims, of: application) }
            let user = try user(claims, of: application)
            let named = route.pattern.parameterNames.firstIndex(of: parameter).map { parameters[$0] } ?? ""
            guard Username(named) == user.username || UUID(named) == user.uuid else {
                throw .forbidden(.insufficientScope)
            }
            return .user(user)
        case .applicationOrAnyUser:
            let claims = try claims(token, at: now)
            guard claims.kind == .user else { return try backend(claims, of: application) }
            return .user(try user(claims, of: application))
        case .organization(let parameter):
            let named = route.pattern.parameterNames.firstIndex(of: parameter).map { parameters[$0] } ?? ""
            return try administrator(try claims(token, at: now), of: tenants.organization(named: named))
        }
    }

    private func claims(_ token: PresentedToken, at now: Timestamp) throws(Failure) -> TokenClaims {
        switch token {
        case .none:
            throw .unauthenticated(.missing)
        case .malformed:
            throw .unauthenticated(.corrupt)
        case .bearer(let text):
            do throws(TokenProblem) {
                return try verified.claims(text, with: keys, nowSeconds: now.seconds)
            } catch .expired {
                throw .unauthenticated(.expired)
            } catch {
                throw .unauthenticated(.corrupt)
            }
        }
    }

    /// The application's backend, or an administrator of its organisation.
    private func backend(_ claims: TokenClaims, of application: Application?) throws(Failure) -> Caller {
        guard let application else { throw .unauthenticated(.foreign) }
        switch claims.kind {
        case .applicationCredential:
            guard claims.tenant == application.id.rawValue else { throw .unauthenticated(.foreign) }
            let credential = application.credentials.first { $0.id.rawValue == claims.subject }
            guard let credential else { throw .unauthenticated(.revoked) }
            return .application(credential.id)
        case .organisationAdministrator:
            return try administrator(claims, of: application.organization.id)
        case .user:
            // Whether the user token is still good doesn't matter: it wouldn't be enough.
            throw claims.tenant == application.id.rawValue
                ? .forbidden(.insufficientScope) : .unauthenticated(.foreign)
        }
    }

    private func administrator(_ claims: TokenClaims, of organization: OrganizationID?) throws(Failure)
        -> Caller
    {
        guard claims.kind == .organisationAdministrator else { throw .forbidden(.insufficientScope) }
        guard claims.tenant == organization?.rawValue else { throw .unauthenticated(.foreign) }
        guard let known = tenants.administrator(AdministratorID(rawValue: claims.subject)),
            known.tokenGeneration == Int(claims.generation)
        else { throw .unauthenticated(.revoked) }
        return .administrator(known.id)
    }

    private func user(_ claims: TokenClaims, of application: Application?) throws(Failure) -> User {
        guard let application, claims.tenant == application.id.rawValue else {
            throw .unauthenticated(.foreign)
        }
        let user = try reader.read(application.id) { store throws(Failure) in
            try store.user(UserID(rawValue: claims.subject))
        }
        guard let user, user.isActivated, user.tokenGeneration == Int(claims.generation) else {
            throw .unauthenticated(.revoked)
        }
        return user
    }
}

/// What a request sent as its token.
enum PresentedToken {
    /// No Authorization field, or an empty one.
    case none
    /// A field of another scheme or form.
    case malformed
    /// The text behind `Bearer`.
    case bearer([UInt8])

    init(_ head: RequestHead) {
        let token: PresentedToken? = head.withValue("authorization") { (bytes: Span<UInt8>) in
            bytes.withUnsafeBufferPointer { PresentedToken($0) }
        }
        self = token ?? .none
    }

    private init(_ field: UnsafeBufferPointer<UInt8>) {
        let scheme: StaticString = "bearer"
        var end = 0
        var isBearer = true
        while end < field.count, field[end] != UInt8(ascii: " ") {
            if end >= scheme.utf8CodeUnitCount || field[end] | 0x20 != scheme.utf8Start[end] {
                isBearer = false
            }
            end += 1
        }
        isBearer = isBearer && end == scheme.utf8CodeUnitCount
        while end < field.count, field[end] == UInt8(ascii: " ") { end += 1 }
        let rest = UnsafeBufferPointer(rebasing: field[end...])
        let hasSpace = rest.baseAddress.map { memchr($0, Int32(UInt8(ascii: " ")), rest.count) != nil } ?? false
        if field.isEmpty || (isBearer && rest.isEmpty) {
            self = .none
        } else {
            self =
                isBearer && !hasSpace
                ? .bearer(Array(rest)) : .malformed
        }
    }
}
