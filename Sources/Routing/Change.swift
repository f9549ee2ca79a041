// The one way to a writer: a change is lent one together with its origin, once its caller has been checked again.

public import Domain

/// What a transaction is for: changes and readings of others' messages leave a row in the audit.
enum Purpose {
    /// It changes something.
    case change
    /// It reads messages of users, in the name of an administrator or operator.
    case reading
    /// It makes what a dialect needs, beside a request that only reads.
    case preparation
}

/// A step that writes: one transaction, with the call that it belongs to.
///
/// Nothing but ``lend`` makes one, so that no access can leave the check out.
public struct Change<Store, Result: Sendable>: Sendable {
    /// The call that it belongs to.
    public let origin: Origin
    /// Runs it in the transaction.
    public let run: @Sendable (Store) throws(Failure) -> Result

    private init(_ origin: Origin, _ run: @escaping @Sendable (Store) throws(Failure) -> Result) {
        self.origin = origin
        self.run = run
    }
}

extension Change {
    /// The same change with a step behind it, in the same transaction.
    func followed(
        by step: @escaping @Sendable (Result, Store) throws(Failure) -> Result
    ) -> Change {
        Change(origin) { store throws(Failure) in try step(try run(store), store) }
    }
}

extension Change where Store == any Writer {
    /// Lends work the store of the caller's application.
    ///
    /// The caller is checked again inside the transaction: its token may have ended since the request was let in.
    ///
    /// - Parameter purpose: what is done with it, for the audit.
    static func lend(
        to call: Call,
        for purpose: Purpose = .change,
        _ work: @escaping @Sendable (any Writer) throws(Failure) -> Result
    ) -> Change {
        Change(call.origin(for: purpose)) { writer throws(Failure) in
            try UserRules.recheck(call.caller, in: writer)
            return try work(writer)
        }
    }

    /// The same change with a step before it, in the same transaction.
    func behind(_ first: @escaping @Sendable (any Writer) throws(Failure) -> Void) -> Change {
        Change(origin) { writer throws(Failure) in
            try first(writer)
            return try run(writer)
        }
    }
}

extension Change where Store == any AdministrationWriter {
    /// Lends work the store of the tenants: its callers are operators, who have no tokens, and those who log in.
    static func lend(
        to call: Call,
        _ work: @escaping @Sendable (any AdministrationWriter) throws(Failure) -> Result
    ) -> Change {
        Change(call.origin(for: .change), work)
    }
}
