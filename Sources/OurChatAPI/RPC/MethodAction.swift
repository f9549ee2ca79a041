// The work of a method with the messages that it takes and gives: from here come its route and its description.

import Protobuf
import Routing

/// The work of a method, and its messages.
struct MethodAction: Sendable {
    /// The work of its route.
    let action: Action
    /// The message that it takes.
    let request: MessageDescription
    /// The message that it gives.
    let reply: MessageDescription
    /// Whether it takes a stream of them.
    let takesStream: Bool
    /// Whether it gives a stream of them.
    let givesStream: Bool

    init<In: ProtobufMessage, Out: ProtobufMessage>(
        _: In.Type,
        _: Out.Type,
        takesStream: Bool = false,
        givesStream: Bool = false,
        _ action: Action
    ) {
        self.action = action
        request = In.schema.description
        reply = Out.schema.description
        self.takesStream = takesStream
        self.givesStream = givesStream
    }

    private init(_ other: MethodAction, _ change: @escaping @Sendable (String) -> String) {
        action = other.action
        request = other.request.renamed(change)
        reply = other.reply.renamed(change)
        takesStream = other.takesStream
        givesStream = other.givesStream
    }

    /// The same between messages that are described in another package.
    func moved(from package: String, to other: String) -> MethodAction {
        MethodAction(self) { name in
            name.hasPrefix("\(package).") ? other + name.dropFirst(package.count) : name
        }
    }
}

/// One method as it is served: under its names in the table of routes, under the first of them in its description.
struct MethodRow: Sendable {
    /// The service, with its package.
    let service: String
    /// Its name in the definitions.
    let name: String
    /// The work of the method, and its messages.
    let action: MethodAction
    /// One for each of its names.
    let routes: [Route]
}

extension MessageDescription {
    /// The same with other names for itself and the messages in it.
    fileprivate func renamed(_ change: @escaping @Sendable (String) -> String) -> MessageDescription {
        MessageDescription(name: change(name), fields: fields.map { $0.renamed(change) })
    }
}

extension FieldDescription {
    fileprivate func renamed(_ change: @escaping @Sendable (String) -> String) -> FieldDescription {
        guard case .message(let inner) = type else { return self }
        return FieldDescription(
            number: number,
            name: name,
            jsonName: jsonName,
            label: label,
            type: .message { inner().renamed(change) }
        )
    }
}
