// The routes of jobs: imports, exports, how far they are, what they refused and what they have written.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let noJob: [Failure] = [.notFound(.job, id: "1")]

    static let jobs: [Route] = [
        Route(
            .post,
            "/{org}/{app}/imports",
            "beginImport",
            "Bring users, groups, messages and more in from a file, one object a line, or users from a CSV.",
            auth: .application,
            scope: .usersWrite,
            failures: noJob + [
                .invalid(field: "", .empty), .invalid(field: "limit", .unknownParameter),
                .invalid(field: "resume", .refused("names a job that is no import, or is done")),
            ],
            .write(Jobs.bringIn)
        ),
        Route(
            .post,
            "/{org}/{app}/exports",
            "beginExport",
            "Write the application to a file that an import can read.",
            auth: .application,
            scope: .usersRead,
            .write(Jobs.writeOut)
        ),
        Route(
            .post,
            "/{org}/{app}/purge",
            "beginPurge",
            "Remove the messages that were sent before a moment, of one conversation or of all.",
            auth: .application,
            scope: .messagesWrite,
            failures: [
                .invalid(field: "before", .missing), .invalid(field: "conversation", .illegal(value: "x")),
                .notFound(.history, id: "ann:bob"),
            ],
            .write(Purge.begin)
        ),
        Route(
            .get,
            "/{org}/{app}/jobs",
            "listJobs",
            "List imports and exports, newest first.",
            auth: .application,
            scope: .usersRead,
            failures: foreignCursor,
            .read(Jobs.list)
        ),
        Route(
            .get,
            "/{org}/{app}/jobs/{job_id}",
            "getJob",
            "How far an import or export is, and what became of its lines.",
            auth: .application,
            scope: .usersRead,
            failures: noJob,
            .read(Jobs.get)
        ),
        Route(
            .get,
            "/{org}/{app}/jobs/{job_id}/errors",
            "listJobErrors",
            "List the lines that an import refused, with the reason of each.",
            auth: .application,
            scope: .usersRead,
            failures: noJob + foreignCursor,
            .read(Jobs.errors)
        ),
        Route(
            .get,
            "/{org}/{app}/jobs/{job_id}/result",
            "downloadJobResult",
            "The file that an export has written, or a range of it.",
            auth: .application,
            scope: .usersRead,
            failures: noJob + [.notFound(.file, id: "1")],
            .read(Jobs.result)
        ),
    ].speaking(.users)
}
