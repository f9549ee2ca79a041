// The repository of subscriptions: whose comings and goings a user wants to hear of.

/// Reads subscriptions.
public protocol SubscriptionReader {
    /// Those whom the user has subscribed to, by key. Bounded by `PresenceRules.maximumSubscriptions`.
    func subscriptions(of id: UserID) throws(Failure) -> [User]
}

/// Changes subscriptions.
public protocol SubscriptionWriter: SubscriptionReader {
    /// Adds one; nothing happens when it is there.
    func insertSubscription(of id: UserID, to other: UserID) throws(Failure)
    /// Removes one, if there is one.
    func deleteSubscription(of id: UserID, to other: UserID) throws(Failure)
}
