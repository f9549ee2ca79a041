// The repository of history: stretches of messages by time, and the index of their texts.

/// The direction of messages of a conversation.
public enum MessageAudience: Equatable, Sendable {
    /// All.
    case everyone
    /// Those of the queue that don't come from this sender's own devices.
    case waiting(sender: String)
    /// Those of them that nobody can refuse.
    case unrefusable(sender: String)
}

/// Reads stretches of messages of the caller's application.
public protocol HistoryReader {
    /// Ids of a stretch of a conversation, or with nil of the application, in the range's direction, at most
    /// `limit`.
    ///
    /// Costs the index entries it returns, wherever the stretch begins. With `.waiting` and
    /// `.unrefusable`, for one conversation and forwards only, it also costs the rows passed over.
    func messageIDs(
        in conversation: ConversationID?,
        _ range: MessageRange,
        for audience: MessageAudience,
        limit: Int
    ) throws(Failure) -> [MessageID]
    /// Messages of a stretch of the application that were sent in a span of time, oldest first, at most `limit`.
    func messages(_ range: MessageRange, sent span: TimeSpan, limit: Int) throws(Failure) -> [Message]
    /// The stretch with all messages of a span of time whose ids run ahead of it; nil without any.
    ///
    /// Costs a look-up while ids follow the clock, else a row for each such message of the span.
    func aheadOfClock(_ span: TimeSpan) throws(Failure) -> MessageRange?
    /// The one of those messages that was sent last, no later than this; nil where there is none. One look-up.
    func lastAheadOfClock(through time: ExactTime) throws(Failure) -> MessageID?
    /// The first message of a stretch of a conversation, or with nil of the application, in the range's
    /// direction, that was sent in a span of time; nil without any.
    ///
    /// Costs the rows passed over.
    func firstMessage(
        in conversation: ConversationID?,
        _ range: MessageRange,
        sent span: TimeSpan
    ) throws(Failure) -> MessageID?
    /// Ids of messages whose text may match a query of three characters or more: all that do match, and maybe
    /// others.
    ///
    /// In the range's direction, at most `limit`. Costs a walk along the index entries of the query's rarest
    /// part.
    func candidateIDs(
        matching query: HistorySearch,
        in conversation: ConversationID?,
        _ range: MessageRange,
        limit: Int
    ) throws(Failure) -> [MessageID]
    /// Cuts the messages of an ascending stretch that were sent in a span of time into parts of so many
    /// messages and about so many bytes at most.
    ///
    /// - Returns: the first and the last message of each part; empty where there is no message. Reads every row of
    ///   the stretch.
    func parts(
        _ range: MessageRange,
        sent span: TimeSpan,
        maximumMessages: Int,
        maximumBytes: Int
    ) throws(Failure) -> [HistoryPart]
}
