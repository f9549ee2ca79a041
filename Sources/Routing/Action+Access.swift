// The accesses: how a handler becomes an action. Its signature says what it is lent.

public import Domain
import HTTP

extension Action {
    /// Needs no store.
    public static func pure<In: Input, Out: Reply>(
        _ handler: @escaping @Sendable (Call, In) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .pure { incoming throws(Failure) in
                try handler(incoming.call, incoming.decode(In.self)).response()
            }
        )
    }

    /// A bounded read, on the loop: by key, or a page of at most 100 rows.
    public static func read<In: Input, Out: Reply>(
        _ handler: @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .read { incoming, reader throws(Failure) in
                Answered(try handler(incoming.call, incoming.decode(In.self), reader))
            }
        )
    }

    /// An unbounded read, on a reader thread.
    public static func scan<In: Input, Out: Reply>(
        _ handler: @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .scan { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return .application { reader throws(Failure) in
                    Outcome(try handler(incoming.call, input, reader))
                }
            }
        )
    }

    /// A bounded read, and then a call to another server, whose answer is waited for by no thread.
    public static func read<In: Input, Out: Reply>(
        thenOutside handler: @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Outside<Out>
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .outside { incoming, reader throws(Failure) in
                try handler(incoming.call, incoming.decode(In.self), reader).outcome
            }
        )
    }

    /// A change, in a transaction.
    public static func write<In: Input, Out: Reply>(
        _ handler: @escaping @Sendable (Call, In, any Writer) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .write { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return .application(
                    .lend(to: incoming.call) { writer throws(Failure) in
                        Outcome(try handler(incoming.call, input, writer))
                    }.storingReply(of: incoming.call)
                )
            }
        )
    }

    /// A change that needs a password hashed or checked first: look up, do that, write.
    public static func write<In: Input, Prepared: Sendable, Out: Reply>(
        after prepare:
            @escaping @Sendable (Call, In, any Reader) throws(Failure) -> Preparation<Prepared, Out>,
        _ handler: @escaping @Sendable (Call, In, Prepared, any Writer) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .prepared { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return .application { reader throws(Failure) in
                    try prepare(incoming.call, input, reader).followed { prepared in
                        .application(
                            .lend(to: incoming.call) { writer throws(Failure) in
                                Outcome(try handler(incoming.call, input, prepared, writer))
                            }.storingReply(of: incoming.call)
                        )
                    }
                }
            }
        )
    }

    /// A change that another program is to be told of: it is committed, then the errand is run, then comes the reply.
    ///
    /// An errand that fails takes the change back and is told as the call's failure. Where the process ends between the two,
    /// the change stands and nobody was told.
    public static func write<In: Input, Out: Reply>(
        thenErrand handler: @escaping @Sendable (Call, In, any Writer) throws(Failure) -> Errands<Out>
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .errand { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return .lend(to: incoming.call) { writer throws(Failure) in
                    switch try handler(incoming.call, input, writer) {
                    case .none(let reply): return .none(Outcome(reply))
                    case .then(let errand, let reply): return .then(errand, Outcome(reply))
                    }
                }
            }
        )
    }
}
