// The routes of files: attachments, and those shared in groups.

import Domain
import HTTP
import Routing

extension PlatformAPI {
    private static let full: [Failure] = [.limitReached(.fileBytes, maximum: 10 << 30)]
    private static let noFile: [Failure] = [.notFound(.file, id: "file")]

    static let files: [Route] = [
        Route(
            .post,
            "/{org}/{app}/chatfiles",
            "uploadFile",
            "Upload an attachment; with a restrict-access field, it is read with its share secret only.",
            auth: .applicationOrAnyUser,
            scope: .filesWrite,
            failures: full,
            .write(Files.upload)
        ),
        Route(
            .get,
            "/{org}/{app}/chatfiles/{file_uuid}",
            "downloadFile",
            "Download an attachment, or a range of it.",
            auth: .applicationOrAnyUser,
            scope: .filesRead,
            failures: noFile + [.forbidden(.wrongShareSecret)],
            .read(Files.download)
        ),
    ]

    static let sharedFiles: [Route] = [
        Route(
            .get,
            "/{org}/{app}/chatgroups/{group_id}/share_files",
            "listSharedFiles",
            "List a group's shared files, newest first.",
            auth: .application,
            scope: .filesRead,
            failures: noGroup,
            .scan(SharedFiles.list)
        ),
        Route(
            .post,
            "/{org}/{app}/chatgroups/{group_id}/share_files",
            "shareFile",
            "Share a file in a group; with a restrict-access field, it is read with its share secret only.",
            auth: .application,
            scope: .filesWrite,
            failures: noGroup + full,
            .write(SharedFiles.upload)
        ),
        Route(
            .get,
            "/{org}/{app}/chatgroups/{group_id}/share_files/{file_id}",
            "downloadSharedFile",
            "Download a shared file, or a range of it.",
            auth: .application,
            scope: .filesRead,
            failures: noGroup + noFile + [.forbidden(.wrongShareSecret)],
            .read(SharedFiles.download)
        ),
        Route(
            .delete,
            "/{org}/{app}/chatgroups/{group_id}/share_files/{file_id}",
            "unshareFile",
            "End the sharing of a file.",
            auth: .application,
            scope: .filesWrite,
            failures: noGroup + noFile,
            .write(SharedFiles.delete)
        ),
    ]
}
