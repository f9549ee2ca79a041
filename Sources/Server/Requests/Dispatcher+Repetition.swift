// Requests with a key: one at a time, answered from the store when they come again.

import Crypto
import Domain
import HTTP
import Reactor
import Routing
import Threads

/// The keys of the requests that are running, of the whole process.
final class RunningKeys: Sendable {
    /// A key, and the application that it is of; nil for calls on the tenants.
    struct Place: Hashable {
        let application: ApplicationID?
        let key: IdempotencyKey
    }

    private let places = Guarded<Set<Place>>([])

    /// Takes a key; false where a request has it.
    func take(_ place: Place) -> Bool { places.withLock { $0.insert(place).inserted } }

    /// Gives a key back.
    func give(back place: Place) { places.withLock { _ = $0.remove(place) } }
}

extension Dispatcher {
    /// Holds the request's key until its answer, or answers from the store.
    ///
    /// Whoever has the key has committed before it gives it back, so what isn't stored hasn't been run.
    ///
    /// - Parameter file: the digest of the file that came with it.
    /// - Returns: the request to be run; nil where it is answered.
    /// - Throws: `.invalid("Idempotency-Key", …)`, `.repetition`.
    func begin(_ incoming: Incoming, _ route: Route, _ answer: Answer, file: [UInt8] = []) throws(Failure)
        -> Incoming?
    {
        let (context, call) = (answer.context, incoming.call)
        guard let texts = context.keyTexts, route.takesKey, let owner = context.keyOwner else { return incoming }
        guard texts.count == 1, let text = texts.first, IdempotencyKey.isLegal(text) else {
            throw .invalid(
                field: "Idempotency-Key",
                texts.count == 1 ? .tooLong(maximum: 255, unit: "characters") : .repeated
            )
        }
        let key = IdempotencyKey(owner: owner, text: text)
        let place = RunningKeys.Place(application: call.tenant?.id, key: key)
        guard shared.running.take(place) else { throw .repetition(.running) }
        context.runningKey = place
        let repetition = Repetition(
            key: key,
            fingerprint: Self.fingerprint(incoming, route, file),
            veil: route.action.showsSecret ? veil(of: key) : nil
        )
        if let reply = try find(repetition, call), let response = repetition.response(repeating: reply) {
            release(answer, response)
            return nil
        }
        context.repetition = repetition
        return incoming.with(call.repeatable(as: repetition))
    }

    private func find(_ repetition: Repetition, _ call: Call) throws(Failure) -> StoredReply? {
        let (key, fingerprint, now) = (repetition.key, repetition.fingerprint, call.now)
        if let application = call.tenant?.id {
            return try reader.read(application) { store throws(Failure) in
                try ReplyRules.find(key, fingerprint: fingerprint, at: now, in: store)
            }
        }
        return try reader.administer { store throws(Failure) in
            try ReplyRules.find(key, fingerprint: fingerprint, at: now, in: store)
        }
    }

    /// The digest of what makes two requests the same one.
    private static func fingerprint(_ incoming: Incoming, _ route: Route, _ file: [UInt8]) -> [UInt8] {
        let target = incoming.call.target
        var bytes = Array("\(route.method.text) \(target.path)?".utf8)
        for (name, value) in target.decoded.query { bytes += Array("\(name)=\(value)&".utf8) }
        bytes.append(0)
        bytes += incoming.body
        bytes.append(0)
        bytes += file
        return SHA256.hash(bytes).bytes
    }

    private func veil(of key: IdempotencyKey) -> @Sendable ([UInt8]) -> [UInt8] {
        let secrets = shared.services.secrets
        return { secrets.veiled($0, under: "\(key.owner) \(key.text)") }
    }

    /// Answers a request: where it has a key and nothing is stored yet, once its reply is.
    ///
    /// That is so of reads, and of what was refused: the change's own transaction is rolled back then.
    func settle(_ answer: Answer, _ response: Response, _ source: StreamSession?, isStored: Bool) {
        let context = answer.context
        guard let repetition = context.repetition.take(), !isStored,
            ReplyRules.isStored(status: response.status.code)
        else {
            giveBackKey(of: context)
            return answer.reply(response, source)
        }
        let reply = repetition.stored(response, at: context.now)
        let (key, since) = (repetition.key, ReplyRules.oldest(at: context.now))
        let bound = LoopBound((self, answer, response, source), loop: loop)
        let completion: @Sendable (Result<Void, Failure>) -> Void = { _ in
            _ = bound.loop.post {
                let (dispatcher, answer, response, source) = bound.value
                dispatcher.giveBackKey(of: answer.context)
                answer.reply(response, source)
            }
        }
        let origin = Origin(server: "storeReply")
        let isQueued: Bool
        if let application = context.application?.id {
            isQueued = shared.database.write(
                application,
                by: origin,
                { store throws(Failure) in try store.store(reply, under: key, keepingSince: since) },
                completion: completion
            )
        } else {
            isQueued = shared.database.administer(
                by: origin,
                writing: { store throws(Failure) in try store.store(reply, under: key, keepingSince: since) },
                completion: completion
            )
        }
        guard !isQueued else { return }
        giveBackKey(of: context)
        answer.reply(response, source)
    }

    /// Lets others use the request's key.
    func giveBackKey(of context: RequestContext) {
        if let place = context.runningKey.take() { shared.running.give(back: place) }
    }
}

extension RequestContext {
    /// Whose its key is; nil for nobody's.
    fileprivate var keyOwner: String? {
        switch caller {
        case .application(let id): "client:\(id.rawValue)"
        case .manager(let user, let id): "client:\(id.rawValue) user:\(user.id.rawValue)"
        case .administrator(let id): "admin:\(id.rawValue)"
        case .operator: "operator:\(operatorID.map { String($0) } ?? "")"
        case .user(let user): "user:\(user.id.rawValue)"
        case .anonymous, nil: nil
        }
    }
}
