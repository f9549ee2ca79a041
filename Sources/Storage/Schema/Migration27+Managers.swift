// The manager of newer clients: migration 27.

extension Migration {
    /// Applications that have the managers they were made with get `imAdmin`, the default of OpenIM from 3.6 on; others chose theirs.
    static let migration27Managers: StaticString = """
        UPDATE applications SET managers = managers || ' imAdmin'
            WHERE managers = 'openIM123456 openIM654321 openIMAdmin';

        PRAGMA user_version = 27;
        """
}
