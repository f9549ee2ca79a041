-- The tables of parley.db, as all migrations together leave them; a test holds this file to them.
-- Written by `make schema`, never by hand. Columns that a later migration added stand at the end of their table.

CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    checksum INTEGER NOT NULL,
    applied INTEGER NOT NULL
) STRICT;

CREATE TABLE organizations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE administrators (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organization INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    token_generation INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL
, role TEXT NOT NULL DEFAULT 'owner', applications TEXT NOT NULL DEFAULT '', operator INTEGER NOT NULL DEFAULT 0 CHECK (operator IN (0, 1))) STRICT;
CREATE INDEX administrators_by_organization ON administrators (organization);

CREATE TABLE applications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
    organization INTEGER NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    open_registration INTEGER NOT NULL CHECK (open_registration IN (0, 1)),
    maximum_contacts INTEGER NOT NULL,
    maximum_blocks INTEGER NOT NULL,
    maximum_names INTEGER NOT NULL,
    maximum_registrations INTEGER NOT NULL, maximum_group_members INTEGER NOT NULL DEFAULT 5000, maximum_room_members INTEGER NOT NULL DEFAULT 10000, maximum_joined_groups INTEGER NOT NULL DEFAULT 500, maximum_groups INTEGER NOT NULL DEFAULT 100000, group_count INTEGER NOT NULL DEFAULT 0, room_count INTEGER NOT NULL DEFAULT 0, maximum_message_bytes INTEGER NOT NULL DEFAULT 5120, maximum_text_bytes INTEGER NOT NULL DEFAULT 4096, recall_seconds INTEGER NOT NULL DEFAULT 120, maximum_file_bytes INTEGER NOT NULL DEFAULT 10737418240, file_bytes INTEGER NOT NULL DEFAULT 0, managers TEXT NOT NULL DEFAULT 'openIM123456 openIM654321 openIMAdmin', proposal_seconds INTEGER NOT NULL DEFAULT 604800, removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)), requires_email_verification INTEGER NOT NULL DEFAULT 0
    CHECK (requires_email_verification IN (0, 1)), suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)), token_seconds INTEGER NOT NULL DEFAULT 0, checks_recipients INTEGER NOT NULL DEFAULT 0
    CHECK (checks_recipients IN (0, 1)), product_name TEXT NOT NULL DEFAULT '', about TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT 'online', rates TEXT NOT NULL DEFAULT '',
    UNIQUE (organization, name)
) STRICT;
CREATE INDEX applications_removed ON applications (id) WHERE removed = 1;

CREATE TABLE credentials (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL UNIQUE,
    secret_hash BLOB NOT NULL,
    created INTEGER NOT NULL
, derivation INTEGER, name TEXT NOT NULL DEFAULT 'default', scopes INTEGER NOT NULL DEFAULT 65535, expires INTEGER, last_used INTEGER, former_hash BLOB, former_expires INTEGER, rates TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX credentials_by_application ON credentials (application, id);

CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    activated INTEGER NOT NULL DEFAULT 1 CHECK (activated IN (0, 1)),
    token_generation INTEGER NOT NULL DEFAULT 0,
    nickname TEXT,
    display_style INTEGER,
    no_disturbing INTEGER CHECK (no_disturbing IN (0, 1)),
    no_disturbing_start INTEGER,
    no_disturbing_end INTEGER,
    notifier_name TEXT,
    device_token TEXT,
    password_hash TEXT NOT NULL, icon TEXT, gender INTEGER NOT NULL DEFAULT 0 CHECK (gender BETWEEN 0 AND 2), mobile TEXT, birth TEXT, email TEXT, extra TEXT, message_option INTEGER NOT NULL DEFAULT 0 CHECK (message_option BETWEEN 0 AND 2), account_level INTEGER NOT NULL DEFAULT 1 CHECK (account_level IN (1, 3, 4)),
    -- A user by name.
    UNIQUE (application, username_key),
    -- Pages by registration; what the relations refer to.
    UNIQUE (application, id)
) STRICT;
CREATE INDEX users_by_level ON users (application, id) WHERE account_level > 1;

CREATE TABLE contacts (
    application INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    contact INTEGER NOT NULL,
    created INTEGER NOT NULL,
    remark TEXT, is_pinned INTEGER NOT NULL DEFAULT 0 CHECK (is_pinned IN (0, 1)), extra TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (application, owner, contact),
    FOREIGN KEY (application, owner) REFERENCES users (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, contact) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_by_contact ON contacts (application, contact);
CREATE TRIGGER contacts_added AFTER INSERT ON contacts BEGIN
    INSERT INTO relation_counts (application, owner, contacts) VALUES (NEW.application, NEW.owner, 1)
        ON CONFLICT (application, owner) DO UPDATE SET contacts = contacts + 1;
END;
CREATE TRIGGER contacts_removed AFTER DELETE ON contacts BEGIN
    UPDATE relation_counts SET contacts = contacts - 1
        WHERE application = OLD.application AND owner = OLD.owner;
    DELETE FROM relation_counts
        WHERE application = OLD.application AND owner = OLD.owner AND contacts = 0 AND blocks = 0;
END;

CREATE TABLE blocks (
    application INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    blocked INTEGER NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (application, owner, blocked),
    FOREIGN KEY (application, owner) REFERENCES users (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, blocked) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_by_blocked ON blocks (application, blocked);
CREATE TRIGGER blocks_added AFTER INSERT ON blocks BEGIN
    INSERT INTO relation_counts (application, owner, blocks) VALUES (NEW.application, NEW.owner, 1)
        ON CONFLICT (application, owner) DO UPDATE SET blocks = blocks + 1;
END;
CREATE TRIGGER blocks_removed AFTER DELETE ON blocks BEGIN
    UPDATE relation_counts SET blocks = blocks - 1
        WHERE application = OLD.application AND owner = OLD.owner;
    DELETE FROM relation_counts
        WHERE application = OLD.application AND owner = OLD.owner AND contacts = 0 AND blocks = 0;
END;

CREATE TABLE mutes (
    application INTEGER NOT NULL,
    username_key TEXT NOT NULL,
    user INTEGER NOT NULL,
    chat INTEGER,
    groupchat INTEGER,
    chatroom INTEGER,
    PRIMARY KEY (application, username_key),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX mutes_by_user ON mutes (application, user);

CREATE TABLE user_metadata (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, expires INTEGER,
    PRIMARY KEY (application, user, key),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE probe (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    written INTEGER NOT NULL
) STRICT;

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
    disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    custom TEXT NOT NULL,
    announcement TEXT NOT NULL DEFAULT '', alias TEXT, icon TEXT NOT NULL DEFAULT '', mute_expires INTEGER, large INTEGER NOT NULL DEFAULT 0 CHECK (large IN (0, 1)),
    -- What members, lists and metadata refer to.
    UNIQUE (application, id),
    FOREIGN KEY (application, owner) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX groups_by_alias ON groups (application, alias) WHERE alias IS NOT NULL;
CREATE INDEX groups_by_kind ON groups (application, kind, id);
CREATE INDEX groups_by_owner ON groups (application, owner);
CREATE INDEX groups_public ON groups (application, id) WHERE kind = 0 AND public = 1;
CREATE TRIGGER groups_begin_conversation AFTER INSERT ON groups BEGIN
    INSERT INTO conversations (application, kind, key, name)
    VALUES (NEW.application, NEW.kind + 1, CAST(NEW.id AS TEXT), CAST(NEW.id AS TEXT))
    ON CONFLICT (application, kind, key) DO NOTHING;
END;
CREATE TRIGGER groups_deleted AFTER DELETE ON groups BEGIN
    UPDATE applications
    SET group_count = group_count - (OLD.kind = 0), room_count = room_count - (OLD.kind = 1)
    WHERE id = OLD.application;
END;
CREATE TRIGGER groups_inserted AFTER INSERT ON groups BEGIN
    UPDATE applications
    SET group_count = group_count + (NEW.kind = 0), room_count = room_count + (NEW.kind = 1)
    WHERE id = NEW.application;
END;

CREATE TABLE group_members (
    application INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    user INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
    role INTEGER NOT NULL CHECK (role IN (0, 1, 2)),
    joined INTEGER NOT NULL,
    place INTEGER NOT NULL, nickname TEXT NOT NULL DEFAULT '', icon TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (application, group_id, user),
    FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
    CHECK ((role = 2) = (place = 9223372036854775807))
) STRICT, WITHOUT ROWID;
CREATE INDEX group_administrators ON group_members (application, group_id, place) WHERE role = 1;
CREATE UNIQUE INDEX group_members_by_place ON group_members (application, group_id, place);
CREATE INDEX group_members_by_user ON group_members (application, user, kind, group_id);
CREATE TRIGGER group_members_deleted AFTER DELETE ON group_members BEGIN
    UPDATE groups SET member_count = member_count - 1 WHERE id = OLD.group_id;
END;
CREATE TRIGGER group_members_inserted AFTER INSERT ON group_members BEGIN
    UPDATE groups SET member_count = member_count + 1 WHERE id = NEW.group_id;
END;
CREATE TRIGGER group_members_leave_position AFTER DELETE ON group_members BEGIN
    DELETE FROM positions
    WHERE application = OLD.application AND user = OLD.user AND conversation =
        (SELECT id FROM conversations
        WHERE application = OLD.application AND kind = OLD.kind + 1 AND key = CAST(OLD.group_id AS TEXT));
END;
CREATE TRIGGER group_members_take_position AFTER INSERT ON group_members BEGIN
    INSERT INTO positions (application, user, conversation, visible_after, delivered, delivered_sequence,
        own_after_delivered, hidden_through)
    SELECT NEW.application, NEW.user, id, last_message, last_message, last_sequence, 0, 0 FROM conversations
    WHERE application = NEW.application AND kind = NEW.kind + 1 AND key = CAST(NEW.group_id AS TEXT)
    ON CONFLICT (application, user, conversation) DO NOTHING;
END;

CREATE TABLE group_blocks (
    application INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    user INTEGER NOT NULL,
    created INTEGER NOT NULL, expires INTEGER,
    PRIMARY KEY (application, group_id, user),
    FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX group_blocks_by_expiry ON group_blocks (application, group_id, expires)
    WHERE expires IS NOT NULL;
CREATE INDEX group_blocks_by_user ON group_blocks (application, user);

CREATE TABLE group_allowed (
    application INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    user INTEGER NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (application, group_id, user),
    FOREIGN KEY (application, group_id, user)
        REFERENCES group_members (application, group_id, user) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE group_mutes (
    application INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    user INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (application, group_id, user),
    FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
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
CREATE INDEX room_metadata_by_owner ON room_metadata (application, owner);

CREATE TABLE room_administrators (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (application, user),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2, 3)),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    last_sequence INTEGER NOT NULL DEFAULT 0,
    last_message INTEGER NOT NULL DEFAULT 0, last_sent INTEGER,
    UNIQUE (application, kind, key)
) STRICT;

CREATE TABLE messages (
    application INTEGER NOT NULL,
    id INTEGER NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    sequence INTEGER,
    sender TEXT NOT NULL,
    kind INTEGER NOT NULL,
    -- 1 recalled, 2 returns to its sender, 4 for some members only.
    flags INTEGER NOT NULL,
    edits INTEGER NOT NULL,
    text TEXT,
    body BLOB,
    ext BLOB, sent INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (application, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_ahead ON messages (application, sent) WHERE id >> 12 > sent - 1577836800000;
CREATE INDEX messages_by_conversation ON messages (conversation, id);
CREATE INDEX messages_uncounted ON messages (conversation, id) WHERE flags & 9 <> 0;
CREATE INDEX messages_unrefusable ON messages (conversation, id) WHERE flags & 16 <> 0;

CREATE TABLE positions (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    visible_after INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    delivered_sequence INTEGER NOT NULL,
    own_after_delivered INTEGER NOT NULL,
    hidden_through INTEGER NOT NULL,
    PRIMARY KEY (application, user, conversation),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX positions_by_conversation ON positions (conversation);

CREATE TABLE message_recipients (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    message INTEGER NOT NULL,
    delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)), is_queued INTEGER NOT NULL DEFAULT 1 CHECK (is_queued IN (0, 1)),
    PRIMARY KEY (application, user, message),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX message_recipients_by_message ON message_recipients (application, message);
CREATE INDEX message_recipients_waiting ON message_recipients (application, user, message)
    WHERE delivered = 0;

CREATE VIRTUAL TABLE message_index USING fts5 (
    scope, text, content = '', columnsize = 0, detail = none, tokenize = 'trigram'
);

CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
    owner INTEGER REFERENCES users (id) ON DELETE SET NULL,
    owner_name TEXT NOT NULL,
    group_id INTEGER,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    share_secret TEXT,
    created INTEGER NOT NULL, expires INTEGER,
    FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX files_by_digest ON files (digest);
CREATE INDEX files_by_end ON files (application, expires) WHERE expires IS NOT NULL;
CREATE INDEX files_by_group ON files (application, group_id, id);
CREATE INDEX files_by_owner ON files (owner) WHERE owner IS NOT NULL;
CREATE TRIGGER files_deleted AFTER DELETE ON files BEGIN
    UPDATE applications SET file_bytes = file_bytes - OLD.size WHERE id = OLD.application;
    INSERT OR IGNORE INTO released_files (digest) VALUES (OLD.digest);
END;
CREATE TRIGGER files_inserted AFTER INSERT ON files BEGIN
    UPDATE applications SET file_bytes = file_bytes + NEW.size WHERE id = NEW.application;
END;

CREATE TABLE released_files (
    digest BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE session_generations (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    platform INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (application, user, platform),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

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
CREATE INDEX proposals_by_end ON proposals (application, kept_until) WHERE kept_until IS NOT NULL;
CREATE INDEX proposals_by_group ON proposals (application, group_id, kind, id);
CREATE INDEX proposals_by_handler ON proposals (handler) WHERE handler IS NOT NULL;
CREATE INDEX proposals_by_recipient ON proposals (application, recipient, kind, id);
CREATE INDEX proposals_by_sender ON proposals (application, sender, kind, id);
CREATE UNIQUE INDEX proposals_by_subject
    ON proposals (application, sender, kind, ifnull(recipient, 0), ifnull(group_id, 0));

CREATE TABLE emails (
    application INTEGER NOT NULL,
    key TEXT NOT NULL,
    address TEXT NOT NULL,
    user INTEGER NOT NULL, verified INTEGER NOT NULL DEFAULT 1 CHECK (verified IN (0, 1)),
    PRIMARY KEY (application, key),
    UNIQUE (application, user),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE message_removals (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (application, user, message),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX message_removals_by_message ON message_removals (application, message);

CREATE TABLE message_options (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2, 3)),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    option INTEGER NOT NULL CHECK (option IN (0, 1, 2)),
    PRIMARY KEY (application, user, kind, key),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE device_presences (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    resource TEXT NOT NULL,
    status TEXT NOT NULL,
    note TEXT NOT NULL,
    published INTEGER NOT NULL,
    PRIMARY KEY (application, user, resource),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE presence_subscriptions (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    followed INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (application, user, followed),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, followed) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_subscriptions_by_followed ON presence_subscriptions (application, followed);

CREATE TABLE push_preferences (
    id INTEGER PRIMARY KEY,
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    peer INTEGER,
    group_id INTEGER CHECK ((group_id IS NULL) = (peer IS NOT NULL)),
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    quiet_start INTEGER CHECK (quiet_start BETWEEN 0 AND 1439),
    quiet_end INTEGER CHECK (quiet_end BETWEEN 0 AND 1439),
    quiet_until INTEGER,
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, peer) REFERENCES users (application, id) ON DELETE CASCADE,
    FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX push_preferences_by_group ON push_preferences (application, group_id) WHERE group_id IS NOT NULL;
CREATE INDEX push_preferences_by_peer ON push_preferences (application, peer) WHERE peer IS NOT NULL;
CREATE UNIQUE INDEX push_preferences_by_subject
    ON push_preferences (application, user, ifnull(peer, 0), ifnull(group_id, 0));

CREATE TABLE push_languages (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    language TEXT NOT NULL,
    PRIMARY KEY (application, user),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE push_templates (
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (application, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_roles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    permissions INTEGER NOT NULL,
    UNIQUE (application, group_id, id),
    FOREIGN KEY (application, group_id) REFERENCES groups (application, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE group_member_roles (
    application INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    user INTEGER NOT NULL,
    role INTEGER NOT NULL,
    PRIMARY KEY (application, group_id, user),
    FOREIGN KEY (application, group_id, user)
        REFERENCES group_members (application, group_id, user) ON DELETE CASCADE,
    FOREIGN KEY (application, group_id, role)
        REFERENCES group_roles (application, group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX group_member_roles_by_role ON group_member_roles (application, group_id, role);

CREATE TABLE server (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    maintenance INTEGER NOT NULL CHECK (maintenance IN (0, 1))
) STRICT;

CREATE TABLE message_names (
    application INTEGER NOT NULL,
    name TEXT NOT NULL,
    sender TEXT NOT NULL,
    conversation INTEGER NOT NULL,
    message INTEGER NOT NULL, digest INTEGER,
    PRIMARY KEY (application, name, sender, conversation),
    FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX message_names_by_message ON message_names (application, message);

CREATE TABLE message_operations (
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    operation TEXT NOT NULL,
    message INTEGER NOT NULL, noted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (application, operation)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_operations_by_time ON message_operations (application, noted);

CREATE TABLE email_verifications (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    secret_hash BLOB NOT NULL,
    sent INTEGER NOT NULL,
    PRIMARY KEY (application, user),
    FOREIGN KEY (application, user) REFERENCES emails (application, user) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE notices (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    id INTEGER NOT NULL,
    proposal INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    is_answer INTEGER NOT NULL CHECK (is_answer IN (0, 1)),
    PRIMARY KEY (application, user, id),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_by_id ON notices (id);
CREATE INDEX notices_by_proposal ON notices (proposal);

CREATE TABLE message_recalls (
    application INTEGER NOT NULL,
    id INTEGER NOT NULL,
    message INTEGER NOT NULL,
    conversation INTEGER NOT NULL, made INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (application, id),
    FOREIGN KEY (application, message) REFERENCES messages (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX message_recalls_by_conversation ON message_recalls (conversation, id);
CREATE INDEX message_recalls_by_message ON message_recalls (application, message);

CREATE TABLE refused_stretches (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    after_message INTEGER NOT NULL,
    through_message INTEGER,
    PRIMARY KEY (application, user, conversation, after_message),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX refused_stretches_by_conversation ON refused_stretches (application, conversation);

CREATE TABLE relation_counts (
    application INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    contacts INTEGER NOT NULL DEFAULT 0,
    blocks INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (application, owner)
) STRICT, WITHOUT ROWID;

CREATE TABLE renamings (
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    stored_key TEXT NOT NULL,
    stored TEXT NOT NULL,
    name_key TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (application, stored_key),
    UNIQUE (application, name_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_names (
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    name_key TEXT NOT NULL,
    user INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (application, name_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_names_by_user ON kept_names (application, user, expires);

CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    format TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    timeout_ms INTEGER NOT NULL,
    inquiry TEXT,
    failure_policy TEXT NOT NULL,
    messages INTEGER,
    secret BLOB NOT NULL,
    previous_secret BLOB,
    previous_until INTEGER,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    failing_since INTEGER,
    disabled_reason TEXT,
    rule BLOB
) STRICT;
CREATE INDEX webhooks_by_application ON webhooks (application, id);

CREATE TABLE webhook_events (
    id INTEGER PRIMARY KEY,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    lane INTEGER NOT NULL,
    created INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX webhook_events_by_application ON webhook_events (application, id);

CREATE TABLE webhook_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    webhook INTEGER NOT NULL,
    event INTEGER NOT NULL,
    name TEXT NOT NULL,
    lane INTEGER NOT NULL,
    created INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
    attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER,
    attempted INTEGER,
    status INTEGER,
    error TEXT,
    duration_ms INTEGER,
    request_fields TEXT,
    request_body TEXT,
    response_fields TEXT,
    response_body TEXT
) STRICT;
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (application, webhook, state, id);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (application, webhook, due) WHERE state = 1;

CREATE TABLE webhook_chores (
    id INTEGER PRIMARY KEY,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    webhook INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    first_event INTEGER NOT NULL,
    row_end INTEGER NOT NULL,
    after_time INTEGER NOT NULL,
    before_time INTEGER NOT NULL,
    selectors TEXT NOT NULL
) STRICT;
CREATE INDEX webhook_chores_by_application ON webhook_chores (application, id);

CREATE TABLE announced_online (
    application INTEGER NOT NULL,
    user INTEGER NOT NULL,
    PRIMARY KEY (application, user),
    FOREIGN KEY (application, user) REFERENCES users (application, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    application INTEGER NOT NULL,
    id INTEGER NOT NULL,
    time INTEGER NOT NULL,
    caller TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    request TEXT NOT NULL,
    route TEXT NOT NULL,
    target TEXT NOT NULL,
    outcome INTEGER NOT NULL CHECK (outcome IN (0, 1)),
    reason TEXT,
    count INTEGER,
    PRIMARY KEY (application, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE replies (
    application INTEGER NOT NULL,
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    created INTEGER NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    body BLOB,
    PRIMARY KEY (application, owner, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX replies_by_age ON replies (created);
