// The errors of threads: one code, and texts of their own.

import Domain
import HTTP
import Routing

extension PlatformError {
    /// The words of the routes of threads; nil for a failure that is put as elsewhere in the group service.
    static let ofThreads: OwnErrors = { failure, _ in
        switch failure {
        case .notFound(.thread, _): thread(.notFound, "thread not found.")
        case .notFound(.message, _): thread(.notFound, "msg not exist.")
        case .notFound(.group, _): thread(.notFound, "group not found.")
        case .group(.notMembers): thread(.notFound, "user not in group.")
        case .group(.messageElsewhere(isInGroup: true)):
            thread(.badRequest, "msg not belong to group .")
        case .group(.messageElsewhere(isInGroup: false)):
            thread(.badRequest, "thread must on group message to create.")
        case .group(.nestedThread): thread(.badRequest, "thread not nested.")
        case .conflict(.thread, _):
            thread(.forbidden, "msg already create thread.not allow to create.")
        case .limitReached(.threads, _):
            thread(.forbidden, "thread number has reached limit.")
        case .invalid("name", .tooLong): thread(.badRequest, "thread name limit reached.")
        case .invalid("usernames", .tooLong): thread(.badRequest, "request body reaches limit.")
        case .invalid("limit", .outOfRange): thread(.badRequest, "query param reaches limit.")
        default: nil
        }
    }

    private static func thread(_ status: Status, _ text: String) -> PlatformError {
        let exception: ExceptionName =
            switch status {
            case .notFound: .groupResourceNotFound
            case .forbidden: .groupForbidden
            default: .groupInvalidParameter
            }
        return PlatformError(status, "group_error", exception, text)
    }
}
