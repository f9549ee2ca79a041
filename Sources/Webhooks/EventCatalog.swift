// The events as the API document shows them: for each a sentence, a schema and an example, from its sample.

import Domain
public import JSON

/// The sentence, schema and example of each event.
public enum EventCatalog {
    /// The member `webhooks` of an OpenAPI 3.1 document, whose bodies are ``schemas``.
    public static var webhooks: JSONValue {
        .object(EventName.allCases.map { JSONValue.Member($0.rawValue, description(of: $0)) })
    }

    /// The schemas of all events for `components`, by names as `EventMessageSent`.
    public static var schemas: [JSONValue.Member] {
        EventName.allCases.map { JSONValue.Member(schemaName(of: $0), schema(of: sample($0))) }
    }

    private static func schemaName(of name: EventName) -> String {
        "Event"
            + name.rawValue.split { $0 == "." || $0 == "_" }.map {
                $0.prefix(1).uppercased() + $0.dropFirst()
            }
            .joined()
    }

    /// The request without a tag: some generators write the requests of a tag over the routes that have it, too.
    private static func description(of name: EventName) -> JSONValue {
        let event = sample(name)
        let example = (try? JSONValue(parsing: EventBody.bytes(of: event))) ?? .null
        return [
            "post": [
                "operationId": .string("event." + name.rawValue), "summary": .string(name.summary),
                "requestBody": [
                    "required": true,
                    "content": [
                        "application/json": [
                            "schema": ["$ref": .string("#/components/schemas/" + schemaName(of: name))],
                            "example": example,
                        ]
                    ],
                ],
                "responses": ["2XX": ["description": "The event is taken; any other status is a failure."]],
            ]
        ]
    }

    // MARK: Schemas

    private static func schema(of event: RecordedEvent) -> JSONValue {
        var data: [JSONValue.Member] = [
            .init("application", text("The application, organisation and name with a # between."))
        ]
        for member in event.details.members { data.append(.init(member.name, schema(of: member))) }
        let required = data.filter { !optional.contains($0.key) }.map { JSONValue.string($0.key) }
        data.append(.init("by", author))
        return [
            "type": "object", "required": ["type", "timestamp", "data"],
            "properties": [
                "type": [
                    "type": "string", "const": .string(event.name.rawValue),
                    "description": "The event's name.",
                ],
                "timestamp": [
                    "type": "string", "format": "date-time",
                    "description": "When it happened, as RFC 3339 has it.",
                ],
                "data": [
                    "type": "object", "description": "What happened, and to whom.",
                    "required": .array(required),
                    "properties": .object(data),
                ],
            ],
        ]
    }

    private static let author: JSONValue = [
        "type": "object",
        "description":
            "Who did it: a client of the application, a user, an administrator, or the operator; absent for the server itself.",
        "properties": [
            "client": text("The client's id."), "user": text("The user's name."),
            "administrator": text("The administrator's name."),
            "operator": ["type": "integer", "description": "The number of the system's user."],
        ],
    ]

    private static func text(_ description: String) -> JSONValue {
        ["type": "string", "description": .string(description)]
    }

    /// Facts that an event may lack.
    private static let optional: Set<String> = [
        "nickname", "reason", "client_message", "announcement", "expires",
    ]

    private static func schema(of member: EventDetails.Member) -> JSONValue {
        let description = JSONValue.string(words[member.name] ?? "The \(member.name) meant.")
        return switch member.value {
        case .text: ["type": "string", "description": description]
        case .integer: ["type": "integer", "description": description]
        case .flag: ["type": "boolean", "description": description]
        case .texts: ["type": "array", "items": ["type": "string"], "description": description]
        case .time: ["type": "integer", "description": description]
        case .message: message
        }
    }

    private static let message: JSONValue = [
        "type": "object", "description": "The message as history shows it.",
        "required": ["msg_id", "timestamp", "from", "to", "chat_type", "payload"],
        "properties": [
            "msg_id": text("The message's id."),
            "timestamp": ["type": "integer", "description": "When it was sent, in milliseconds since 1970."],
            "from": text("The sender's name."),
            "to": text("The receiver's name, or the group's or room's id."),
            "chat_type": text("The kind of conversation: chat, groupchat, chatroom or broadcast."),
            "recalled": ["type": "boolean", "description": "Whether it was recalled."],
            "edits": ["type": "integer", "description": "How often it was rewritten."],
            "sequence": ["type": "integer", "description": "Its place in the conversation's queue."],
            "payload": [
                "type": "object", "description": "What it says: bodies by type, and the sender's own fields.",
                "properties": [
                    "bodies": [
                        "type": "array", "items": ["type": "object", "additionalProperties": [:]],
                        "description": "One body, or none.",
                    ],
                    "ext": [
                        "type": "object", "additionalProperties": [:],
                        "description": "The sender's own fields.",
                    ],
                ],
            ],
        ],
    ]

    private static let words: [String: String] = [
        "user": "The user's name.", "uuid": "The user's uuid.", "nickname": "The user's nickname.",
        "contact": "The other user's name.", "blocked": "The blocked user's name.",
        "reason": "What was said to it.", "group": "The group's or room's id.",
        "name": "The name of it.", "owner": "The owner's name.", "members": "The members' names.",
        "inviter": "The inviting user's name.", "accepted": "Whether it was accepted.",
        "message": "The last message's id.", "chat_type": "The kind of conversation.",
        "from": "The other side's name, or the group's or room's id.", "file": "The file's uuid.",
        "filename": "The file's name.", "bytes": "The file's size in bytes.",
        "endpoint": "The endpoint's id.", "url": "The endpoint's address.",
        "keys": "The keys that were set or removed.", "role": "The role's name.",
        "previous_owner": "The owner of before.", "announcement": "The announcement; empty for none.",
        "expires": "When it ends, in milliseconds since 1970; absent for never.",
        "chat": "Seconds left in chats: -1 for ever, 0 for none.",
        "groupchat": "Seconds left in groups: -1 for ever, 0 for none.",
        "chatroom": "Seconds left in rooms: -1 for ever, 0 for none.",
        "client_message": "The sending client's own name for the message.",
    ]
}
