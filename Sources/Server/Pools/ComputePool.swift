// The threads that hash passwords: few, each with its own scratch memory, behind a bounded queue.

import Crypto
import Domain
import Reactor
import Threads

/// Runs password work away from the loops, so that a flood of log-ins delays nothing but log-ins.
///
/// The queue is counted in hashes, not in calls, since a batch of registrations costs sixty log-ins; and no
/// application gets more than a quarter of the room, so that one of them can't keep the users of another out.
final class ComputePool: Sendable {
    /// Hashes that may wait or be under way: beyond it callers are told to come back.
    ///
    /// Some twenty seconds' worth at the default cost on two processors.
    static let capacity = 1024
    /// Those of them that are one application's, or of those that belong to none: log-ins of administrators, and the
    /// operator, who gets in when applications have filled the rest.
    static let share = capacity / 4
    /// Those of them that are one address's, of callers that show no token; a proxy's or a backend's may be all
    /// there are.
    static let addressShare = capacity / 2

    /// The owner of the work: they take turns, so that what one of them has in line is waited for by nobody else.
    private enum Owner: Hashable {
        /// Somebody without a token.
        case address(PeerAddress)
        /// The backend or a user of an application; nil for administrators and the operator.
        case application(ApplicationID?)
    }

    private typealias Work = @Sendable (any PasswordHashing) -> Void

    /// Hashes not yet done.
    private struct Load {
        var total = 0
        var ofApplication: [ApplicationID?: Int] = [:]
        var ofAddress: [PeerAddress: Int] = [:]
    }

    /// One element for each work in line.
    private let queue = BlockingQueue<Void>(capacity: capacity + share)
    private let line: Line
    private let load = Guarded(Load())
    private let computed: Counter
    private let threads: [NamedThread]

    init(threads count: Int, cost: PasswordCost) throws(ThreadRefusal) {
        var threads: [NamedThread] = []
        let computed = Counter()
        self.computed = computed
        let line = Line()
        self.line = line
        for index in 0..<count {
            threads.append(
                try NamedThread.start(name: "hash-\(index)") { [queue] in
                    let hasher = PasswordHasher { computed.increment() }
                    let hashing = ServerPasswordHashing(hasher: hasher, cost: cost)
                    while queue.take() != nil { line.next()?(hashing) }
                }
            )
        }
        self.threads = threads
    }

    /// Queues work of so many hashes; false when there is no room, or the pool is closed.
    ///
    /// The last work that is let in may go beyond the bounds, however large: an operator who allows large
    /// batches gets them done.
    ///
    /// - Parameter address: the caller's, where that is all that is known of it.
    func submit(
        hashes: Int,
        for application: ApplicationID?,
        from address: PeerAddress? = nil,
        _ work: @escaping @Sendable (any PasswordHashing) -> Void
    ) -> Bool {
        let weight = min(hashes, Self.share)
        let isAdmitted = load.withLock { load in
            let held = load.ofApplication[application] ?? 0
            guard held < Self.share, load.total < Self.capacity || application == nil else { return false }
            if let address {
                let held = load.ofAddress[address] ?? 0
                guard held < Self.addressShare else { return false }
                load.ofAddress[address] = held + weight
            }
            load.total += weight
            load.ofApplication[application] = held + weight
            return true
        }
        guard isAdmitted else { return false }
        line.add(of: address.map { .address($0) } ?? .application(application)) { [self] hashing in
            work(hashing)
            done(weight, application, address)
        }
        // Where it is refused the pool is closed, and the line is never asked again.
        let isQueued = queue.push(())
        if !isQueued {
            done(weight, application, address)
            line.discard()
        }
        return isQueued
    }

    private func done(_ weight: Int, _ application: ApplicationID?, _ address: PeerAddress?) {
        load.withLock { load in
            load.total -= weight
            // Removed with the last one, so that the tables are no larger than what is under way.
            let ofApplication = (load.ofApplication[application] ?? 0) - weight
            load.ofApplication[application] = ofApplication > 0 ? ofApplication : nil
            guard let address else { return }
            let ofAddress = (load.ofAddress[address] ?? 0) - weight
            load.ofAddress[address] = ofAddress > 0 ? ofAddress : nil
        }
    }

    /// Hashes that wait or are under way at this moment, as they are counted against the bounds.
    var hashes: Int { load.withLock { $0.total } }

    /// Work that waits at this moment.
    var depth: Int { queue.count }

    /// Hashes begun since the start.
    var hashesBegun: Int { computed.count }

    /// Ends the threads behind the hashes that they are at.
    ///
    /// Waiting work isn't begun: nobody is left to be answered.
    func close() {
        queue.close(discarding: true)
        for thread in threads { thread.join() }
        line.discard()
    }

    /// The line that the threads take from.
    private final class Line: Sendable {
        private let works = Guarded(FairQueue<Owner, Work>())

        func add(of owner: Owner, _ work: @escaping Work) { works.withLock { $0.add(work, of: owner) } }
        func next() -> Work? { works.withLock { $0.next() } }

        /// Forgets what waits: each work holds the pool, and the pool this line.
        func discard() { _ = works.withLock { works in Swift.exchange(&works, with: FairQueue()) } }
    }

    /// A number that all threads of the pool raise.
    private final class Counter: Sendable {
        private let value = Guarded(0)

        var count: Int { value.withLock { $0 } }
        func increment() { value.withLock { $0 += 1 } }
    }
}
