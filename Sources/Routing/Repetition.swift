// A request with a key of the client's: its reply is stored in the transaction of its change, for a repetition.

public import Domain
public import HTTP

/// A key that is held while its request runs, and how its reply is stored.
public struct Repetition: Sendable {
    /// The key, with its owner.
    public let key: IdempotencyKey
    /// SHA-256 of method, target and body.
    public let fingerprint: [UInt8]
    /// Makes the body unreadable to who reads the database, where it shows a secret; nil where it shows none.
    ///
    /// The same function makes it readable again.
    public let veil: (@Sendable ([UInt8]) -> [UInt8])?

    /// Memberwise.
    public init(key: IdempotencyKey, fingerprint: [UInt8], veil: (@Sendable ([UInt8]) -> [UInt8])?) {
        self.key = key
        self.fingerprint = fingerprint
        self.veil = veil
    }

    /// What is stored of a response.
    public func stored(_ response: Response, at now: Timestamp) -> StoredReply {
        var body: [UInt8]?
        switch response.body {
        case .none: body = []
        case .bytes(let bytes) where bytes.count <= ReplyRules.maximumBodyBytes: body = veil?(bytes) ?? bytes
        case .bytes, .file, .stream: body = nil
        }
        return StoredReply(
            fingerprint: fingerprint,
            created: now,
            status: response.status.code,
            contentType: response.contentType?.description,
            body: body
        )
    }

    /// The response that repeats a stored reply; nil for a status that none has.
    public func response(repeating reply: StoredReply) -> Response? {
        guard let status = Status(rawValue: reply.status) else { return nil }
        var fields: [Response.Field] = [.line("Idempotent-Replayed: true\r\n")]
        guard let body = reply.body else {
            return Response(
                status,
                contentType: "application/json",
                fields: fields,
                body: .bytes(Array(Self.note.utf8))
            )
        }
        if let type = reply.contentType { fields.append(.text("Content-Type", type)) }
        return Response(status, fields: fields, body: body.isEmpty ? .none : .bytes(veil?(body) ?? body))
    }

    private static let note =
        #"{"note":"The request was carried out; its reply was too long to be stored."}"#
}

extension Outcome {
    /// The same with its response written, once that is stored for a repetition.
    fileprivate func stored(_ repetition: Repetition, at now: Timestamp, in store: any ReplyWriter) throws(Failure)
        -> Outcome
    {
        let response = response()
        guard ReplyRules.isStored(status: response.status.code) else { return self }
        try store.store(
            repetition.stored(response, at: now),
            under: repetition.key,
            keepingSince: ReplyRules.oldest(at: now)
        )
        return Outcome(written: response, session: session, pieces: pieces, reading: reading)
    }
}

extension Change where Store == any Writer, Result == Outcome {
    /// The same change, which stores its reply where the call has a key.
    func storingReply(of call: Call) -> Change {
        guard let repetition = call.repetition else { return self }
        return followed { outcome, writer throws(Failure) in
            try outcome.stored(repetition, at: call.now, in: writer)
        }
    }
}

extension Change where Store == any AdministrationWriter, Result == Outcome {
    /// The same change, which stores its reply where the call has a key.
    func storingReply(of call: Call) -> Change {
        guard let repetition = call.repetition else { return self }
        return followed { outcome, writer throws(Failure) in
            try outcome.stored(repetition, at: call.now, in: writer)
        }
    }
}

extension Action {
    /// The same action, whose reply shows a secret: what is stored of it for a repetition can't be read in the database.
    public var showingSecret: Action {
        var action = self
        action.showsSecret = true
        return action
    }
}

extension Route {
    /// The field of the head in which a client names a request that it may repeat.
    public static let keyField: StaticString = "idempotency-key"

    /// Whether its requests may have a key.
    public var takesKey: Bool {
        guard requirement != .open else { return false }
        switch method {
        case .post, .put, .delete: return frame == nil
        default: return false
        }
    }
}
