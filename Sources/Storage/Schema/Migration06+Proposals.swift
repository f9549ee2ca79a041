// The table of friend requests, group applications and invitations: migration 6.

extension Migration {
    /// Proposals of all three kinds, and how long they can be decided.
    ///
    /// - The unique index is the rule of one for each sender and subject. An absent end counts as 0 there, since NULLs
    ///   are all different from each other.
    /// - `handler` alone is no relation but a note: it is forgotten with the user, and the row stays.
    static let migration06Proposals: StaticString = """
        ALTER TABLE applications ADD COLUMN proposal_seconds INTEGER NOT NULL DEFAULT 604800;

        CREATE TABLE proposals (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL,
            kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),
            sender INTEGER NOT NULL,
            recipient INTEGER CHECK ((recipient IS NULL) = (kind = 1)),
            group_id INTEGER CHECK ((group_id IS NULL) = (kind = 0)),
            message TEXT NOT NULL,
            remark TEXT,
            created INTEGER NOT NULL,
            expires INTEGER,
            kept_until INTEGER,
            accepted INTEGER CHECK (accepted IN (0, 1)),
            decided INTEGER CHECK ((decided IS NULL) = (accepted IS NULL)),
            reply TEXT NOT NULL DEFAULT '',
            handler INTEGER REFERENCES users (id) ON DELETE SET NULL,
            FOREIGN KEY (application, sender) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, recipient) REFERENCES users (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE
        ) STRICT;
        CREATE UNIQUE INDEX proposals_by_subject
            ON proposals (application, sender, kind, ifnull(recipient, 0), ifnull(group_id, 0));
        -- Pages of what a user sent, was sent, and of a group's applications.
        CREATE INDEX proposals_by_sender ON proposals (application, sender, kind, id);
        CREATE INDEX proposals_by_recipient ON proposals (application, recipient, kind, id);
        CREATE INDEX proposals_by_group ON proposals (application, group_id, kind, id);
        -- What may be removed.
        CREATE INDEX proposals_by_end ON proposals (application, kept_until) WHERE kept_until IS NOT NULL;
        -- For the cascade only.
        CREATE INDEX proposals_by_handler ON proposals (handler) WHERE handler IS NOT NULL;

        PRAGMA user_version = 6;
        """
}
