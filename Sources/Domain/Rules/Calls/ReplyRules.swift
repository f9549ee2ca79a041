// Repetitions: a request with a key runs once, and is answered from the store for a day.

/// The rules of repeated requests.
public enum ReplyRules {
    /// For how long a reply can be had again: 24 hours.
    public static let lifeSeconds: Int64 = 86_400
    /// Bytes of a body that is stored; of a longer one only the status is.
    public static let maximumBodyBytes = 64 << 10

    /// The oldest reply that still counts.
    public static func oldest(at now: Timestamp) -> Timestamp { now.adding(seconds: -lifeSeconds) }

    /// The reply to a request that was made before under the same key.
    ///
    /// - Throws: `.repetition(.otherRequest)` where the key was another request's.
    public static func find(
        _ key: IdempotencyKey,
        fingerprint: [UInt8],
        at now: Timestamp,
        in store: any ReplyReader
    ) throws(Failure) -> StoredReply? {
        guard let reply = try store.reply(to: key, since: oldest(at: now)) else { return nil }
        guard reply.fingerprint == fingerprint else { throw .repetition(.otherRequest) }
        return reply
    }

    /// Whether a reply of this status is stored: what succeeded, and what the request itself is to blame for.
    ///
    /// Another token, the state of the thing asked for or less haste may help against 401, 409, 413 and 429; against 5xx
    /// waiting.
    public static func isStored(status: Int) -> Bool {
        switch status {
        case 200..<400: true
        case 401, 409, 413, 422, 429: false
        case 400..<500: true
        default: false
        }
    }
}
