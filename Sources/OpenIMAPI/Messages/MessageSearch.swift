// Searching all messages of the application.

import Domain
import Routing

/// Searching all messages of the application.
enum MessageSearch {
    struct Search: Fields {
        let sender: Username?
        let receiver: String?
        let contentType: Int?
        let sessionType: Int?
        let text: String?
        let day: String?
        let pagination: Pagination?

        static let schemaName = "MessageSearch"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            sender = try fields.optional(.sender, .username)
            receiver = try fields.optional(.receiver, .text(0...64))
            contentType = try fields.optional(
                Spelling("msgType", "msgType", "contentType"),
                .integer(0...2000)
            )
            sessionType = try fields.optional(.sessionType, .integer(0...4))
            text = try fields.optional(.content, .text(0...HistorySearch.maximumCharacters))
            day = try fields.optional(Spelling("sendTime"), .text(0...10))
            pagination = try fields.optional(Spelling("pagination"), Pagination.inside)
        }

        /// The day as a stretch of time; nil where none was asked for.
        var start: Timestamp? {
            get throws(Failure) {
                guard let day, !day.isEmpty else { return nil }
                guard day.utf8.count == 10, let hour = HistoryHour(day.filter { $0 != "-" } + "00") else {
                    throw .invalid(field: "sendTime", .illegal(value: day))
                }
                return hour.start
            }
        }
    }

    /// One message found.
    struct Found: SpelledObject {
        let record: MessageRecord

        static let schemaName: String? = "FoundMessage"
        static let fields: [SpelledField<Found>] = [
            .field(Spelling("chatLog")) { $0.record },
            .field(Spelling("isRevoked")) { $0.record.message.isRecalled },
        ]
    }

    struct Results: SpelledObject, AnswerContent {
        let found: [Found]
        let total: Int

        static let fields: [SpelledField<Results>] = [
            .field(Spelling("chatLogs")) { $0.found },
            .field(Spelling("chatLogsNum")) { $0.total },
        ]
    }

    /// Pages of history that one search reads: at most a hundred thousand messages.
    private static let maximumPages = 10

    /// Newest first.
    ///
    /// Hits count among the examined messages, whose number is bounded.
    static func search(_ call: Call, _ input: Search, _ store: any Reader) throws(Failure) -> Answer<Results>
    {
        let start = try input.start
        let query = HistoryQuery(
            scope: .application,
            sender: input.sender?.text,
            receiver: try receiver(input.receiver, store),
            search: input.text.flatMap(HistorySearch.init),
            after: start,
            before: start?.adding(seconds: 86_400)
        )
        var messages: [Message] = []
        var cursor: String?
        var pages = 0
        repeat {
            let page = try HistoryRules.page(
                1000,
                of: query,
                after: cursor,
                application: call.application.id,
                in: store
            )
            messages += page.elements.filter { input.admits($0) }
            cursor = page.next?.text
            pages += 1
        } while cursor != nil && pages < maximumPages
        let pagination = input.pagination
        let wanted = messages.dropFirst(pagination?.offset ?? 0).prefix(pagination?.limit ?? 100)
        var faces = MessageFaces(store)
        let records = try faces.records(Array(wanted))
        return Answer(
            call,
            Results(found: records.map(Found.init), total: messages.count),
            reading: MessageReading(count: records.count, place: "q=\(input.text ?? "")")
        )
    }

    /// Groups are named by their alias, too.
    private static func receiver(_ name: String?, _ store: any Reader) throws(Failure) -> String? {
        guard let name, !name.isEmpty else { return nil }
        do throws(Failure) {
            return try GroupRules.find(name, .group, in: store).id.text
        } catch .notFound {
            return name
        }
    }
}

extension MessageSearch.Search {
    /// Whether a message is of the types asked for; 0 is any.
    fileprivate func admits(_ message: Message) -> Bool {
        if let contentType, contentType != 0, TypedContent(of: message).type != contentType { return false }
        switch sessionType ?? 0 {
        case 1: return message.address.kind == .single
        case 2, 3: return message.address.kind == .group
        case 4: return message.address.kind == .broadcast
        default: return true
        }
    }
}
