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
        var statement = try connection.prepare(PresenceQueries.devices)
        statement.bind(1, application)
        statement.bind(2, user)
        var devices: [DevicePresence] = []
        while try statement.step() {
            devices.append(
                DevicePresence(
                    resource: statement.text(0),
                    status: statement.text(1),
                    note: statement.text(2),
                    published: statement.timestamp(3)
                )
            )
        }
        return devices
    }

    func presenceSubscriptions(
        of user: UserID,
        at now: Timestamp,
        offset: Int,
        limit: Int
    ) throws(Failure) -> [PresenceSubscription] {
        var statement = try connection.prepare(PresenceQueries.subscriptions)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, now)
        statement.bind(4, limit)
        statement.bind(5, offset)
        var found: [PresenceSubscription] = []
        while try statement.step() {
            found.append(PresenceSubscription(name: statement.text(0), expires: statement.timestamp(1)))
        }
        return found
    }

    func presenceSubscriptionCount(of user: UserID, at now: Timestamp) throws(Failure) -> Int {
        var statement = try connection.prepare(PresenceQueries.count)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, now)
        return try statement.step() ? statement.int(0) : 0
    }

    func presenceFollowers(
        of user: UserID,
        at now: Timestamp,
        after follower: UserID?,
        limit: Int
    ) throws(Failure) -> [UserID] {
        var statement = try connection.prepare(PresenceQueries.followers)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, follower ?? UserID(rawValue: 0))
        statement.bind(4, now)
        statement.bind(5, limit)
        var followers: [UserID] = []
        while try statement.step() { followers.append(UserID(rawValue: statement.int64(0))) }
        return followers
    }
}

extension SQLiteWriter {
    func setDevicePresence(_ presence: DevicePresence, of user: UserID) throws(Failure) {
        var statement = try connection.prepare(PresenceQueries.setDevice)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, presence.resource)
        statement.bind(4, presence.status)
        statement.bind(5, presence.note)
        statement.bind(6, presence.published)
        _ = try statement.insert()
    }

    func deleteDevicePresence(_ resource: String, of user: UserID) throws(Failure) {
        var statement = try connection.prepare(PresenceQueries.deleteDevice)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, resource)
        try statement.run()
    }

    func setPresenceSubscription(
        until expiry: Timestamp?,
        to other: UserID,
        of user: UserID
    ) throws(Failure) {
        var statement = try connection.prepare(
            expiry == nil ? PresenceQueries.unsubscribe : PresenceQueries.subscribe
        )
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, other)
        statement.bind(4, expiry)
        _ = try statement.insert()
    }

    func deletePresenceSubscriptions(of user: UserID, endedAt now: Timestamp) throws(Failure) {
        var statement = try connection.prepare(PresenceQueries.deleteEnded)
        statement.bind(1, application)
        statement.bind(2, user)
        statement.bind(3, now)
        try statement.run()
    }
}
