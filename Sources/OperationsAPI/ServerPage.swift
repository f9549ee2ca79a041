// The running server as an operator sees it, and codes of sign-in links.

import Domain
import Routing

enum ServerPage {
    /// The facts under `data`.
    struct Page: Reply, ReplyObject {
        let facts: ServerFacts

        static let fields: [ReplyField<Page>] = [.field("data") { Facts(facts: $0.facts) }]
    }

    struct Facts: ReplyObject {
        let facts: ServerFacts

        static let schemaName: String? = "Server"
        static let fields: [ReplyField<Facts>] = [
            .field("version") { $0.facts.version },
            .field("started") { $0.facts.started },
            .field("flags") { $0.facts.flags.map(FlagFace.init) },
            .field("maintenance") { $0.facts.isUnderMaintenance },
            .field("disk") { Disk(facts: $0.facts) },
            .field("queue") { Queue(facts: $0.facts) },
            .field("commit") { Commits(facts: $0.facts) },
        ]
    }

    struct FlagFace: ReplyObject {
        let flag: ServerFacts.Flag

        static let schemaName: String? = "ServerFlag"
        static let fields: [ReplyField<FlagFace>] = [
            .field("name") { $0.flag.name }, .field("value") { $0.flag.value },
            .field("source") { $0.flag.source },
        ]
    }

    struct Disk: ReplyObject {
        let facts: ServerFacts

        static let schemaName: String? = "ServerDisk"
        static let fields: [ReplyField<Disk>] = [
            .field("database_bytes") { $0.facts.disk.database }, .field("wal_bytes") { $0.facts.disk.log },
            .field("bytes") { $0.facts.disk.whole }, .field("free_bytes") { $0.facts.disk.free },
        ]
    }

    struct Queue: ReplyObject {
        let facts: ServerFacts

        static let schemaName: String? = "ServerQueue"
        static let fields: [ReplyField<Queue>] = [
            .field("writes") { $0.facts.queue.writes }, .field("hashes") { $0.facts.queue.hashes },
        ]
    }

    struct Commits: ReplyObject {
        let facts: ServerFacts

        static let schemaName: String? = "ServerCommits"
        static let fields: [ReplyField<Commits>] = [
            .field("made") { $0.facts.commits.made }, .field("failed") { $0.facts.commits.failed },
        ]
    }

    static func get(_ call: Call, _: NoInput) throws(Failure) -> Page {
        Page(facts: try call.services.operations.server())
    }

    // MARK: Sign-in links

    struct CodeRequest: BodyInput {
        let organization: String
        let administrator: String

        static let value = Value<CodeRequest>.object(named: "SignInCodeRequest") {
            object throws(FieldProblem) in
            CodeRequest(
                organization: try object.required("organization", .text(1...64)),
                administrator: try object.required("administrator", .text(1...64))
            )
        }
    }

    struct Code: Reply, ReplyObject {
        let code: String

        static let schemaName: String? = "SignInCode"
        static let fields: [ReplyField<Code>] = [.field("sign_in_code") { $0.code }]
    }

    static func makeCode(_ call: Call, _ input: CodeRequest, _ store: any AdministrationReader)
        throws(Failure)
        -> Code
    {
        let administrator = try AdministratorRules.find(
            input.administrator,
            of: input.organization,
            in: store
        )
        return Code(code: call.services.codes.make(for: administrator.id, at: call.now))
    }
}
