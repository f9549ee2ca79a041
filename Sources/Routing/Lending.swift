// The two stores that work is lent, the caller's application and the tenants: whatever differs between them, once.

import Domain

/// Where the steps of a route find their store.
protocol Lending: SendableMetatype {
    /// The store that a reading step is lent.
    associatedtype Reading
    /// The store that a writing step is lent.
    associatedtype Writing
    /// A step that reads.
    static func query<Result: Sendable>(
        _ run: @escaping @Sendable (Reading) throws(Failure) -> Result
    ) -> Query<Result>
    /// A step that writes, on behalf of a call.
    static func transaction(
        of call: Call,
        _ run: @escaping @Sendable (Writing) throws(Failure) -> any Reply
    ) -> Transaction
}

/// The caller's application.
enum ApplicationLending: Lending {
    static func query<Result: Sendable>(
        _ run: @escaping @Sendable (any Reader) throws(Failure) -> Result
    ) -> Query<Result> { .application(run) }

    static func transaction(
        of call: Call,
        _ run: @escaping @Sendable (any Writer) throws(Failure) -> any Reply
    ) -> Transaction { .application(.lend(to: call, run)) }
}

/// The tenants themselves.
enum TenantLending: Lending {
    static func query<Result: Sendable>(
        _ run: @escaping @Sendable (any AdministrationReader) throws(Failure) -> Result
    ) -> Query<Result> { .administration(run) }

    static func transaction(
        of call: Call,
        _ run: @escaping @Sendable (any AdministrationWriter) throws(Failure) -> any Reply
    ) -> Transaction { .administration(.lend(to: call, run)) }
}

extension Lending {
    /// An unbounded read, on a reader thread.
    static func scan<In: Input, Out: Reply>(
        _ handler: @escaping @Sendable (Call, In, Reading) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .scan { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return query { store throws(Failure) in try handler(incoming.call, input, store) }
            }
        )
    }

    /// A change, in a transaction.
    static func write<In: Input, Out: Reply>(
        _ handler: @escaping @Sendable (Call, In, Writing) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .write { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return transaction(of: incoming.call) { store throws(Failure) in
                    try handler(incoming.call, input, store)
                }
            }
        )
    }

    /// A change that needs a password hashed or checked first: look up, do that, write.
    static func write<In: Input, Prepared: Sendable, Out: Reply>(
        after prepare: @escaping @Sendable (Call, In, Reading) throws(Failure) -> Preparation<Prepared, Out>,
        _ handler: @escaping @Sendable (Call, In, Prepared, Writing) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .prepared { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return query { store throws(Failure) in
                    try prepare(incoming.call, input, store).followed { prepared in
                        transaction(of: incoming.call) { store throws(Failure) in
                            try handler(incoming.call, input, prepared, store)
                        }
                    }
                }
            }
        )
    }
}
