// The three generations of the interface, and the one place where a request's own is told.

import JSON
import Routing

/// A generation of the interface: same functions, other names, codes and envelopes.
enum Generation: Int, CaseIterable, Sendable {
    /// 1.x: `uid`, numbers of roles 0, 1, 2, results beside the error code.
    case first
    /// 2.x: `userID`, everything in `data`.
    case second
    /// 3.x: `operationID` in the head, `errDlt`, lists under names.
    case third
}

/// The names of a route's members, by generation.
struct GenerationNames: Sendable {
    private let names: [Set<String>]

    /// Takes them from the declared body, which has one shape a generation; nil where the route has one body only.
    init?(_ body: Shape?) {
        guard case .anyOf(let shapes) = body, shapes.count == Generation.allCases.count else { return nil }
        names = shapes.map { shape in
            guard case .object(_, let members) = shape else { return [] }
            return Set(members.map { $0.name.lowercased() })
        }
    }

    /// The generation of a request: a third one says so in its head, the others by the names that they use.
    ///
    /// Where the names of several generations fit equally well, the token's generation decides, then `untold`, then `native`,
    /// each if it is among them, else the oldest.
    ///
    /// - Parameters:
    ///   - body: what can't be read speaks like the token, or `native`: it is going to be refused.
    ///   - token: the generation in which the token was opened; nil where it doesn't say.
    ///   - untold: what a request speaks that has `operationID` in its body, and no token that says more.
    func generation(
        ofBody body: [UInt8],
        native: Generation,
        token: () -> Generation?,
        untold: Generation
    ) -> Generation {
        guard let root = try? JSONDocument(body).root, root.isObject else { return token() ?? native }
        let shown = token()
        // `null` counts as absent here as everywhere, and a secret beside a token says nothing: client libraries send both.
        let sent = root.members.filter { $0.value.kind != .null }.map { $0.key.lowercased() }
            .filter { shown == nil || $0 != "secret" }
        let fits = names.map { known in sent.count(where: known.contains) }
        let best = fits.max() ?? 0
        let fitting = Generation.allCases.filter { fits[$0.rawValue] == best }
        guard fitting.count > 1 else { return fitting.first ?? native }
        let told = [shown, sent.contains("operationid") ? untold : nil, native].compactMap(\.self)
        // The first generation has only the paths that are its own.
        let isPossible = { fitting.contains($0) && ($0 != .first || native == .first) }
        return told.first(where: isPossible) ?? fitting.first ?? native
    }
}

extension Call {
    /// The generation that the request is of.
    var generation: Generation { (dialect as? OpenIMDialect)?.generation ?? .first }
}

extension InputReader {
    /// The generation that the request is of.
    var generation: Generation { (dialect as? OpenIMDialect)?.generation ?? .first }
}
