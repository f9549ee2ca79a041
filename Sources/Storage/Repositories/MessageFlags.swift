// The bits of the column `messages.flags`, and the numbers that queries ask for them by.

/// The flags of a message.
///
/// Queries name bits by their numbers, since no text of SQL is put together: `flags & 9` is recalled or uncounted, which no
/// count of waiting messages includes; `flags & 2` returns to its sender; `flags & 16` can't be refused.
struct MessageFlags: OptionSet {
    let rawValue: Int

    /// 1: its content is gone.
    static let recalled = MessageFlags(rawValue: 1)
    /// 2: it waits for its sender's other devices, too.
    static let returnsToSender = MessageFlags(rawValue: 2)
    /// 4: it is for some members of its group only, those in `message_recipients`.
    static let directed = MessageFlags(rawValue: 4)
    /// 8: it isn't counted among those that wait.
    static let uncounted = MessageFlags(rawValue: 8)
    /// 16: no receiver can refuse it.
    static let unrefusable = MessageFlags(rawValue: 16)
}
