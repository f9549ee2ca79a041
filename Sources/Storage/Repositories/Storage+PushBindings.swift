// The repository of bound devices on SQLite.

import Domain

private enum PushBindingQueries {
    static let ofUser = Query(
        """
        SELECT device, token, notifier FROM push_bindings WHERE application = ?1 AND user = ?2 ORDER BY device
        """
    )
    static let set = Query(
        """
        INSERT INTO push_bindings (application, user, device, token, notifier) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (application, user, device) DO UPDATE SET token = excluded.token, notifier = excluded.notifier
        """
    )
    static let delete = Query(
        "DELETE FROM push_bindings WHERE application = ?1 AND user = ?2 AND device = ?3"
    )
}

extension TenantStore {
    func pushBindings(of user: UserID) throws(Failure) -> [PushBinding] {
        try prepare(PushBindingQueries.ofUser, user).rows {
            PushBinding(device: $0.text(0), token: $0.text(1), notifier: $0.text(2))
        }
    }
}

extension SQLiteWriter {
    func setPushBinding(_ binding: PushBinding, of user: UserID) throws(Failure) {
        try prepare(PushBindingQueries.set, user, binding.device, binding.token, binding.notifier).insert()
    }

    func deletePushBinding(of device: String, of user: UserID) throws(Failure) {
        try prepare(PushBindingQueries.delete, user, device).run()
    }
}
