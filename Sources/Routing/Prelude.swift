// The preparation of an application before a dialect's first request there.

public import Domain

/// The content that a dialect needs in an application, created at its first use.
///
/// It is looked for once in the life of a server, and again when the application's settings change. Where it is
/// missing, it is made in the transaction of the request that found it so: one that is refused makes nothing.
public struct Prelude: Sendable {
    /// Whether it is there: a bounded read.
    public let isDone: @Sendable (Call, any Reader) throws(Failure) -> Bool
    /// Makes it.
    public let run: @Sendable (Call, any Writer) throws(Failure) -> Void

    /// Memberwise.
    public init(
        isDone: @escaping @Sendable (Call, any Reader) throws(Failure) -> Bool,
        _ run: @escaping @Sendable (Call, any Writer) throws(Failure) -> Void
    ) {
        self.isDone = isDone
        self.run = run
    }
}

extension Work {
    /// This work behind a prelude, in one transaction; nil where it isn't done on an application's store.
    public func behind(_ prelude: Prelude, _ incoming: Incoming) throws(Failure) -> Transaction? {
        switch self {
        case .read(let work):
            return .application(
                .lend(to: incoming.call, for: .preparation) { writer throws(Failure) in
                    try prelude.run(incoming.call, writer)
                    return Outcome(try work(incoming, writer))
                }.storingReply(of: incoming.call)
            )
        case .scan(let work):
            guard case .application(let query) = try work(incoming) else { return nil }
            return .application(
                .lend(to: incoming.call, for: .preparation) { writer throws(Failure) in
                    try prelude.run(incoming.call, writer)
                    return try query(writer)
                }.storingReply(of: incoming.call)
            )
        case .write(let work):
            guard case .application(let change) = try work(incoming) else { return nil }
            return .application(
                change.behind { writer throws(Failure) in try prelude.run(incoming.call, writer) }
            )
        case .pure, .prepared, .errand, .outside, .task, .subscribe, .feed: return nil
        }
    }
}

extension Work {
    /// This reading of others' messages as a transaction that leaves a row in the audit; nil for work that isn't a read of an
    /// application.
    public func audited(_ incoming: Incoming) throws(Failure) -> Transaction? {
        switch self {
        case .read(let work):
            return .application(
                .lend(to: incoming.call, for: .reading) { writer throws(Failure) in
                    Outcome(try work(incoming, writer)).noted(in: writer)
                }.storingReply(of: incoming.call)
            )
        case .scan(let work):
            guard case .application(let query) = try work(incoming) else { return nil }
            return .application(
                .lend(to: incoming.call, for: .reading) { writer throws(Failure) in
                    try query(writer).noted(in: writer)
                }.storingReply(of: incoming.call)
            )
        case .pure, .write, .prepared, .errand, .outside, .task, .subscribe, .feed: return nil
        }
    }
}

extension Outcome {
    /// The same, once the audit knows what was read.
    fileprivate func noted(in writer: any Writer) -> Outcome {
        if let reading { writer.noteReading(of: reading.count, in: reading.place) }
        return self
    }
}
