// The events that a committed change announces to the rest of the process.

/// A fact that others may have to act on, told only after its transaction is on disk.
public enum Event: Hashable, Sendable {
    /// Organisations, applications, credentials or administrators changed: what is kept of them in memory is stale.
    case directoryChanged
    /// The user's live connections must close and its tokens are dead.
    case userSignedOut(UserID)
    /// The user has another name from now on.
    case userRenamed(UserID)
    /// A message was stored, and is pushed to its connected receivers.
    case messageSent(MessageID)
    /// A message that isn't stored is pushed to its connected receivers.
    case liveMessageSent(Message)
    /// A message was recalled, and its possible readers are to be notified.
    case messageRecalled(Recall)
    /// A user has published its presence: who follows it is to get it.
    case presencePublished(UserID)
    /// A notice was kept for a user, who is to get it.
    case noticeKept(MessageID, for: UserID)
    /// The user has proven its e-mail address.
    case emailVerified(UserID)
    /// Files were removed: bytes may be nobody's now. Announced by the store, with each commit until they are
    /// looked after.
    case filesReleased
    /// Endpoints of webhooks were made, changed or removed.
    case webhooksChanged
    /// Events were recorded for endpoints of webhooks, or their deliveries queued anew. Announced by the store.
    case deliveriesQueued
    /// An import or export waits for its turn.
    case jobBegun(JobID)
}

/// An event of a committed transaction.
public struct CommittedEvent: Hashable, Sendable {
    /// The application of the transaction; nil for administration.
    public let application: ApplicationID?
    /// The event.
    public let event: Event

    /// Memberwise.
    public init(application: ApplicationID?, event: Event) {
        self.application = application
        self.event = event
    }
}
