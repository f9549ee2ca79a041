// The server's time.

import Domain
import Routing

enum ServerTime {
    struct Asking: Fields {
        static let schemaName = "ServerTimeQuery"

        init(_ fields: inout FieldReader) {}
    }

    /// In milliseconds since 1970.
    struct Told: SpelledObject, AnswerContent {
        let now: Timestamp

        static let fields: [SpelledField<Told>] = [.field(Spelling("serverTime")) { $0.now.milliseconds }]
    }

    static func get(_ call: Call, _: Asking, _ store: any Reader) throws(Failure) -> Answer<Told> {
        Answer(call, Told(now: call.now))
    }
}
