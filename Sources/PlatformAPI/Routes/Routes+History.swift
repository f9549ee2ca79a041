// The routes of history: search, and export by the hour.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    static let history: [Route] = [
        Route(
            .get,
            "/{org}/{app}/messages",
            "searchMessages",
            "Search and page through history: the application's, a conversation's or a user's.",
            auth: .applicationOrAnyUser,
            scope: .messagesRead,
            failures: [
                .invalid(field: "cursor", .foreignCursor),
                .invalid(field: "conversation", .illegal(value: "x")),
                .notFound(.user, id: "user1"),
            ],
            Action.scan(History.search).readingMessages
        ),
        Route(
            .get,
            "/{org}/{app}/chatmessages",
            "listMessageEntities",
            "Search and page through the application's history in the query language of the oldest clients.",
            auth: .application,
            scope: .messagesRead,
            failures: foreignCursor + [.invalid(field: "ql", .illegal(value: "x"))],
            Action.scan(MessageEntities.search).readingMessages
        ),
        Route(
            .get,
            "/{org}/{app}/chatmessages/{time}",
            "exportHistory",
            "Links to the messages of an hour, good for half an hour.",
            auth: .application,
            scope: .messagesRead,
            failures: [
                .invalid(field: "time", .illegal(value: "x")),
                .invalid(field: "time", .outOfRange(minimum: 0, maximum: 1)),
                .notFound(.history, id: "2026010100"),
            ],
            Action.scan(History.export).readingMessages
        ).speaking(PlatformDialect(in: .export)),
        Route(
            .get,
            "/{org}/{app}/chatmessages/{time}/records",
            "downloadHistory",
            "The messages of a link, one JSON object a line, as gzip.",
            auth: .open,
            failures: [.unauthenticated(.corrupt), .unauthenticated(.expired)],
            .scan(History.download)
        ),
    ]
}
