// grpc.reflection: what is served here, asked and answered on one stream.

import Domain
import HTTP
import Protobuf
import Routing

enum Reflection {
    /// The messages of a call, as far as its head says something about them.
    struct Questions: DialogueInput {
        let form: MessageForm

        init(_ reader: inout InputReader) throws(FieldProblem) {
            try reader.streamFields()
            reader.messages(shaped: ReflectionRequest.schema.description.requestShape)
            form = reader.messageForm
        }
    }

    /// Bytes of one question: names are short.
    private static let messageBytes = 16 << 10

    /// The method, which answers from these files.
    ///
    /// - Parameter files: made when they are first asked for: they describe the table that the method stands in.
    static func action(describing files: @escaping @Sendable () -> DescriptorFiles) -> MethodAction {
        MethodAction(
            ReflectionRequest.self,
            ReflectionResponse.self,
            takesStream: true,
            givesStream: true,
            .converse(
                .stream(ReflectionResponse.schema.description.replyShape),
                messageBytes: messageBytes
            ) { (_: Call, input: Questions, messages: EnvelopedMessages) throws(Failure) -> Dialogue in
                dialogue(in: input.form, reading: messages, files)
            }
        )
    }

    private static func dialogue(
        in form: MessageForm,
        reading messages: EnvelopedMessages,
        _ files: @escaping @Sendable () -> DescriptorFiles
    ) -> Dialogue {
        Dialogue(
            form.streamHead,
            reading: messages,
            answer: { body throws(Failure) in
                do throws(FieldProblem) {
                    return form.envelope(answer(to: try ReflectionRequest(body), from: files()))
                } catch {
                    throw .invalid(field: error.path, error.reason)
                }
            },
            end: { form.end() }
        )
    }

    static func answer(to request: ReflectionRequest, from files: DescriptorFiles) -> ReflectionResponse {
        ReflectionResponse(
            validHost: request.host,
            originalRequest: request,
            answer: answer(to: request.question, from: files)
        )
    }

    private static func answer(to question: ReflectionRequest.Question?, from files: DescriptorFiles)
        -> ReflectionResponse.Answer
    {
        switch question {
        case .fileByName(let name): answer(with: files.file(named: name))
        case .fileContainingSymbol(let name): answer(with: files.file(defining: name))
        // Messages of this syntax have no extensions.
        case .fileContainingExtension: answer(with: nil)
        case .allExtensionNumbers(let type):
            files.hasMessage(type)
                ? .extensionNumbers(ExtensionNumberResponse(baseTypeName: type)) : answer(with: nil)
        case .listServices:
            .services(ListServiceResponse(service: files.services.map { ServiceResponse(name: $0) }))
        case nil: error(.invalidArgument, "The request asks nothing")
        }
    }

    private static func answer(with files: [[UInt8]]?) -> ReflectionResponse.Answer {
        guard let files else { return error(.notFound, "Nothing of that name is served") }
        return .files(FileDescriptorResponse(fileDescriptorProto: files))
    }

    private static func error(_ code: ConnectCode, _ message: String) -> ReflectionResponse.Answer {
        .error(ErrorResponse(code: Int32(code.rawValue), message: message))
    }
}
