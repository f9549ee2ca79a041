// The repository of subscriptions on SQLite.

import Domain

private enum SubscriptionQueries {
    static let list = Query(
        "SELECT",
        userColumns,
        """
        FROM subscriptions CROSS JOIN users ON users.id = subscriptions.subject
        WHERE subscriptions.application = ?1 AND subscriptions.user = ?2 ORDER BY subscriptions.subject
        """
    )
    static let insert = Query(
        """
        INSERT INTO subscriptions (application, user, subject) VALUES (?1, ?2, ?3)
        ON CONFLICT (application, user, subject) DO NOTHING
        """
    )
    static let delete = Query(
        "DELETE FROM subscriptions WHERE application = ?1 AND user = ?2 AND subject = ?3"
    )
}

extension TenantStore {
    func subscriptions(of id: UserID) throws(Failure) -> [User] {
        var statement = try connection.prepare(SubscriptionQueries.list)
        statement.bind(1, application)
        statement.bind(2, id)
        var users: [User] = []
        while try statement.step() { users.append(statement.user()) }
        return users
    }
}

extension SQLiteWriter {
    func insertSubscription(of id: UserID, to other: UserID) throws(Failure) {
        var statement = try connection.prepare(SubscriptionQueries.insert)
        statement.bind(1, application)
        statement.bind(2, id)
        statement.bind(3, other)
        _ = try statement.insert()
    }

    func deleteSubscription(of id: UserID, to other: UserID) throws(Failure) {
        var statement = try connection.prepare(SubscriptionQueries.delete)
        statement.bind(1, application)
        statement.bind(2, id)
        statement.bind(3, other)
        try statement.run()
    }
}
