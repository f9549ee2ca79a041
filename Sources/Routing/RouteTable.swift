// All routes as a tree of segments, frozen and checked at the start.

public import HTTP

/// The frozen table of routes.
public struct RouteTable: Sendable {
    /// Every route in the order declared.
    public let routes: [Route]
    private var nodes: [Node] = [Node()]
    private let aliases: [PathAlias]
    private let telling: [(field: StaticString, dialect: any Dialect)]
    /// The dialect that is spoken in gRPC.
    private let callDialect: (any Dialect)?
    /// The names of the fields that some request may have to carry, as a list of HTTP: browsers ask before they send them.
    public let fieldNames: String

    /// The result of looking up a path and method.
    public enum Match: Sendable {
        /// A route, by its index, and the values of its parameters.
        case route(Int, parameters: [String])
        /// The path exists with other methods.
        case otherMethods([HTTP.Method])
        /// No such path.
        case nothing
    }

    private struct Node: Sendable {
        var literals: [(text: [UInt8], node: Int)] = []
        var parameter: Int?
        var routes: [(method: HTTP.Method, index: Int)] = []
        var spoken = Spoken.nothing
    }

    /// The dialect of the routes below a node.
    private enum Spoken {
        case nothing, one(any Dialect), several

        mutating func add(_ dialect: (any Dialect)?) {
            switch (self, dialect) {
            case (.nothing, let dialect?): self = .one(dialect)
            case (.one(let known), let dialect?) where known.name == dialect.name: break
            default: self = .several
            }
        }
    }

    /// Freezes the routes.
    ///
    /// Two routes of one method and one set of paths, or two of one name, are a programmer's error and stop the
    /// start.
    ///
    /// - Parameters:
    ///   - aliases: paths that stand for longer ones.
    ///   - isServed: leaves routes out, for a listener on which they don't exist; they keep their index.
    public init(
        _ routes: [Route],
        aliases: [PathAlias] = [],
        where isServed: (Route) -> Bool = { _ in true }
    ) {
        self.routes = routes
        self.aliases = aliases
        telling = Self.telling(routes)
        fieldNames = Self.fieldNames(routes)
        callDialect = routes.first { $0.action.bodyKind == .message }?.dialect
        var names: Set<String> = []
        for (index, route) in routes.enumerated() {
            precondition(names.insert(route.name).inserted, "Two routes are named \(route.name)")
            guard isServed(route) else { continue }
            var position = 0
            nodes[position].spoken.add(route.dialect)
            for segment in route.pattern.segments {
                position = child(of: position, for: segment)
                nodes[position].spoken.add(route.dialect)
            }
            let isNew = !nodes[position].routes.contains { $0.method == route.method }
            precondition(isNew, "\(route.method) \(route.pattern) clashes with another route")
            nodes[position].routes.append((route.method, index))
            // HEAD is safe (RFC 9110 section 9.2.1), so it isn't answered where GET changes something.
            if route.method == .get, !route.action.work.changes {
                nodes[position].routes.append((.head, index))
            }
        }
        for alias in aliases { graft(alias) }
    }

    /// The fields by which dialects are known, each once.
    private static func telling(_ routes: [Route]) -> [(field: StaticString, dialect: any Dialect)] {
        var found: [(field: StaticString, dialect: any Dialect)] = []
        for dialect in routes.compactMap(\.dialect) {
            guard let field = dialect.tellingField,
                !found.contains(where: { $0.field.description == field.description })
            else { continue }
            found.append((field, dialect))
        }
        return found
    }

    private static func fieldNames(_ routes: [Route]) -> String {
        let read = routes.flatMap(\.action.fields).map { $0.name.lowercased() }
        let tokens = routes.compactMap { $0.dialect?.tokenField?.description }
        let calls = routes.flatMap(\.action.bodyKind.browserFields)
        return Set(read + tokens + calls + ["authorization", "content-type", "idempotency-key", "x-request-id"]).sorted().joined(
            separator: ", "
        )
    }

    /// Lets the root lead to what an alias stands for.
    private mutating func graft(_ alias: PathAlias) {
        var place = 0
        for segment in alias.prefix {
            let text = Array(segment.utf8)
            let next = nodes[place].literals.first { $0.text == text }?.node ?? nodes[place].parameter
            guard let next else { preconditionFailure("No route lies below \(alias.prefix)") }
            place = next
        }
        if alias.firstSegments.contains("") {
            precondition(nodes[0].routes.isEmpty, "Two routes are at the root")
            nodes[0].routes = nodes[place].routes
        }
        for (text, node) in nodes[place].literals {
            guard alias.firstSegments.contains(String(decoding: text, as: UTF8.self)) else { continue }
            precondition(!nodes[0].literals.contains { $0.text == text }, "Two routes begin like an alias")
            nodes[0].literals.append((text, node))
        }
        for name in alias.nowhere.sorted() {
            let text = Array(name.utf8)
            precondition(!nodes[0].literals.contains { $0.text == text }, "Two routes begin like an alias")
            var empty = Node()
            empty.spoken = nodes[place].spoken
            nodes.append(empty)
            nodes[0].literals.append((text, nodes.count - 1))
        }
    }

    /// The values of a route's parameters, those that an alias leaves out among them.
    private func parameters(of route: Route, in target: RequestTarget) -> [String] {
        let pattern = route.pattern
        // Only by an alias is a path shorter than its pattern.
        let missing = pattern.segments.count - target.segmentCount
        guard missing > 0 else { return pattern.parameterPositions.map { target.segment($0) } }
        let first = target.segmentCount == 0 ? "" : target.segment(0)
        guard
            let alias = aliases.first(where: {
                $0.firstSegments.contains(first) && $0.prefix.count == missing
            })
        else { preconditionFailure("\(pattern) was found by no alias") }
        return pattern.parameterPositions.map {
            $0 < missing ? alias.prefix[$0] : target.segment($0 - missing)
        }
    }

    private mutating func child(of position: Int, for segment: PathPattern.Segment) -> Int {
        switch segment {
        case .literal(let name):
            let text = Array(name.utf8)
            if let known = nodes[position].literals.first(where: { $0.text == text }) { return known.node }
            nodes.append(Node())
            nodes[position].literals.append((text, nodes.count - 1))
        case .parameter:
            if let known = nodes[position].parameter { return known }
            nodes.append(Node())
            nodes[position].parameter = nodes.count - 1
        }
        return nodes.count - 1
    }

    /// Looks a path up.
    ///
    /// A literal segment is preferred to a parameter, unless only the parameter leads to the method: `GET
    /// …/users/batch/status` is the status of a user named `batch`.
    public func match(_ method: HTTP.Method, _ target: RequestTarget) -> Match {
        if let index = find(method, target, 0, from: 0) {
            return .route(index, parameters: parameters(of: routes[index], in: target))
        }
        var allowed: [HTTP.Method] = []
        collect(target, 0, from: 0, into: &allowed)
        guard !allowed.isEmpty else { return .nothing }
        if let head = allowed.firstIndex(of: .head) { allowed.append(allowed.remove(at: head)) }
        return .otherMethods(allowed + [.options])
    }

    /// The dialect at the point where an unknown path leaves the known ones; nil where more than one dialect is.
    public func dialect(near target: RequestTarget) -> (any Dialect)? {
        var node = 0
        for position in 0..<target.segmentCount {
            guard let next = literal(target, position, from: node) ?? nodes[node].parameter else { break }
            node = next
        }
        guard case .one(let dialect) = nodes[node].spoken else { return nil }
        return dialect
    }

    /// The dialect of a request that leads nowhere, by a field that only that dialect's clients send.
    public func dialect(toldBy isSent: (StaticString) -> Bool) -> (any Dialect)? {
        telling.first { isSent($0.field) }?.dialect
    }

    /// The dialect of a request that leads nowhere, by a Content-Type that only that dialect's clients send.
    public func dialect(ofCallTyped contentType: String) -> (any Dialect)? {
        guard MessageForm(contentType: contentType)?.isGRPC == true else { return nil }
        return callDialect?.manner(of: ["content-type": contentType], body: nil)
    }

    /// The route of a method, among all readings of the path the most literal one.
    private func find(_ method: HTTP.Method, _ target: RequestTarget, _ position: Int, from node: Int) -> Int?
    {
        guard position < target.segmentCount else {
            return nodes[node].routes.first { $0.method == method }?.index
        }
        if let literal = literal(target, position, from: node),
            let found = find(method, target, position + 1, from: literal)
        {
            return found
        }
        guard let parameter = nodes[node].parameter, position > 0 || !isAliased(target) else { return nil }
        return find(method, target, position + 1, from: parameter)
    }

    /// The methods of all readings of the path.
    private func collect(
        _ target: RequestTarget,
        _ position: Int,
        from node: Int,
        into methods: inout [HTTP.Method]
    ) {
        guard position < target.segmentCount else {
            for route in nodes[node].routes where !methods.contains(route.method) {
                methods.append(route.method)
            }
            return
        }
        if let literal = literal(target, position, from: node) {
            collect(target, position + 1, from: literal, into: &methods)
        }
        if position == 0, isAliased(target) { return }
        if let parameter = nodes[node].parameter {
            collect(target, position + 1, from: parameter, into: &methods)
        }
    }

    /// Whether a path begins like an alias: no organisation is called so, and what isn't below the alias is nowhere.
    private func isAliased(_ target: RequestTarget) -> Bool {
        let first = target.segment(0)
        return aliases.contains { $0.firstSegments.contains(first) || $0.nowhere.contains(first) }
    }

    private func literal(_ target: RequestTarget, _ position: Int, from node: Int) -> Int? {
        target.withSegment(position) { segment in
            segment.withUnsafeBufferPointer { segment in
                for literal in nodes[node].literals where literal.text.count == segment.count {
                    if literal.text.elementsEqual(segment) { return literal.node }
                }
                return nil
            }
        }
    }
}
