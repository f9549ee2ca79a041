// The accesses to the tenants themselves: lent the unbound store, for operators and console users.

public import Domain
import HTTP

extension Action {
    /// A read of the directory of tenants, on a reader thread.
    public static func administrationRead<In: Input, Out: Reply>(
        _ handler: @escaping @Sendable (Call, In, any AdministrationReader) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .scan { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return .administration { reader throws(Failure) in
                    Outcome(try handler(incoming.call, input, reader))
                }
            }
        )
    }

    /// A change of the directory of tenants.
    public static func administrationWrite<In: Input, Out: Reply>(
        _ handler: @escaping @Sendable (Call, In, any AdministrationWriter) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .write { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return .administration(
                    .lend(to: incoming.call) { writer throws(Failure) in
                        Outcome(try handler(incoming.call, input, writer))
                    }.storingReply(of: incoming.call)
                )
            }
        )
    }

    /// A change of the directory that needs a password hashed or checked first.
    public static func administrationWrite<In: Input, Prepared: Sendable, Out: Reply>(
        after prepare:
            @escaping @Sendable (Call, In, any AdministrationReader) throws(Failure) -> Preparation<
                Prepared, Out
            >,
        _ handler: @escaping @Sendable (Call, In, Prepared, any AdministrationWriter) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .prepared { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return .administration { reader throws(Failure) in
                    try prepare(incoming.call, input, reader).followed { prepared in
                        .administration(
                            .lend(to: incoming.call) { writer throws(Failure) in
                                Outcome(try handler(incoming.call, input, prepared, writer))
                            }.storingReply(of: incoming.call)
                        )
                    }
                }
            }
        )
    }

    /// A slow call of the operator that needs no store, on a reader thread.
    public static func task<In: Input, Out: Reply>(
        _ handler: @escaping @Sendable (Call, In) throws(Failure) -> Out
    ) -> Action {
        Action(
            input: In.self,
            reply: Out.self,
            work: .task { incoming throws(Failure) in
                let input = try incoming.decode(In.self)
                return { () throws(Failure) in Outcome(try handler(incoming.call, input)) }
            }
        )
    }
}
