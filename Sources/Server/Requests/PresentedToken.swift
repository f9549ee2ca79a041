// The token in the head of a request, and what its bearer is let in with.

import Domain
import Glibc
import HTTP
import Routing

/// A caller who was let in, and what its token may do with the application's authority.
struct Admission {
    let caller: Caller
    let scopes: Scopes

    /// A caller without the application's authority.
    init(_ caller: Caller) {
        self.caller = caller
        scopes = []
    }

    init(_ caller: Caller, _ scopes: Scopes) {
        self.caller = caller
        self.scopes = scopes
    }
}

/// The token that a request sent.
enum PresentedToken {
    /// None, in a field or without one; what that is to a caller who needs one.
    case none(AuthenticationProblem)
    /// A field that can't be read; why.
    case malformed(AuthenticationProblem)
    /// The text behind `Bearer`, or in the dialect's own field.
    case present(ArraySlice<UInt8>)

    /// Finds it in a dialect's own field, else in `Authorization`.
    init(_ head: RequestHead, for dialect: (any Dialect)?) {
        if let field = dialect?.tokenField {
            let tokens = head.values(field)
            let token = tokens.first ?? ""
            // Of several, two readers could take two; `Authorization` can't stand twice.
            self =
                tokens.count > 1
                ? .malformed(.malformed) : token.isEmpty ? .none(.missing) : .present(Array(token.utf8)[...])
            return
        }
        guard let value = head.valueBytes("authorization") else {
            self = .none(.missing)
            return
        }
        let isExact = dialect?.isSchemeExact ?? false
        switch value.withUnsafeBufferPointer({ Self.form(of: $0, isExact: isExact) }) {
        case .blank: self = .none(.blank)
        case .unreadable(let problem): self = .malformed(problem)
        case .token(let start): self = .present(value.dropFirst(start))
        }
    }

    private enum Form {
        case blank
        case unreadable(AuthenticationProblem)
        case token(start: Int)
    }

    /// Takes a value apart at its spaces: the scheme, and one word behind it.
    private static func form(of field: UnsafeBufferPointer<UInt8>, isExact: Bool) -> Form {
        let space = UInt8(ascii: " ")
        let end = field.firstIndex(of: space) ?? field.count
        let isBearer = isBearer(UnsafeBufferPointer(rebasing: field[..<end]), isExact: isExact)
        var start = end
        while start < field.count, field[start] == space { start += 1 }
        let rest = UnsafeBufferPointer(rebasing: field[start...])
        guard let address = rest.baseAddress, !rest.isEmpty else {
            return isBearer || end == 0 ? .blank : .unreadable(.malformed)
        }
        guard memchr(address, Int32(space), rest.count) == nil else { return .unreadable(.malformed) }
        return isBearer ? .token(start: start) : .unreadable(.otherScheme)
    }

    /// Whether a scheme is `Bearer`, in any case (RFC 9110, 11.1) or exactly.
    private static func isBearer(_ scheme: UnsafeBufferPointer<UInt8>, isExact: Bool) -> Bool {
        let name: StaticString = "Bearer"
        return scheme.count == name.utf8CodeUnitCount
            && scheme.indices.allSatisfy { index in
                let byte = name.utf8Start[index]
                return scheme[index] == byte || (!isExact && scheme[index] | 0x20 == byte | 0x20)
            }
    }
}
