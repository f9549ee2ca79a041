// Reads exchanges from the files in Fixtures. Every unknown word in a file is an error.

import Foundation

extension Exchange {
    /// A fixture file that can't be read.
    public struct Unreadable: Error, CustomStringConvertible {
        /// The file and the reason.
        public let description: String
    }

    /// Reads all exchanges of a folder of Fixtures, by file name.
    ///
    /// - Throws: `Unreadable` with the file's name when one of them is wrong, or there is none.
    public static func all(in folder: String) throws -> [Exchange] {
        let path = Project.fixtures + "/" + folder
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }
            .sorted()
        guard !names.isEmpty else { throw Unreadable(description: "no fixture in \(path)") }
        return try names.map { try Exchange(file: path + "/" + $0) }
    }

    /// Reads one file.
    ///
    /// - Throws: `Unreadable` with the file's name and the reason.
    public init(file path: String) throws {
        let url = URL(fileURLWithPath: path)
        let name = url.deletingPathExtension().lastPathComponent
        do {
            try self.init(name: name, json: TestJSON(parsing: Data(contentsOf: url)))
        } catch {
            throw Unreadable(description: "\(url.lastPathComponent): \(error)")
        }
    }

    /// Reads an exchange from its JSON form.
    public init(name: String, json: TestJSON) throws {
        var reader = try MemberReader(json, of: "an exchange")
        let title = try reader.text("name")
        guard title == name else { throw Unreadable(description: "its name is \(title), its file's \(name)") }
        let source = try reader.text("source")
        let description = try reader.text("description")
        let given = try (reader.optional("given")?.array ?? []).map(SetupStep.init)
        let caller = try Caller(word: try reader.text("caller"))
        var stages = [
            Stage(
                caller: caller,
                request: try RecordedRequest(json: reader.required("request")),
                response: try ExpectedResponse(json: reader.required("response"))
            )
        ]
        for json in reader.optional("then")?.array ?? [] {
            var next = try MemberReader(json, of: "a further exchange")
            stages.append(
                Stage(
                    caller: try next.optional("caller").map { try Caller(word: $0.string ?? "") } ?? caller,
                    request: try RecordedRequest(json: next.required("request")),
                    response: try ExpectedResponse(json: next.required("response"))
                )
            )
            try next.end()
        }
        try reader.end()
        self.init(name: name, source: source, description: description, given: given, stages: stages)
    }
}

extension Caller {
    init(word: String) throws {
        guard let caller = Caller(word) else {
            throw Exchange.Unreadable(description: "no such caller: \(word)")
        }
        self = caller
    }
}

extension RecordedRequest {
    init(json: TestJSON) throws {
        var reader = try MemberReader(json, of: "a request")
        method = try reader.text("method")
        path = try reader.text("path")
        headers = try (reader.optional("headers")?.members ?? []).map { member in
            guard member.value == .null || member.value.string != nil else {
                throw Exchange.Unreadable(description: "the value of \(member.name) is neither text nor null")
            }
            return (member.name, member.value.string)
        }
        body = try reader.optional("body").map(Self.body) ?? .none
        try reader.end()
    }

    /// Tells `{"$text": …}`, `{"$stream": […]}` and `{"$repeat": TEXT, "times": N}` from a JSON body.
    private static func body(_ json: TestJSON) throws -> Body {
        guard let first = json.members?.first, first.name.hasPrefix("$") else { return .json(json) }
        switch (first.name, first.value, json["times"], json.members?.count) {
        case ("$text", .string(let text), nil, 1):
            return .text(text)
        case ("$stream", .array(let messages), nil, 1):
            return .stream(messages)
        case ("$repeat", .string(let text), .integer(let times)?, 2):
            return .text(String(repeating: text, count: Int(times)))
        default:
            throw Exchange.Unreadable(description: "no such body: \(json)")
        }
    }
}

extension ExpectedResponse {
    init(json: TestJSON) throws {
        var reader = try MemberReader(json, of: "a response")
        guard let status = try reader.required("status").integer, (200...599).contains(status) else {
            throw Exchange.Unreadable(description: "no status")
        }
        self.status = Int(status)
        headers = try (reader.optional("headers")?.members ?? []).map { member in
            (member.name, member.value == .null ? nil : try BodyPattern(member.value))
        }
        let body = try reader.required("body")
        if body == "$empty" {
            self.body = .empty
        } else if case .string(let text)? = body["$text"], body.members?.count == 1 {
            self.body = .text(text)
        } else if case .array(let messages)? = body["$stream"], let end = body["$end"],
            body.members?.count == 2
        {
            self.body = .stream(try messages.map { try BodyPattern($0) }, end: try BodyPattern(end))
        } else {
            self.body = .pattern(try BodyPattern(body))
        }
        try reader.end()
    }
}

extension SetupStep {
    init(_ json: TestJSON) throws {
        guard let member = json.members?.first, json.members?.count == 1 else {
            throw Exchange.Unreadable(description: "no setup step: \(json)")
        }
        let words = member.value.array?.compactMap(\.string) ?? []
        switch (member.name, member.value, words.count) {
        case ("app", let value, _) where value == ["open_registration": true]: self = .openRegistration
        case ("administrator", true, _): self = .administrator
        case ("user", .object, _): self = .user(member.value)
        case ("contact", .array, 2): self = .contact(words[0], words[1])
        case ("block", .array, 2): self = .block(words[0], words[1])
        case ("deactivated", .string(let name), _): self = .deactivated(name)
        case ("remark", .array, 3): self = .remark(words[0], words[1], words[2])
        case ("mute", .object, _): self = .mute(member.value)
        case ("profile", .object, _), ("metadata", .object, _):
            guard let name = member.value["username"]?.string, let values = member.value["values"] else {
                throw Exchange.Unreadable(description: "\(member.name) needs username and values")
            }
            self = member.name == "profile" ? .profile(name, values) : .metadata(name, values)
        case ("group", .object, _), ("room", .object, _):
            guard let name = member.value["as"]?.string, let body = member.value["body"] else {
                throw Exchange.Unreadable(description: "\(member.name) needs as and body")
            }
            self = .group(name, body, isRoom: member.name == "room")
        case ("file", .object, _):
            guard let name = member.value["as"]?.string, let path = member.value["path"]?.string,
                let text = member.value["text"]?.string
            else { throw Exchange.Unreadable(description: "file needs as, path and text") }
            let isRestricted = member.value["restricted"] == true
            self = .file(name, path: path, text: text, isRestricted: isRestricted)
        case ("call", .object, _):
            guard let caller = (member.value["caller"]?.string).flatMap({ Caller($0) }),
                let path = member.value["path"]?.string
            else { throw Exchange.Unreadable(description: "call needs caller and path") }
            var keep: [String: String] = [:]
            if case .object(let members)? = member.value["keep"] {
                for member in members { keep[member.name] = member.value.string }
            }
            self = .call(caller, path: path, body: member.value["body"] ?? .object([]), keep: keep)
        case ("request", .object, _):
            guard let method = member.value["method"]?.string, let path = member.value["path"]?.string else {
                throw Exchange.Unreadable(description: "\(member.name) needs method and path")
            }
            self = .request(method, path, member.value["body"])
        default: throw Exchange.Unreadable(description: "no setup step: \(json)")
        }
    }
}

/// Takes an object's members one by one and complains about those nobody took.
private struct MemberReader {
    private let what: String
    private var rest: [TestJSON.Member]

    init(_ json: TestJSON, of what: String) throws {
        guard let members = json.members else {
            throw Exchange.Unreadable(description: "\(what) is no object")
        }
        self.what = what
        rest = members
    }

    mutating func optional(_ name: String) -> TestJSON? {
        guard let place = rest.firstIndex(where: { $0.name == name }) else { return nil }
        return rest.remove(at: place).value
    }

    mutating func required(_ name: String) throws -> TestJSON {
        guard let value = optional(name) else {
            throw Exchange.Unreadable(description: "\(what) without \(name)")
        }
        return value
    }

    mutating func text(_ name: String) throws -> String {
        guard let text = try required(name).string, !text.isEmpty else {
            throw Exchange.Unreadable(description: "\(what) whose \(name) is no text")
        }
        return text
    }

    func end() throws {
        guard rest.isEmpty else {
            throw Exchange.Unreadable(
                description: "\(what) with unknown \(rest.map(\.name).joined(separator: ", "))"
            )
        }
    }
}
