// The frames of a dialect's socket as the API document shows them: a schema each, and a table.

import JSON

/// The form of one kind of frame.
public struct FrameForm: Sendable {
    /// The end of the socket that sends it.
    public enum Sender: String, Sendable {
        /// The program that people use.
        case client
        /// This server.
        case server
    }

    /// The number that tells it from other frames of its sender.
    public let code: Int
    /// The schema's name under components.
    public let name: String
    /// The end that sends it.
    public let sender: Sender
    /// The purpose, in a sentence.
    public let summary: String
    /// The object: `code` as a constant, and what goes with it.
    public let shape: Shape

    /// Memberwise; `members` without the code.
    public init(
        _ code: Int,
        _ name: String,
        from sender: Sender,
        _ summary: String,
        _ members: [Shape.Member]
    ) {
        self.code = code
        self.name = name
        self.sender = sender
        self.summary = summary
        shape = .object(
            name: name,
            [Shape.Member("code", .oneOfNumbers([Int64(code)]), meaning: "The kind of the frame.")]
                + members
        )
    }

    /// The frame that clients send to a route of a socket.
    public init(_ route: Route) {
        guard let code = route.frame else { preconditionFailure("\(route.name) is bound to no frame.") }
        var members: [Shape.Member] = []
        if case .object(_, let declared)? = route.action.body?.plain { members = declared }
        let name = route.name.prefix(1).uppercased() + route.name.dropFirst() + "Frame"
        self.init(code, name, from: .client, route.summary, members)
    }
}

extension OpenAPIDocument {
    /// The sockets of the document's routes with their frames, as AsyncAPI 2.6 describes channels; nil without any.
    func channels(_ schemas: inout OpenAPISchemas) -> JSONValue? {
        var channels: [JSONValue.Member] = []
        for route in routes {
            guard let dialect = route.dialect, !dialect.frames.isEmpty, case .socket = route.action.reply
            else {
                continue
            }
            schemas.glossary = dialect.glossary
            var messages: [FrameForm.Sender: [JSONValue]] = [:]
            for frame in dialect.frames {
                let payload = schemas.schema(of: frame.shape)
                messages[frame.sender, default: []].append([
                    "name": .string(frame.name), "summary": .string(frame.summary), "payload": payload,
                ])
            }
            let channel: JSONValue = [
                "description": .string(route.summary),
                "publish": ["message": ["oneOf": .array(messages[.client] ?? [])]],
                "subscribe": ["message": ["oneOf": .array(messages[.server] ?? [])]],
            ]
            channels.append(JSONValue.Member(route.pattern.description, channel))
        }
        return channels.isEmpty ? nil : .object(channels)
    }

    /// A topic's summary, with a table of the frames that its dialect has.
    static func summary(of topic: Topic, frames: [FrameForm]) -> String {
        guard topic.hasFrames, !frames.isEmpty else { return topic.summary }
        let rows = frames.map { frame in
            "| \(frame.code) | \(frame.sender.rawValue) | `\(frame.name)` | \(frame.summary) |"
        }
        return ([topic.summary, "", "| code | sent by | schema | |", "|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }
}
