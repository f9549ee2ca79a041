// The messages as they are declared here, and as clients are generated from: the same names and numbers.

import Foundation
import Protobuf
import Routing
import TestKit
import Testing

@testable import OurChatAPI

@Suite struct DefinitionTests {
    /// The outermost messages of every method.
    private static let messages: [MessageDescription] = [
        RegisterRequest.schema.description, RegisterResponse.schema.description,
        AuthRequest.schema.description,
        AuthResponse.schema.description, TimestampResponse.schema.description,
        GetServerInfoResponse.schema.description, GetIDRequest.schema.description,
        GetIDResponse.schema.description, GetPresetUserStatusResponse.schema.description,
        GetAccountInfoRequest.schema.description, GetAccountInfoResponse.schema.description,
        SetSelfInfoRequest.schema.description, SetFriendInfoRequest.schema.description,
        AddFriendRequest.schema.description, AcceptFriendInvitationRequest.schema.description,
        AcceptFriendInvitationResponse.schema.description, DeleteFriendRequest.schema.description,
        SendMsgRequest.schema.description, SendMsgResponse.schema.description,
        RecallMsgRequest.schema.description, RecallMsgResponse.schema.description,
        NewSessionRequest.schema.description, NewSessionResponse.schema.description,
        GetSessionInfoRequest.schema.description, GetSessionInfoResponse.schema.description,
        SetSessionInfoRequest.schema.description, DeleteSessionRequest.schema.description,
        LeaveSessionRequest.schema.description, KickUserRequest.schema.description,
        MuteUserRequest.schema.description, UnmuteUserRequest.schema.description,
        BanUserRequest.schema.description, UnbanUserRequest.schema.description,
        JoinSessionRequest.schema.description, AllowUserJoinSessionRequest.schema.description,
        InviteUserToSessionRequest.schema.description, InviteUserToSessionResponse.schema.description,
        AcceptJoinSessionInvitationRequest.schema.description, SetRoleRequest.schema.description,
        AddRoleRequest.schema.description, AddRoleResponse.schema.description,
        GetRoleRequest.schema.description,
        GetRoleResponse.schema.description, VerifyRequest.schema.description,
        FetchMsgsRequest.schema.description,
        FetchMsgsResponse.schema.description, DownloadRequest.schema.description,
        DownloadResponse.schema.description, UploadRequest.schema.description,
        UploadResponse.schema.description,
    ]

    /// By full name: the fields of a message, or the values of an enumeration, one text each.
    private static func declared() -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        func note(_ message: MessageDescription) {
            var fields: Set<String> = []
            for field in message.fields {
                let type: String
                switch field.type {
                case .scalar(let name): type = name
                case .timestamp: type = "google.protobuf.Timestamp"
                case .duration: type = "google.protobuf.Duration"
                case .enumeration(let enumeration):
                    type = enumeration.name
                    found[type] = Set(enumeration.values.map { "\($0.name) = \($0.number)" })
                case .message(let inner):
                    type = inner().name
                    note(inner())
                }
                fields.insert(
                    "\(field.label == .repeated ? "repeated " : "")\(type) \(field.name) = \(field.number)"
                )
            }
            found[message.name] = fields
        }
        for message in messages { note(message) }
        return found
    }

    /// The same from the files; messages without fields are left out.
    private static func written() throws -> [String: Set<String>] {
        let folder = URL(filePath: Project.fixtures).appending(path: "ourchat/proto")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".proto")
        }
        var found: [String: Set<String>] = [:]
        for name in names {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            let package = String(try #require(text.firstMatch(of: #/(?m)^package ([\w.]+);/#)).1)
            for block in text.matches(of: #/(?ms)^(?:message|enum) (\w+) \{\n(.*?)^\}/#) {
                var members: Set<String> = []
                for line in block.2.matches(
                    of: #/(?m)^ +(?:optional )?((?:repeated )?)(?:([\w.]+) )?(\w+) = (\d+);/#
                ) {
                    guard let type = line.2.map(String.init) else {
                        members.insert("\(line.3) = \(line.4)")
                        continue
                    }
                    let isOwn = !type.contains(".") && type.first?.isUppercase == true
                    members.insert("\(line.1)\(isOwn ? "\(package)." : "")\(type) \(line.3) = \(line.4)")
                }
                found["\(package).\(block.1)"] = members
            }
        }
        return found
    }

    @Test func `every message is declared as its definition says`() throws {
        let (declared, written) = (Self.declared(), try Self.written())
        #expect(written.count > 40)
        for (name, members) in written { #expect(declared[name] == members, "\(name)") }
        for name in declared.keys { #expect(written[name] != nil, "\(name) has no definition") }
    }

    /// The same from the files that clients are given by reflection.
    private static func described() throws -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        let files = CallServices.files
        let services = files.services.compactMap { files.file(defining: $0) }.flatMap(\.self)
        for bytes in Set(services) {
            let file = try FileDescriptorProto(binary: bytes)
            for message in file.messageType {
                found["\(file.package).\(message.name)"] = Set(
                    message.field.map { field in
                        let type = field.typeName.isEmpty ? Self.scalars[field.type] ?? "?" : field.typeName
                        let name = type.hasPrefix(".") ? String(type.dropFirst()) : type
                        return "\(field.label == 3 ? "repeated " : "")\(name) \(field.name) = \(field.number)"
                    }
                )
            }
            for enumeration in file.enumType {
                found["\(file.package).\(enumeration.name)"] = Set(
                    enumeration.value.map { "\($0.name) = \($0.number ?? -1)" }
                )
            }
        }
        return found
    }

    private static let scalars: [Int32: String] = [
        3: "int64", 4: "uint64", 5: "int32", 8: "bool", 9: "string", 12: "bytes", 13: "uint32",
    ]

    @Test func `reflection describes every message as its definition says`() throws {
        let (described, written) = (try Self.described(), try Self.written())
        for (name, members) in written { #expect(described[name] == members, "\(name)") }
    }

    @Test func `every method of the definitions has a route of its name`() throws {
        let folder = URL(filePath: Project.fixtures).appending(path: "ourchat/proto")
        let paths = Set(OurChatAPI.methods.map(\.pattern.description))
        var count = 0
        for service in ["auth", "basic", "ourchat"] {
            let file = folder.appending(path: "service/\(service)/v1/\(service).proto")
            let text = try String(contentsOf: file, encoding: .utf8)
            let name = try #require(text.firstMatch(of: #/service (\w+) \{/#)).1
            for method in text.matches(of: #/rpc (\w+)\(/#) {
                count += 1
                #expect(
                    paths.contains("/{org}/{app}/service.\(service).v1.\(name)/\(method.1)"),
                    "\(method.1)"
                )
            }
        }
        #expect(count == Method.allCases.count)
    }
}
