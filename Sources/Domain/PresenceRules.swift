// Who wants to hear of whose comings and goings.

/// What may be done with subscriptions.
public enum PresenceRules {
    /// Users that one user may subscribe to.
    public static let maximumSubscriptions = 1000

    /// Subscribes a user to others, all or none.
    ///
    /// - Throws: `.notFound(.user, …)`, `.limitReached(.subscriptions, …)`.
    public static func subscribe(
        _ name: String, to others: [Username], in store: any Writer
    ) throws(Failure) -> [User] {
        let user = try UserRules.find(name, in: store)
        var found: [User] = []
        for other in others {
            let other = try UserRules.find(other.text, in: store)
            try store.insertSubscription(of: user.id, to: other.id)
            found.append(other)
        }
        guard try store.subscriptions(of: user.id).count <= maximumSubscriptions else {
            throw .limitReached(.subscriptions, maximum: maximumSubscriptions)
        }
        return found
    }

    /// Ends subscriptions; nothing happens where there is none.
    ///
    /// - Throws: `.notFound(.user, …)` for the subscriber.
    public static func unsubscribe(
        _ name: String, from others: [Username], in store: any Writer
    ) throws(Failure) {
        let user = try UserRules.find(name, in: store)
        for other in others {
            guard let other = try store.user(named: other) else { continue }
            try store.deleteSubscription(of: user.id, to: other.id)
        }
    }

    /// Those whom a user has subscribed to.
    ///
    /// - Throws: `.notFound(.user, …)`.
    public static func subscriptions(of name: String, in store: any Reader) throws(Failure) -> [User] {
        try store.subscriptions(of: UserRules.find(name, in: store).id)
    }
}
