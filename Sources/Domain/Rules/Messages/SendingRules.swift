// Sending operations that clients named: for a day it can be asked whether they sent a message.

/// The stored outcomes of sends that clients named.
public enum SendingRules {
    /// How long an operation is known.
    public static let keptSeconds: Int64 = 86_400

    /// Notes that an operation sent a message.
    public static func note(
        _ operation: String,
        sent message: MessageID,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        // More go than come, so that they can't pile up.
        try store.forgetOperations(before: now.adding(seconds: -keptSeconds), limit: 4)
        try store.note(operation, sent: message, at: now)
    }
}
