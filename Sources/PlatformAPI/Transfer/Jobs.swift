// Imports and exports as jobs: asked for, looked at, and what they refused or have written.

import Domain
import HTTP
import JSON
import Routing

enum Jobs {
    /// Pages of jobs and refused lines.
    enum Rows: PageRows {
        static let standard: Int? = 20
        static let maximum = 100
    }

    /// A file to be brought in.
    struct Upload: UploadInput {
        static let bodyKind = BodyKind.bytes
        static let refusesUnknownQuery = true
        let file: UploadedFile
        let options: ImportOptions
        let name: String?
        let resumed: String?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            file = try reader.wholeFile()
            let format = try reader.query(
                "format",
                .oneOf(["ndjson", "csv"]).standard("ndjson").meaning(
                    "How the file is written: one object a line, or users in columns."
                )
            )
            var options = ImportOptions()
            options.format =
                format == "csv" || format == nil && file.contentType.hasPrefix("text/csv") ? .csv : .ndjson
            options.isDryRun = try reader.query("dry_run", .flag.standard(false)) ?? false
            options.updates = try reader.query("update", .flag.standard(false)) ?? false
            self.options = options
            name = try reader.query("name", .text(1...255))
            resumed = try reader.query(
                "resume",
                .text(1...19).meaning(
                    "The id of an import of this file that was broken off, and is to go on."
                )
            )
        }

        static func reader(for head: UploadHead) throws(Failure) -> any UploadReader {
            BytesUpload(contentType: head.contentType)
        }
    }

    /// A job as its owner sees it.
    struct Face: ReplyObject {
        let job: Job
        let path: String

        static let schemaName: String? = "Job"
        static let fields: [ReplyField<Face>] = [
            .field("id") { $0.job.id.text },
            .field("kind") { $0.job.kind.rawValue },
            .field("state") { $0.job.state.rawValue },
            .field("created") { $0.job.created },
            .optional("finished") { $0.job.finished },
            .optional("name") { $0.job.subject.isEmpty ? nil : $0.job.subject },
            .optional("before") { $0.job.moment },
            .optional("dry_run") { $0.job.options.isDryRun ? true : nil },
            .optional("failure") { $0.job.failure },
            .field("lines") { $0.job.progress.line },
            .field("bytes") { $0.job.progress.offset },
            .optional("total_bytes") { $0.job.source?.size },
            .field("counts") { face in
                ReplyMap(face.job.progress.counts.map { ($0.type, Count(count: $0)) })
            },
            .field("errors") { $0.job.progress.errors },
            .optional("url") { $0.job.result == nil ? nil : $0.path + "/result" },
        ]
    }

    /// The outcome of the lines of a type.
    struct Count: ReplyObject {
        let count: JobCount
        static let schemaName: String? = "JobCount"
        static let fields: [ReplyField<Count>] = [
            .field("created") { $0.count.created },
            .field("existing") { $0.count.existing },
            .field("updated") { $0.count.updated },
        ]
    }

    /// A line that was refused.
    struct ErrorLine: ReplyObject {
        let error: JobError
        static let schemaName: String? = "JobError"
        static let fields: [ReplyField<ErrorLine>] = [
            .field("line") { $0.error.line }, .field("reason") { $0.error.reason },
        ]
    }

    typealias One = Envelope<WrittenOutcome, NoElement, Face>

    static func face(_ job: Job, _ call: Call) -> Face {
        let application = call.application
        let target = call.target
        return Face(
            job: job,
            path:
                "\(target.scheme)://\(target.host)/\(application.organization.name)/\(application.name)/jobs/"
                + job.id.text
        )
    }

    /// The scopes that an import needs, since its lines may be of every kind.
    private static let importing: Scopes = [
        Scopes(.usersWrite), Scopes(.groupsWrite), Scopes(.messagesWrite), Scopes(.filesWrite),
    ]
    /// The scopes that an export and its result need.
    private static let exporting: Scopes = [
        Scopes(.usersRead), Scopes(.groupsRead), Scopes(.messagesRead), Scopes(.filesRead),
    ]

    static func bringIn(_ call: Call, _ input: Upload, _ store: any Writer) throws(Failure) -> One {
        try call.require(importing)
        guard input.file.size > 0 else { throw .invalid(field: "", .empty) }
        let file = UploadedFile(
            name: input.name ?? "import.\(input.options.format.rawValue)",
            contentType: input.file.contentType,
            size: input.file.size,
            digest: input.file.digest
        )
        let job: Job
        if let resumed = input.resumed {
            job = try JobRules.resume(try JobRules.find(resumed, in: store), with: file, in: store)
        } else {
            job = try JobRules.beginImport(file, input.options, at: call.now, in: store)
        }
        return One(call, "post", path: "/imports", data: face(job, call))
    }

    static func writeOut(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> One {
        try call.require(exporting)
        let job = try JobRules.beginExport(at: call.now, in: store)
        return One(call, "post", path: "/exports", data: face(job, call))
    }

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> One {
        One(call, "get", path: "/jobs", data: face(try JobRules.find(call["job_id"], in: store), call))
    }

    static func list(_ call: Call, _ input: PageInput<Rows>, _ store: any Reader) throws(Failure)
        -> Envelope<FetchedData, NoElement, [Face]>
    {
        let page = try JobRules.page(
            input.rows ?? Rows.maximum,
            before: input.position(in: .jobs, of: call.application.id.rawValue),
            of: call.application,
            in: store
        )
        var reply = Envelope<FetchedData, NoElement, [Face]>(
            call,
            "get",
            data: page.elements.map { face($0, call) }
        )
        reply.cursor = page.next
        reply.count = page.elements.count
        return reply
    }

    static func errors(_ call: Call, _ input: PageInput<Rows>, _ store: any Reader) throws(Failure)
        -> Envelope<FetchedData, NoElement, [ErrorLine]>
    {
        let job = try JobRules.find(call["job_id"], in: store)
        let page = try JobRules.errors(
            input.rows ?? Rows.maximum,
            after: input.position(in: .jobErrors, of: job.id.rawValue),
            of: job,
            in: store
        )
        var reply = Envelope<FetchedData, NoElement, [ErrorLine]>(
            call,
            "get",
            data: page.elements.map(ErrorLine.init)
        )
        reply.cursor = page.next
        reply.count = page.elements.count
        return reply
    }

    /// Which part of a result is asked for.
    struct Download: Input {
        static let bodyKind = BodyKind.none
        let range: String?

        init(_ reader: inout InputReader) throws(FieldProblem) {
            range = try reader.field("range", .text())
        }
    }

    static func result(_ call: Call, _ input: Download, _ store: any Reader) throws(Failure)
        -> FileReplies.Bytes
    {
        try call.require(exporting)
        let job = try JobRules.find(call["job_id"], in: store)
        guard let result = job.result else { throw .notFound(.file, id: "jobs/\(job.id.text)/result") }
        let file = StoredFile(
            id: FileID(rawValue: 0),
            uuid: call.application.uuid,
            owner: nil,
            ownerName: "",
            content: result,
            shareSecret: nil,
            created: job.created,
            group: nil
        )
        return try FileReplies.Bytes(of: file, range: input.range, call)
    }
}
