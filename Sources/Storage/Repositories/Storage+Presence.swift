// The repository of published presence on SQLite.

import Domain

private enum PresenceQueries {
    static let devices = Query(
        """
        SELECT resource, status, note, published FROM device_presences
        WHERE application = ?1 AND user = ?2 ORDER BY resource
        """
    )
    static let subscriptions = Query(
        """
        SELECT users.username, presence_subscriptions.expires
        FROM presence_subscriptions CROSS JOIN users ON users.id = presence_subscriptions.followed
        WHERE presence_subscriptions.application = ?1 AND presence_subscriptions.user = ?2
            AND presence_subscriptions.expires > ?3
        ORDER BY presence_subscriptions.followed LIMIT ?4 OFFSET ?5
        """
    )
    static let count = Query(
        "SELECT count(*) FROM presence_subscriptions WHERE application = ?1 AND user = ?2 AND expires > ?3"
    )

    static let followers = Query(
        """
        SELECT user FROM presence_subscriptions
        WHERE application = ?1 AND followed = ?2 AND user > ?3 AND expires > ?4 ORDER BY user LIMIT ?5
        """
    )
    static let setDevice = Query(
        """
        INSERT INTO device_presences (application, user, resource, status, note, published)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (application, user, resource) DO UPDATE
        SET status = excluded.status, note = excluded.note, published = excluded.published
        """
    )
    static let deleteDevice = Query(
        "DELETE FROM device_presences WHERE application = ?1 AND user = ?2 AND resource = ?3"
    )
    static let subscribe = Query(
        """
        INSERT INTO presence_subscriptions (application, user, followed, expires) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (application, user, followed) DO UPDATE SET expires = excluded.expires
        """
    )
    static let unsubscribe = Query(
        "DELETE FROM presence_subscriptions WHERE application = ?1 AND user = ?2 AND followed = ?3"
    )
    static let deleteEnded = Query(
        "DELETE FROM presence_subscriptions WHERE application = ?1 AND user = ?2 AND expires <= ?3"
    )
}

extension TenantStore {
    func devicePresences(of user: UserID) throws(Failure) -> [DevicePresence] {
        try prepare(PresenceQueries.devices, user).rows {
            DevicePresence(
                resource: $0.text(0),
                status: $0.text(1),
                note: $0.text(2),
                published: $0.timestamp(3)
            )
        }
    }

    func presenceSubscriptions(
        of user: UserID,
        at now: Timestamp,
        offset: Int,
        limit: Int
    ) throws(Failure) -> [PresenceSubscription] {
        try prepare(PresenceQueries.subscriptions, user, now, limit, offset).rows {
            PresenceSubscription(name: $0.text(0), expires: $0.timestamp(1))
        }
    }

    func presenceSubscriptionCount(of user: UserID, at now: Timestamp) throws(Failure) -> Int {
        try prepare(PresenceQueries.count, user, now).first { $0.int(0) } ?? 0
    }

    func presenceFollowers(
        of user: UserID,
        at now: Timestamp,
        after follower: UserID?,
        limit: Int
    ) throws(Failure) -> [UserID] {
        try prepare(PresenceQueries.followers, user, follower?.rawValue ?? 0, now, limit).rows {
            $0.id(0)
        }
    }
}

extension SQLiteWriter {
    func setDevicePresence(_ presence: DevicePresence, of user: UserID) throws(Failure) {
        try prepare(
            PresenceQueries.setDevice,
            user,
            presence.resource,
            presence.status,
            presence.note,
            presence.published
        ).insert()
    }

    func deleteDevicePresence(_ resource: String, of user: UserID) throws(Failure) {
        try prepare(PresenceQueries.deleteDevice, user, resource).run()
    }

    func setPresenceSubscription(
        until expiry: Timestamp?,
        to other: UserID,
        of user: UserID
    ) throws(Failure) {
        try prepare(
            expiry == nil ? PresenceQueries.unsubscribe : PresenceQueries.subscribe,
            user,
            other,
            expiry
        ).insert()
    }

    func deletePresenceSubscriptions(of user: UserID, endedAt now: Timestamp) throws(Failure) {
        try prepare(PresenceQueries.deleteEnded, user, now).run()
    }
}
