// The list of those whom a user hears nothing of.

import Domain
import Routing

enum Blacklist {
    struct Entry: Fields {
        let owner: Username?
        let other: Username

        static let schemaName = "BlacklistEntry"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            owner = try fields.optional(.owner, .username)
            other = try fields.required(.blocked, .username)
        }
    }

    /// Nothing changes when the user is blocked already.
    static func add(_ call: Call, _ input: Entry, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let owner = try call.subject(input.owner, .owner)
        let other = try UserRules.find(input.other.text, in: store)
        _ = try BlockRules.add(
            [other.username.text],
            to: owner,
            of: call.application,
            at: call.now,
            in: store
        )
        return Answer(call)
    }
}
