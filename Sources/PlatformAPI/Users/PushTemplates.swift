// The templates of push notifications, by name.

import Domain
import Routing

enum PushTemplates {
    typealias Outcome = Envelope<WrittenOutcome, NoElement, Template>

    struct NewTemplate: BodyInput {
        let name, title, content: String

        static let value = Value<NewTemplate>.object(named: "NewPushTemplate") {
            object throws(FieldProblem) in
            NewTemplate(
                name: try object.required("name", .text(1...64)),
                title: try object.required("title_pattern", .text(0...512)),
                content: try object.required("content_pattern", .text(0...1024))
            )
        }
    }

    /// A template as stored.
    struct Template: ReplyObject {
        let template: PushTemplate

        static let schemaName: String? = "PushTemplate"
        static let fields: [ReplyField<Template>] = [
            .field("name") { $0.template.name },
            .field("createAt") { $0.template.created },
            .field("updateAt") { $0.template.modified },
            .field("title_pattern") { $0.template.title },
            .field("content_pattern") { $0.template.content },
        ]
    }

    static func set(_ call: Call, _ input: NewTemplate, _ store: any Writer) throws(Failure) -> Outcome {
        let template = try PushRules.set(
            template: input.name,
            title: input.title,
            content: input.content,
            at: call.now,
            in: store
        )
        return Outcome(call, "post", path: "/notification/template", data: Template(template: template))
    }

    static func get(_ call: Call, _: NoInput, _ store: any Reader) throws(Failure) -> Outcome {
        let template = try PushRules.find(template: call["template"], in: store)
        return Outcome(call, "get", path: "/notification/template", data: Template(template: template))
    }

    static func delete(_ call: Call, _: NoInput, _ store: any Writer) throws(Failure) -> Outcome {
        let template = try PushRules.delete(template: call["template"], in: store)
        return Outcome(call, "delete", path: "/notification/template", data: Template(template: template))
    }
}
