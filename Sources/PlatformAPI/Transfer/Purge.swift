// The removal of messages up to a moment, once, as a job.

import Domain
import Routing

enum Purge {
    /// Up to which moment, and of which conversation.
    struct Order: BodyInput {
        let before: Int
        let conversation: String?

        static let value = Value<Order>.object(named: "Purge") { object throws(FieldProblem) in
            Order(
                before: try object.required("before", .integer(0...Int(Int64.max >> 16))),
                conversation: try object.optional("conversation", .text(1...129))
            )
        }
    }

    static func begin(_ call: Call, _ input: Order, _ store: any Writer) throws(Failure) -> Jobs.One {
        let place = try input.conversation.map { text throws(Failure) in
            try History.address(text, store)
        }
        let conversation = try place.flatMap { address throws(Failure) in try store.conversation(address) }
        if place != nil, conversation == nil {
            throw .notFound(.history, id: input.conversation ?? "")
        }
        let job = try JobRules.beginPurge(
            before: Timestamp(milliseconds: Int64(input.before)),
            of: conversation?.id,
            named: input.conversation ?? "",
            at: call.now,
            in: store
        )
        return Jobs.One(call, "post", path: "/purge", data: Jobs.face(job, call))
    }
}
