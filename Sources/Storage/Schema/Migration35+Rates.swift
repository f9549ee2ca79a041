// How many calls applications and clients may make: migration 35.

extension Migration {
    /// `rates` is a text of groups, `messages:2/5` for two calls a second and five at once; empty for no limit.
    static let migration35Rates: StaticString = """
        ALTER TABLE applications ADD COLUMN rates TEXT NOT NULL DEFAULT '';
        ALTER TABLE credentials ADD COLUMN rates TEXT NOT NULL DEFAULT '';

        PRAGMA user_version = 35;
        """
}
