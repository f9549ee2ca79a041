// The rows of sent messages, written by plain statements.

import Domain

/// Writes what sending a text to a user leaves on the disk.
///
/// Four statements a message: two inserts (the message, its text in the full-text index) and two updates by key (the
/// conversation, the sender's position). Without the index, three.
struct RawMessages {
    /// The values that differ from message to message.
    struct Row {
        let conversation: Int64
        let sequence: Int64
        /// A user's number, which is its key.
        let sender: Int
        let text: String
    }

    private let yardstick: SQLiteYardstick
    private let application: RawStatement.Parameter
    private let firstID: MessageID
    private let conversation: RawStatement
    private let message: RawStatement
    private let index: RawStatement?
    private let position: RawStatement

    /// - Parameters:
    ///   - folder: a stopped data folder.
    ///   - firstID: messages have the ids from here on, which no message has yet.
    ///   - indexesTexts: whether texts go into the full-text index.
    init(
        _ folder: String,
        of application: ApplicationID,
        firstID: MessageID,
        indexesTexts: Bool
    ) throws {
        let yardstick = try SQLiteYardstick(folder + "/parley.db")
        self.yardstick = yardstick
        self.application = .integer(application.rawValue)
        self.firstID = firstID
        conversation = try yardstick.statement(
            "UPDATE conversations SET last_sequence = ?2, last_message = ?3, last_sent = ?4 WHERE id = ?1"
        )
        message = try yardstick.statement(
            """
            INSERT INTO messages (application, id, conversation, sequence, sender, kind, flags, edits, text, sent)
            VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, ?6, ?7)
            """
        )
        let indexing = """
            INSERT INTO message_index (rowid, scope, text) VALUES (?1, char(983040 + (?2 >> 32 & 65535),
                983040 + (?2 >> 16 & 65535), 983040 + (?2 & 65535)), ?3)
            """
        index = indexesTexts ? try yardstick.statement(indexing) : nil
        position = try yardstick.statement(
            """
            UPDATE positions SET delivered = ?4, delivered_sequence = ?5, own_after_delivered = 0
            WHERE application = ?1 AND user = ?2 AND conversation = ?3
            """
        )
    }

    /// Writes a message for each number.
    ///
    /// - Returns: messages a second.
    func rate(of numbers: Range<Int>, perCommit: Int, _ row: (Int) -> Row) throws -> Double {
        try yardstick.rate(of: numbers, perCommit: perCommit) { number in
            let row = row(number)
            let id = RawStatement.Parameter.integer(firstID.rawValue + Int64(number))
            let (place, sequence) = (
                RawStatement.Parameter.integer(row.conversation), RawStatement.Parameter.integer(row.sequence)
            )
            let sent = RawStatement.Parameter.integer(Seed.moment.milliseconds + 1000)
            try conversation.run(place, sequence, id, sent)
            try message.run(
                application,
                id,
                place,
                sequence,
                .text(Seed.name(row.sender)),
                .text(row.text),
                sent
            )
            try index?.run(id, place, .text(row.text))
            try position.run(application, .integer(Int64(row.sender)), place, id, sequence)
        }
    }
}
