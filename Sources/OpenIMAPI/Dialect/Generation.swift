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
    /// Where the names of several generations fit equally well, `native` decides if it is among them, else the older.
    ///
    /// - Parameter body: what can't be read speaks like `native`: it is going to be refused.
    func generation(ofBody body: [UInt8], native: Generation) -> Generation {
        guard let root = try? JSONDocument(body).root, root.kind == .object else { return native }
        let sent = root.members.map { $0.key.lowercased() }
        let fits = names.map { known in sent.count(where: known.contains) }
        let best = fits.max() ?? 0
        guard fits[native.rawValue] < best else { return native }
        return Generation.allCases.first { fits[$0.rawValue] == best } ?? native
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
