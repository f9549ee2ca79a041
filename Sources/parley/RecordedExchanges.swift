// Examples for the API document from the exchanges that the tests replay.

import CLinux
import Dialects
import Glibc
import HTTP
import JSON
import Routing

/// Reads recorded exchanges as examples.
enum RecordedExchanges {
    /// The first request and reply of each file, in the order of the names.
    ///
    /// Left out is what shows nothing: a request that no route takes or that isn't JSON, a reply that the file fixes only
    /// in part.
    static func examples(in folder: String) throws -> [RouteExample] {
        let table = RouteTable(ServedDialect.routes)
        return try names(in: folder).compactMap { name in
            let bytes = try read(folder + "/" + name)
            let value: JSONValue
            do throws(JSONError) {
                value = try JSONValue(parsing: bytes)
            } catch {
                throw CommandFailure("\(folder)/\(name) isn't a recorded exchange: \(error).")
            }
            return example(value, table)
        }
    }

    private static func example(_ exchange: JSONValue, _ table: RouteTable) -> RouteExample? {
        guard let title = exchange["description"]?.string, let request = exchange["request"],
            let method = request["method"]?.string.flatMap({ HTTP.Method($0) }),
            let path = request["path"]?.string,
            case .string(let target)? = ExampleFacts.literal(.string(path)),
            let target = requestTarget(target),
            case .route(let index, _) = table.match(method, target),
            let status = exchange["response"]?["status"]?.int64.flatMap({ Int(exactly: $0) }),
            let pattern = exchange["response"]?["body"], let reply = body(pattern)
        else { return nil }
        var body: JSONValue?
        if let sent = request["body"] {
            // Of a stream, the first message is shown.
            guard let literal = ExampleFacts.literal(sent["$stream"]?[0] ?? sent) else { return nil }
            body = literal
        }
        return RouteExample(
            route: table.routes[index].name,
            title: title,
            request: body,
            status: status,
            reply: reply
        )
    }

    /// The body of a reply: JSON, a text, or the first message of a stream.
    private static func body(_ pattern: JSONValue) -> JSONValue? {
        if pattern["$stream"] != nil { return pattern["$stream"]?[0].flatMap { ExampleFacts.literal($0) } }
        return pattern["$text"] ?? ExampleFacts.literal(pattern)
    }

    private static func requestTarget(_ text: String) -> RequestTarget? {
        do throws(ParseError) {
            return try RequestTarget(parsing: Array(text.utf8).span)
        } catch {
            return nil
        }
    }

    // MARK: Files

    private static func names(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else {
            throw CommandFailure("\(folder) can't be read: \(String(cString: strerror(errno))).")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".json") { names.append(name) }
        }
        return names.sorted()
    }

    private static func read(_ path: String) throws -> [UInt8] {
        let descriptor = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard descriptor >= 0 else {
            throw CommandFailure("\(path) can't be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else {
                throw CommandFailure("\(path) can't be read: \(String(cString: strerror(errno))).")
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}
