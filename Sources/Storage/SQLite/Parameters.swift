// The values of statements: how each kind becomes parameters, and how a query is prepared with all of its own.

import Domain

/// A value for a statement: a value, or several that belong together.
protocol Bindable {
    /// Gives the statement's next parameters their values, in their order.
    func bind(to statement: inout Statement)
}

/// A value that is one parameter, and NULL where an optional one isn't there.
protocol Parameter: Bindable {}

/// A source of statements: a connection, or a store, which may give all of its statements a parameter of its own.
protocol StatementSource {
    /// The query's prepared form, with the parameters that all statements of this source begin with.
    func prepare(_ query: Query) throws(Failure) -> Statement
}

extension StatementSource {
    /// The query's prepared form, with its parameters: the values in the order of their numbers.
    ///
    /// Fourteen are enough, since some values are several parameters. It isn't a parameter pack: from one, each value
    /// is copied by way of its type's table of functions, and binding takes more than twice as long (measured).
    // swift-format-ignore
    @inline(__always)
    func prepare<
        A: Bindable, B: Bindable, C: Bindable, D: Bindable, E: Bindable, F: Bindable, G: Bindable, H: Bindable,
        I: Bindable, J: Bindable, K: Bindable, L: Bindable, M: Bindable, N: Bindable
    >(
        _ query: Query, _ a: A, _ b: B = NoParameter(), _ c: C = NoParameter(), _ d: D = NoParameter(),
        _ e: E = NoParameter(), _ f: F = NoParameter(), _ g: G = NoParameter(), _ h: H = NoParameter(),
        _ i: I = NoParameter(), _ j: J = NoParameter(), _ k: K = NoParameter(), _ l: L = NoParameter(),
        _ m: M = NoParameter(), _ n: N = NoParameter()
    ) throws(Failure) -> Statement {
        var statement = try prepare(query)
        a.bind(to: &statement); b.bind(to: &statement); c.bind(to: &statement); d.bind(to: &statement)
        e.bind(to: &statement); f.bind(to: &statement); g.bind(to: &statement); h.bind(to: &statement)
        i.bind(to: &statement); j.bind(to: &statement); k.bind(to: &statement); l.bind(to: &statement)
        m.bind(to: &statement); n.bind(to: &statement)
        return statement
    }
}

/// In the place of a value that `prepare` isn't given.
struct NoParameter: Bindable {
    @inline(__always)
    func bind(to statement: inout Statement) {}
}

// MARK: One parameter

extension Int64: Parameter {
    @inline(__always)
    func bind(to statement: inout Statement) { statement.bind(integer: self) }
}

extension Int: Parameter {
    @inline(__always)
    func bind(to statement: inout Statement) { statement.bind(integer: Int64(self)) }
}

extension Bool: Parameter {
    @inline(__always)
    func bind(to statement: inout Statement) { statement.bind(integer: self ? 1 : 0) }
}

extension Timestamp: Parameter {
    @inline(__always)
    func bind(to statement: inout Statement) { statement.bind(integer: milliseconds) }
}

extension String: Parameter {
    @inline(__always)
    func bind(to statement: inout Statement) { statement.bind(text: self) }
}

extension [UInt8]: Bindable, Parameter {
    @inline(__always)
    func bind(to statement: inout Statement) { withUnsafeBytes { statement.bind(blob: $0) } }
}

extension UUID: Parameter {
    @inline(__always)
    func bind(to statement: inout Statement) {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { statement.bind(blob: $0) }
    }
}

extension Optional: Bindable, Parameter where Wrapped: Parameter {
    @inline(__always)
    func bind(to statement: inout Statement) {
        if let self { self.bind(to: &statement) } else { statement.bindNull() }
    }
}

extension Collection {
    /// For columns that have NULL for what is empty.
    var unlessEmpty: Self? { isEmpty ? nil : self }
}

// MARK: Keys of rows

/// A row's key, with a type of its own.
protocol RowKey: Parameter, RawRepresentable<Int64> {
    init(rawValue: Int64)
}

extension RowKey {
    @inline(__always)
    func bind(to statement: inout Statement) { statement.bind(integer: rawValue) }
}

extension AdministratorID: RowKey {}
extension ApplicationID: RowKey {}
extension ConversationID: RowKey {}
extension CredentialID: RowKey {}
extension DeliveryID: RowKey {}
extension EventID: RowKey {}
extension FileID: RowKey {}
extension ThreadID: RowKey {}
extension ReactionID: RowKey {}
extension GroupID: RowKey {}
extension GroupRoleID: RowKey {}
extension MessageID: RowKey {}
extension OrganizationID: RowKey {}
extension ProposalID: RowKey {}
extension UserID: RowKey {}
extension WebhookID: RowKey {}
