// All routes as a tree of segments, frozen and checked at the start.

public import HTTP

/// The frozen table of routes.
public struct RouteTable: Sendable {
    /// Every route in the order declared.
    public let routes: [Route]
    private var nodes: [Node] = [Node()]

    /// What a path and method lead to.
    public enum Match: Sendable {
        /// A route, by its index, and the values of its parameters.
        case route(Int, parameters: [String])
        /// The path exists with other methods.
        case otherMethods([HTTP.Method])
        /// No such path.
        case nothing
    }

    private struct Node: Sendable {
        var literals: [(text: String, node: Int)] = []
        var parameter: Int?
        var routes: [(method: HTTP.Method, index: Int)] = []
    }

    /// Freezes the routes.
    ///
    /// Two routes of one method and one set of paths, or two of one name, are a programmer's error and stop the start.
    ///
    /// - Parameter isServed: leaves routes out, for a listener on which they don't exist; they keep their index.
    public init(_ routes: [Route], where isServed: (Route) -> Bool = { _ in true }) {
        self.routes = routes
        var names: Set<String> = []
        for (index, route) in routes.enumerated() {
            precondition(names.insert(route.name).inserted, "Two routes are named \(route.name)")
            guard isServed(route) else { continue }
            var position = 0
            for segment in route.pattern.segments { position = child(of: position, for: segment) }
            let isNew = !nodes[position].routes.contains { $0.method == route.method }
            precondition(isNew, "\(route.method) \(route.pattern) clashes with another route")
            nodes[position].routes.append((route.method, index))
            // HEAD is safe (RFC 9110 section 9.2.1), so it isn't answered where GET changes something.
            if route.method == .get, !route.action.work.changes { nodes[position].routes.append((.head, index)) }
        }
    }

    private mutating func child(of position: Int, for segment: PathPattern.Segment) -> Int {
        switch segment {
        case .literal(let text):
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

    /// Looks a path up. A literal segment is preferred to a parameter, unless only the parameter leads to the method:
    /// `GET …/users/batch/status` is the status of a user named `batch`.
    public func match(_ method: HTTP.Method, _ path: [String]) -> Match {
        var parameters: [String] = []
        parameters.reserveCapacity(4)
        if let index = find(path, 0, from: 0, &parameters, { $0.first { $0.method == method }?.index }) {
            return .route(index, parameters: parameters)
        }
        var allowed: [HTTP.Method] = []
        // Nothing is accepted, so that every reading of the path is visited.
        let _: Never? = find(path, 0, from: 0, &parameters) { routes in
            for route in routes where !allowed.contains(route.method) { allowed.append(route.method) }
            return nil
        }
        guard !allowed.isEmpty else { return .nothing }
        if let head = allowed.firstIndex(of: .head) { allowed.append(allowed.remove(at: head)) }
        return .otherMethods(allowed + [.options])
    }

    private func find<Found>(
        _ path: [String], _ position: Int, from node: Int, _ parameters: inout [String],
        _ accept: ([(method: HTTP.Method, index: Int)]) -> Found?
    ) -> Found? {
        guard position < path.count else { return accept(nodes[node].routes) }
        let segment = path[position]
        if let literal = nodes[node].literals.first(where: { $0.text == segment }),
            let found = find(path, position + 1, from: literal.node, &parameters, accept)
        {
            return found
        }
        guard let parameter = nodes[node].parameter else { return nil }
        parameters.append(segment)
        if let found = find(path, position + 1, from: parameter, &parameters, accept) { return found }
        parameters.removeLast()
        return nil
    }
}
