// Clients' names of messages: migration 21.

extension Migration {
    /// - A digest tells whether a message sent again under its name says the same. Those of before have none: the content
    ///   that they were sent with may have been changed since, and what there is of it is compared.
    /// - The names of messages from before names were kept are in the extension that is stored with each: the earliest of a
    ///   sender's in a conversation has it, as the first one sent would have.
    static let migration21Names: StaticString = """
        ALTER TABLE message_names ADD COLUMN digest INTEGER;

        INSERT INTO message_names (application, name, sender, conversation, message)
            SELECT application, name, sender, conversation, id FROM
                (SELECT application, sender, conversation, id, CASE WHEN json_valid(CAST(ext AS TEXT))
                    AND json_type(CAST(ext AS TEXT), '$.clientMsgID') = 'text'
                    THEN json_extract(CAST(ext AS TEXT), '$.clientMsgID') END AS name
                FROM messages WHERE ext IS NOT NULL AND instr(ext, CAST('"clientMsgID"' AS BLOB)) > 0)
            WHERE length(name) BETWEEN 1 AND 64
            ORDER BY application, id
            ON CONFLICT (application, name, sender, conversation) DO NOTHING;

        PRAGMA user_version = 21;
        """
}
