// The errors of sending, which the first two generations tell with codes of their own.

import Domain
import HTTP
import Routing

extension OpenIMError {
    /// The fault of a message; nil for fields of other things.
    static func sending(_ field: String, _ reason: InvalidReason) -> OpenIMError? {
        switch (field, reason) {
        case ("contentType", .illegal): return OpenIMError(.badRequest, 404, "contentType err")
        // Misspelt, as clients know it.
        case ("sessionType", .illegal): return OpenIMError(203, "unkonwn sessionType")
        case ("content", .illegal):
            return OpenIMError(.badRequest, 401, "content is not an object of its type")
        case (let field, .missing) where field.hasPrefix("content."):
            return OpenIMError(.badRequest, 403, text(field, reason))
        case (let field, _) where field.hasPrefix("content."):
            return OpenIMError(.badRequest, 401, text(field, reason))
        default: return nil
        }
    }
}
