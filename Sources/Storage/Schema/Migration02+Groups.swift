// The tables of groups and rooms: migration 2.

extension Migration {
    /// Groups, their members, lists, mutes and metadata; the bounds that an application sets for them.
    ///
    /// - A group's id is given by the writer; AUTOINCREMENT only keeps the largest one known after its group is gone.
    /// - `groups.owner` is the truth about the owner and has a row in `group_members` beside it. A deletion of that
    ///   user deletes the group, so a group can't be ownerless.
    /// - `place` orders a group's members. The owner's is the largest integer, so lists end with it, and as it
    ///   is unique, a second owner can't be stored.
    /// - Counts are kept by triggers, since deletions by cascade pass through no statement of ours.
    static let migration02Groups: StaticString = """
        ALTER TABLE applications ADD COLUMN maximum_group_members INTEGER NOT NULL DEFAULT 5000;
        ALTER TABLE applications ADD COLUMN maximum_room_members INTEGER NOT NULL DEFAULT 10000;
        ALTER TABLE applications ADD COLUMN maximum_joined_groups INTEGER NOT NULL DEFAULT 500;
        ALTER TABLE applications ADD COLUMN maximum_groups INTEGER NOT NULL DEFAULT 100000;
        ALTER TABLE applications ADD COLUMN group_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE applications ADD COLUMN room_count INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE groups (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            application INTEGER NOT NULL,
            kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
            owner INTEGER NOT NULL,
            created INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            member_count INTEGER NOT NULL DEFAULT 0,
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            public INTEGER NOT NULL CHECK (public IN (0, 1)),
            maximum_members INTEGER NOT NULL,
            needs_approval INTEGER NOT NULL CHECK (needs_approval IN (0, 1)),
            allows_invites INTEGER NOT NULL CHECK (allows_invites IN (0, 1)),
            needs_invite_consent INTEGER NOT NULL CHECK (needs_invite_consent IN (0, 1)),
            muted INTEGER NOT NULL DEFAULT 0 CHECK (muted IN (0, 1)),
            disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
            custom TEXT NOT NULL,
            announcement TEXT NOT NULL DEFAULT '',
            -- What members, lists and metadata refer to.
            UNIQUE (application, id),
            FOREIGN KEY (application, owner) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT;
        -- For the cascade only.
        CREATE INDEX groups_by_owner ON groups (application, owner);
        -- Pages of groups, and of rooms.
        CREATE INDEX groups_by_kind ON groups (application, kind, id);
        -- Pages of groups that anybody can find.
        CREATE INDEX groups_public ON groups (application, id) WHERE kind = 0 AND public = 1;

        CREATE TRIGGER groups_inserted AFTER INSERT ON groups BEGIN
            UPDATE applications
            SET group_count = group_count + (NEW.kind = 0), room_count = room_count + (NEW.kind = 1)
            WHERE id = NEW.application;
        END;
        CREATE TRIGGER groups_deleted AFTER DELETE ON groups BEGIN
            UPDATE applications
            SET group_count = group_count - (OLD.kind = 0), room_count = room_count - (OLD.kind = 1)
            WHERE id = OLD.application;
        END;

        CREATE TABLE group_members (
            application INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            user INTEGER NOT NULL,
            kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
            role INTEGER NOT NULL CHECK (role IN (0, 1, 2)),
            joined INTEGER NOT NULL,
            place INTEGER NOT NULL,
            PRIMARY KEY (application, group_id, user),
            FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
            CHECK ((role = 2) = (place = 9223372036854775807))
        ) STRICT, WITHOUT ROWID;
        -- Pages of members.
        CREATE UNIQUE INDEX group_members_by_place ON group_members (application, group_id, place);
        -- The few administrators among many members.
        CREATE INDEX group_administrators ON group_members (application, group_id, place) WHERE role = 1;
        -- A user's groups, and rooms.
        CREATE INDEX group_members_by_user ON group_members (application, user, kind, group_id);

        CREATE TRIGGER group_members_inserted AFTER INSERT ON group_members BEGIN
            UPDATE groups SET member_count = member_count + 1 WHERE id = NEW.group_id;
        END;
        CREATE TRIGGER group_members_deleted AFTER DELETE ON group_members BEGIN
            UPDATE groups SET member_count = member_count - 1 WHERE id = OLD.group_id;
        END;

        CREATE TABLE group_blocks (
            application INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            user INTEGER NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (application, group_id, user),
            FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX group_blocks_by_user ON group_blocks (application, user);

        -- The allow list is of members: leaving ends it.
        CREATE TABLE group_allowed (
            application INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            user INTEGER NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (application, group_id, user),
            FOREIGN KEY (application, group_id, user)
                REFERENCES group_members (application, group_id, user) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        -- Of users, not of members: leaving and coming back doesn't lift a mute.
        CREATE TABLE group_mutes (
            application INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            user INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            PRIMARY KEY (application, group_id, user),
            FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX group_mutes_by_user ON group_mutes (application, user);

        CREATE TABLE group_member_metadata (
            application INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            user INTEGER NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (application, group_id, user, key),
            FOREIGN KEY (application, group_id, user)
                REFERENCES group_members (application, group_id, user) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE room_metadata (
            application INTEGER NOT NULL,
            group_id INTEGER NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            owner INTEGER NOT NULL,
            ends_with_owner INTEGER NOT NULL CHECK (ends_with_owner IN (0, 1)),
            PRIMARY KEY (application, group_id, key),
            FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE,
            FOREIGN KEY (application, owner) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        -- For the cascade only.
        CREATE INDEX room_metadata_by_owner ON room_metadata (application, owner);

        CREATE TABLE room_administrators (
            application INTEGER NOT NULL,
            user INTEGER NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (application, user),
            FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 2;
        """
}
