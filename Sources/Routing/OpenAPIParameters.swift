// The parameters of paths: what each names, its bound, an example.

import Domain
import JSON

extension OpenAPIText {
    /// A path parameter, as an operation has it.
    static func parameter(_ name: String, in glossary: Glossary) -> JSONValue {
        let facts = pathParameters[name] ?? PathParameter(glossary[name])
        return .present([
            "name": .string(name), "in": "path", "required": true,
            "description": facts.description.map(JSONValue.string),
            "schema": .present([
                "type": "string", "minLength": 1, "maxLength": facts.maximum.map { .count($0) },
            ]),
            "example": facts.example.map(JSONValue.string),
        ])
    }

    private struct PathParameter {
        let description: String?
        var maximum: Int?
        var example: String?

        init(_ description: String?, maximum: Int? = nil, example: String? = nil) {
            self.description = description
            self.maximum = maximum
            self.example = example
        }

        static func user(_ description: String, example: String? = nil) -> PathParameter {
            PathParameter(
                "\(description): the name in any case of letters, or the UUID.",
                maximum: 64,
                example: example
            )
        }
    }

    private static let pathParameters: [String: PathParameter] = [
        "org": PathParameter(
            "The organisation's name: lower-case letters, digits, hyphens.",
            maximum: 32,
            example: OpenAPIExample.organizationName
        ),
        "app": application, "application": application,
        "username": .user("A user", example: OpenAPIExample.user),
        "owner_username": .user("The user whose list it is"),
        "contact_username": .user("The user who is or becomes a contact"),
        "applicant_username": .user("The user who asked to become a contact"),
        "blocked_username": .user("The user who is blocked"),
        "peer_username": .user("The user at the other end of the conversation"),
        "administrator": PathParameter("An administrator's name.", maximum: 64),
        "client_id": PathParameter("A credential's public half, as it was shown when it was made."),
        "webhook_id": PathParameter("The id of an endpoint of webhooks.", maximum: 19),
        "delivery_id": PathParameter("The id of a delivery.", maximum: 19),
        "msg_id": PathParameter("A message's id, in decimal digits.", maximum: 19),
        "group_id": PathParameter("A group's id, in decimal digits.", maximum: 19),
        "thread_id": PathParameter("A thread's id, in decimal digits.", maximum: 19),
        "chatroom_id": PathParameter("A chat room's id, in decimal digits.", maximum: 19),
        "expiry": PathParameter("For how many seconds what was published counts.", maximum: 7),
        "resource": PathParameter("The name of a device, as it was given when it logged in.", maximum: 128),
        "status": PathParameter(
            "`0` for offline, `1` for online, or a word of the application's own.",
            maximum: 64
        ),
        "template": PathParameter("A push template's name.", maximum: 64),
        "time": PathParameter("An hour in UTC, as `YYYYMMDDHH`.", maximum: 10),
        "file_id": PathParameter("A shared file's id, as the list of shared files has it.", maximum: 36),
        "file_uuid": PathParameter("A file's UUID, as its upload answered it.", maximum: 36),
    ]

    private static let application = PathParameter(
        "The application's name: letters, digits, hyphens.",
        maximum: 32,
        example: OpenAPIExample.application.name
    )
}
