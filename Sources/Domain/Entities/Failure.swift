// Everything that can go wrong with a request, as one closed set that each dialect translates in full.

/// Why a request was refused.
///
/// Public text never carries a secret, SQL or a file path.
public enum Failure: Error, Equatable, Sendable {
    /// The body isn't readable at all (broken JSON, wrong form encoding…), with one sentence why.
    case malformedBody(String)
    /// A field of the body, the query or the path has a value that can't be.
    case invalid(field: String, InvalidReason)
    /// The caller didn't prove who it is.
    case unauthenticated(AuthenticationProblem)
    /// The caller is known and may not do this.
    case forbidden(Prohibition)
    /// Credentials presented to a token route are wrong.
    case wrongCredentials(CredentialProblem)
    /// The application's own endpoint doesn't allow it.
    case denied(Denial)
    /// The thing named doesn't exist in the caller's application.
    case notFound(Kind, id: String)
    /// A thing of that name exists already.
    case conflict(Kind, id: String)
    /// A set is full.
    case limitReached(Limit, maximum: Int)
    /// The state of a group or room doesn't allow it.
    case group(GroupProblem)
    /// A list in the request is longer than one call may carry.
    case tooMany(field: String, maximum: Int)
    /// No route has this path.
    case noSuchRoute
    /// The path exists, the method doesn't; the methods that do.
    case methodNotAllowed(allowed: [String])
    /// The body is larger than the route takes, in bytes.
    case bodyTooLarge(maximum: Int)
    /// The route needs another media type.
    case unsupportedMediaType(expected: String)
    /// The body is compressed in a way that isn't known; those that are.
    case unsupportedEncoding(known: [String])
    /// A request with a key that was used before.
    case repetition(RepetitionProblem)
    /// Too many calls (or failed log-ins) of this caller; when to try again.
    case throttled(retryAfterSeconds: Int)
    /// A mail couldn't be handed over.
    case mail(MailProblem)
    /// The server is at its bounds; when to try again.
    case overloaded(retryAfterSeconds: Int)
    /// The operator works on the server; when to try again.
    case underMaintenance(retryAfterSeconds: Int)
    /// The client's own time limit has passed. A change that was begun may still be carried out.
    case deadlineExceeded
    /// Storage failed; the reference is in the log beside the cause.
    case storage(reference: String)
}

/// The fault of a value.
public enum InvalidReason: Equatable, Sendable {
    /// The key is absent.
    case missing
    /// The value is empty.
    case empty
    /// The value has another type; what was expected ("a string", "an array of strings").
    case wrongType(expected: String)
    /// Longer than so many of the unit ("bytes", "characters", "elements").
    case tooLong(maximum: Int, unit: String)
    /// Outside the closed range.
    case outOfRange(minimum: Int64, maximum: Int64)
    /// Not of the legal form; the value as sent, cut to a sane length.
    case illegal(value: String)
    /// Not of the form that its kind has; what is wrong, as a sentence.
    case malformed(String)
    /// The same value stands twice in one list.
    case duplicate(value: String)
    /// Another member of the same object says the same thing, and has another value.
    case contradiction(with: String)
    /// It is the name of another message already.
    case taken(value: String)
    /// A single value is given more than once, so that two readers could take different ones.
    case repeated
    /// The cursor isn't one of ours, or is another collection's.
    case foreignCursor
    /// Names a thing that doesn't exist.
    case unknownReference(Kind, id: String)
    /// Refers to the caller or the owner itself where that makes no sense.
    case selfReference
    /// Something that has no case of its own, as the end of a sentence that begins with the field's name.
    case refused(String)
    /// Only known fields are taken here, and this isn't one.
    case unknownField
    /// The call changes many things, and doesn't know this query parameter.
    case unknownParameter
}

/// Why a caller isn't authenticated.
public enum AuthenticationProblem: Equatable, Sendable {
    /// No token at all.
    case missing
    /// The field for it is there, and no token in it.
    case blank
    /// The field isn't one scheme and one token.
    case malformed
    /// A token of another scheme.
    case otherScheme
    /// Not a token of this server, or its signature is wrong.
    case corrupt
    /// Past its time.
    case expired
    /// Ended before its time: credential revoked, password changed, user deactivated.
    case revoked
    /// The user whose it was is gone.
    case orphaned
    /// A good token of another application or organisation.
    case foreign
}

/// Why a known caller may not do something.
public enum Prohibition: Equatable, Sendable {
    /// The route needs another kind of caller (an application's, an organisation's administrator).
    case insufficientScope
    /// The caller's scopes lack these, which the call needs.
    case lacksScope(Scopes)
    /// The application is suspended.
    case suspended
    /// Only the application's managers may, and the user of this name isn't one of them.
    case notManager(String)
    /// Open registration is off and no token was sent.
    case registrationClosed
    /// The user is deactivated.
    case deactivated
    /// The user may not send, for a time.
    case muted
    /// Nobody may send in the group but those who keep it.
    case groupMuted
    /// The other user blocks this one.
    case blocked
    /// The application recalls no messages.
    case recallDisabled
    /// The file is read with its share secret only.
    case wrongShareSecret
    /// The session has no end-to-end encryption.
    case encryptionOff
    /// The user's role in the group doesn't have this permission.
    case permission(RolePermission)
}

/// The fault of presented credentials.
public enum CredentialProblem: Equatable, Sendable {
    /// No live credential has this client id.
    case unknownClient
    /// The secret isn't the client's.
    case wrongSecret
    /// User name or password is wrong; which one isn't said.
    case wrongPassword
    /// The `grant_type` isn't one this server knows.
    case unsupportedGrant(String)
    /// The scopes asked for aren't the client's, or aren't known.
    case invalidScope(String)
    /// The e-mail address has to be proven first.
    case unverified
    /// Too many wrong passwords; not even the right one is looked at for a time.
    case locked
}

/// Why a request that repeats a key isn't answered.
public enum RepetitionProblem: Equatable, Sendable {
    /// The first request is still running.
    case running
    /// The key was another request's: another method, path or body.
    case otherRequest
}

/// Why a mail wasn't handed over.
public enum MailProblem: Equatable, Sendable {
    /// The server has no mail system.
    case off
    /// The mail system doesn't take it for this address.
    case undeliverable
    /// The mail system failed, or took too long.
    case failed
}

/// The kinds of things with names.
public enum Kind: String, Equatable, Sendable {
    case organization, application, credential, administrator, user, contact, block, group, room, message,
        history, file,
        proposal, email, template, role, mute, webhook, delivery, client
}

/// The sets that have a maximum.
public enum Limit: String, Equatable, Sendable {
    case contacts, blocks, metadataBytes, memberMetadataBytes, roomMetadataKeys, edits, fileBytes,
        presenceSubscriptions, pushTemplates, roles, formerNames, webhooks, clients
}

extension InvalidReason {
    /// The fault, as the end of a sentence that begins with the field's name.
    public var explanation: String {
        switch self {
        case .missing: "is required"
        case .empty: "must not be empty"
        case .wrongType(let expected): "must be \(expected)"
        case .tooLong(let maximum, let unit): "must have at most \(maximum) \(unit)"
        case .outOfRange(let minimum, let maximum): "must be between \(minimum) and \(maximum)"
        case .illegal(let value): "[\(value)] is not legal"
        case .malformed(let explanation): "is malformed: \(explanation)"
        case .duplicate(let value): "[\(value)] stands twice in the list"
        case .contradiction(let other): "must have the value of its other spelling, \(other)"
        case .taken(let value): "[\(value)] is the name of another message"
        case .repeated: "must be given once only"
        case .foreignCursor: "is not a cursor of this collection"
        case .unknownReference(let kind, let id): "names the \(kind.rawValue) [\(id)], which does not exist"
        case .selfReference: "must not be the user itself"
        case .refused(let reason): reason
        case .unknownField: "is not a known field"
        case .unknownParameter: "is not a parameter of this call"
        }
    }
}
