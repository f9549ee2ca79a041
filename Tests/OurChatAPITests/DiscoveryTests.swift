// Health and reflection: what balancers, supervisors and tools for gRPC ask, in each form of a call.

import Foundation
import FrameKit
import HTTP
import JSON
import Protobuf
import Routing
import TestKit
import Testing

@testable import OurChatAPI

@Suite struct DiscoveryTests {
    private static let health = "grpc.health.v1.Health"
    private static let reflections = [
        "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
    ]
    private static let info = "ServerReflectionInfo"

    /// Asks by one stream, and reads the answers.
    private static func ask(
        _ questions: [ReflectionRequest],
        in service: String = reflections[0]
    ) async throws -> [ReflectionResponse] {
        let app = try await TestServer.shared().makeApp()
        let request = HTTPRequest(
            "POST",
            app.path(ofMethod: info, in: service),
            headers: ["Content-Type": EnvelopeStream.binaryType],
            body: .bytes(questions.flatMap { EnvelopeStream.envelope($0.binary) })
        )
        let stream = try await app.server.client().send(request).stream()
        #expect(stream.code == nil, "\(stream.message ?? "")")
        return try stream.messages.map { try ReflectionResponse(binary: $0) }
    }

    private static func files(_ response: ReflectionResponse?) throws -> [FileDescriptorProto] {
        guard case .files(let files) = response?.answer else { return [] }
        return try files.fileDescriptorProto.map { try FileDescriptorProto(binary: $0) }
    }

    // MARK: Refusals

    @Test func `an unknown service has no health, and is watched all the same`() async throws {
        let app = try await TestServer.shared().makeApp()
        for name in ["service.Unknown", "grpc.health.v1.Health", String(repeating: "x", count: 5000)] {
            let reply = try await app.server.client().post(
                app.path(ofMethod: "Check", in: Self.health),
                ["service": .string(name)]
            )
            #expect(reply.status == 404 && reply.code == "not_found", "\(reply.text)")
        }
        let watch = try await app.server.client().send(
            .stream(
                app.path(ofMethod: "Watch", in: Self.health),
                [["service": "service.Unknown"]],
                timeoutMilliseconds: 1
            )
        ).stream()
        #expect(try watch.json == [["status": "SERVICE_UNKNOWN"]] && watch.code == "deadline_exceeded")
    }

    @Test func `a question that has no answer is answered with an error, and the stream goes on`()
        async throws
    {
        let unanswered: [(ReflectionRequest.Question?, Int32)] = [
            (nil, 3), (.fileByName("no/such.proto"), 5), (.fileByName(""), 5),
            (.fileContainingSymbol("service.basic.v1"), 5), (.fileContainingSymbol("a.B"), 5),
            (.fileContainingExtension(ExtensionRequest(containingType: "a.B", number: 1)), 5),
            (.allExtensionNumbers("a.B"), 5),
        ]
        let last = ReflectionRequest(question: .listServices(""))
        let answers = try await Self.ask(
            unanswered.map { ReflectionRequest(host: "h", question: $0.0) } + [last]
        )
        try #require(answers.count == unanswered.count + 1)
        for (answer, (question, code)) in zip(answers, unanswered) {
            guard case .error(let error) = answer.answer else {
                Issue.record("\(answer)")
                continue
            }
            #expect(error.code == code && answer.validHost == "h")
            #expect(answer.originalRequest == ReflectionRequest(host: "h", question: question))
        }
        #expect(answers.last?.originalRequest == last)
    }

    @Test func `what is no question ends the stream behind the answers before it`() async throws {
        let app = try await TestServer.shared().makeApp()
        let good = EnvelopeStream.envelope(ReflectionRequest(question: .listServices("")).binary)
        let bad: [([UInt8], String)] = [
            (EnvelopeStream.envelope([0x0A, 9]), "invalid_argument"), ([0, 0, 0], "invalid_argument"),
            ([0, 0, 0xFF, 0xFF, 0xFF], "resource_exhausted"),
            (EnvelopeStream.envelope([1], flags: 1), "invalid_argument"),
        ]
        for (bytes, code) in bad {
            let request = HTTPRequest(
                "POST",
                app.path(ofMethod: Self.info, in: Self.reflections[0]),
                headers: ["Content-Type": EnvelopeStream.binaryType],
                body: .bytes(good + bytes)
            )
            let stream = try await app.server.client().send(request).stream()
            #expect(stream.messages.count == 1 && stream.code == code, "\(bytes): \(stream)")
        }
    }

    // MARK: Health

    @Test func `the server and each service of OurChat are said to be serving, in every form`() async throws {
        let app = try await TestServer.shared().makeApp()
        let path = app.path(ofMethod: "Check", in: Self.health)
        for name in [""] + Method.Service.allCases.map(\.rawValue) {
            let reply = try await app.server.client().post(path, ["service": .string(name)])
            #expect(try reply.json() == ["status": "SERVING"])
            let message = EnvelopeStream.envelope(HealthCheckRequest(service: name).binary)
            let type = "application/grpc-web-text"
            let web = try GRPCWebReply(
                try await app.server.client().send(
                    HTTPRequest(
                        "POST",
                        path,
                        headers: ["Content-Type": type],
                        body: .bytes(GRPCWebReply.text(message))
                    )
                )
            )
            #expect(web.status == 0 && web.messages == [[8, 1]])
            let grpc = try await app.server.client(speaksHTTP2: true).send(
                HTTPRequest(
                    "POST",
                    path,
                    headers: ["Content-Type": "application/grpc", "TE": "trailers"],
                    body: .bytes(message)
                )
            )
            #expect(grpc.body == [0, 0, 0, 0, 2, 8, 1] && grpc.headers["grpc-status"] == "0")
        }
    }

    @Test func `a watch is told when maintenance begins and ends, and Check says so, too`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await onOwnThread {
            func turn(_ word: String) throws {
                let run = try CommandLineRun.runBlocking(["maintenance", word, "--data", server.dataPath])
                #expect(run.succeeded)
            }
            func check() throws -> TestJSON {
                let request = HTTPRequest("POST", app.path(ofMethod: "Check", in: Self.health), json: [:])
                return try server.client().sendBlocking(request).json()
            }
            let path = app.path(ofMethod: "Watch", in: Self.health)
            var watch = try StreamClient(
                port: try server.port,
                path,
                ["service": "service.basic.v1.BasicService"],
                token: nil
            )
            #expect(try watch.next() == ["status": "SERVING"])
            let call = try HTTP2Client(port: try server.port)
            let stream = try call.call(path)
            try call.send(stream, [[]], ends: true)
            #expect(try call.message(stream) == [8, 1])
            try turn("on")
            #expect(try watch.next() == ["status": "NOT_SERVING"])
            #expect(try call.message(stream) == [8, 2] && check() == ["status": "NOT_SERVING"])
            try turn("off")
            #expect(try watch.next() == ["status": "SERVING"])
            #expect(try call.message(stream) == [8, 1])
            try server.signal(SIGTERM)
            let (messages, end) = try watch.end()
            #expect(messages == [] && end["error"]?["code"] == "unavailable")
            #expect(try call.end(of: stream).kind == HTTP2Frame.Kind.headers.rawValue)
        }
        try await server.stop()
    }

    // MARK: Reflection

    @Test(arguments: reflections)
    func `every service is listed, and its file leads to all that it needs`(service: String) async throws {
        let list = try await Self.ask([ReflectionRequest(question: .listServices("*"))], in: service)
        guard case .services(let services) = list.first?.answer else {
            Issue.record("\(list)")
            return
        }
        let names = services.service.map(\.name)
        #expect(
            names == (Method.Service.allCases.map(\.rawValue) + [Self.health] + Self.reflections).sorted()
        )
        let answers = try await Self.ask(
            names.map { ReflectionRequest(question: .fileContainingSymbol($0)) },
            in: service
        )
        #expect(answers.count == names.count)
        for (name, answer) in zip(names, answers) {
            let files = try Self.files(answer)
            let known = Set(files.map(\.name))
            #expect(files.allSatisfy { $0.dependency.allSatisfy(known.contains) }, "\(name)")
            let own = try #require(files.first)
            #expect("\(own.package).\(own.service.first?.name ?? "")" == name && own.syntax == "proto3")
            #expect(own.service.first?.method.isEmpty == false)
        }
    }

    @Test func `methods, messages, fields, enumerations and their values lead to their files`() async throws {
        let expected = [
            "service.basic.v1.BasicService.GetId": "service/basic/v1/basic.proto",
            "service.basic.v1.GetIdRequest": "service/basic/v1/basic.proto",
            "service.basic.v1.GetIdRequest.ocid": "service/basic/v1/basic.proto",
            "service.basic.server.v1.RUNNING_STATUS_NORMAL": "service/basic/server/v1/server.proto",
            "grpc.health.v1.HealthCheckResponse.ServingStatus": "grpc/health/v1/health.proto",
            "grpc.health.v1.HealthCheckResponse.SERVING": "grpc/health/v1/health.proto",
            "google.protobuf.Timestamp": "google/protobuf/timestamp.proto",
            "grpc.reflection.v1alpha.ErrorResponse": "grpc/reflection/v1alpha/reflection.proto",
        ]
        let answers = try await Self.ask(
            expected.keys.map { ReflectionRequest(question: .fileContainingSymbol($0)) }
        )
        for (name, answer) in zip(expected.keys, answers) {
            #expect(try Self.files(answer).first?.name == expected[name], "\(name)")
        }
        let numbers = ReflectionRequest(question: .allExtensionNumbers("service.basic.v1.GetIdRequest"))
        guard case .extensionNumbers(let none) = try await Self.ask([numbers]).first?.answer else {
            Issue.record("a message without extensions has the numbers of none")
            return
        }
        #expect(none.numbers == [])
    }

    @Test func `over HTTP 2 each question is answered before the next one is sent`() async throws {
        let server = try await TestServer.shared()
        let app = try await server.makeApp()
        try await onOwnThread {
            let client = try HTTP2Client(port: try server.port)
            let stream = try client.call(app.path(ofMethod: Self.info, in: Self.reflections[1]))
            for question in [
                ReflectionRequest.Question.listServices(""), .fileByName("grpc/health/v1/health.proto"),
            ] {
                let request = ReflectionRequest(question: question)
                try client.send(stream, [request.binary])
                let answer = try ReflectionResponse(binary: try client.message(stream))
                #expect(answer.originalRequest == request)
            }
            try client.send(HTTP2Frame.data(stream, [], ends: true))
            #expect(try client.end(of: stream).kind == HTTP2Frame.Kind.headers.rawValue)
        }
    }

    @Test func `a thousand questions at once are each answered, as the client takes answers`() async throws {
        let question = ReflectionRequest(question: .fileContainingSymbol("service.ourchat.v1.OurChatService"))
        let answers = try await Self.ask(Array(repeating: question, count: 1000))
        #expect(answers.count == 1000 && Set(answers.map(\.binary)).count == 1)
    }
}
