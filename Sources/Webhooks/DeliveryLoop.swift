// The delivering thread: reads what waits, sends it, and has written what became of it.

import CurlLibrary
import Domain
import Threads

/// All that the delivering thread has; nobody else touches it.
final class DeliveryLoop {
    let store: any QueueStore
    let options: DeliveryOptions
    let mailbox: DeliveryMailbox
    let board: DeliveryBoard
    var reader: (any QueueReader)?
    var client: CurlClient?
    /// Whether it was said already that there is no client.
    private var hasLoggedObstacle = false
    var desks: [ApplicationID: ApplicationDesk] = [:]
    private var requests: [(request: OutgoingRequest, completion: @Sendable (IncomingAnswer) -> Void)] = []
    private let clockOffset: Int64
    private var nextSweep: UInt64 = 0
    private var nextCount: UInt64 = 0
    private var isClosed = false

    /// Requests at a time, of all applications.
    static let maximumInFlight = 1024

    init(
        _ store: any QueueStore,
        _ options: DeliveryOptions,
        _ mailbox: DeliveryMailbox,
        _ board: DeliveryBoard
    ) {
        self.store = store
        self.options = options
        self.mailbox = mailbox
        self.board = board
        clockOffset = options.now().milliseconds - Int64(options.monotonicNanoseconds() / 1_000_000)
    }

    /// The clock that due times go by: that of the wall at the start, and then the monotonic one.
    var clock: Timestamp {
        Timestamp(milliseconds: clockOffset + Int64(options.monotonicNanoseconds() / 1_000_000))
    }

    var now: UInt64 { options.monotonicNanoseconds() }

    // MARK: The loop

    func run() {
        begin()
        while !isClosed {
            read(mailbox.take())
            if isClosed { break }
            sendRequests()
            if options.delivers { for (id, desk) in desks { serve(desk, id) } }
            client?.perform()
            for (id, desk) in desks { settle(desk, of: id) }
            keepHouse()
            wait()
        }
        mailbox.end()
        client = nil
        reader?.close()
    }

    private func begin() {
        do {
            reader = try store.makeReader()
            let applications = try reader?.administer { store throws(Failure) in
                try store.webhookApplications()
            }
            if options.delivers { for id in applications ?? [] { desks[id] = ApplicationDesk() } }
        } catch {
            options.log(.obstacle("Webhooks can't be read: \(error)"))
        }
    }

    private func read(_ mail: DeliveryMailbox.Mail) {
        isClosed = mail.isClosed
        if options.delivers {
            for id in mail.changed { desk(of: id).hasChanged = true }
            for id in mail.queued { desk(of: id).ring() }
        }
        for settlement in mail.settled { take(settlement) }
        for chore in mail.chores {
            let desk = desk(of: chore.application)
            desk.isBusy = false
            desk.hasChanged = true
            switch chore.result {
            case .success(let hasMore): if hasMore, chore.isSweep { desk.wantsSweep = true }
            case .failure: desk.pausedUntil = now + Self.storagePause
            }
        }
        requests += mail.requests
    }

    func desk(of id: ApplicationID) -> ApplicationDesk {
        if let desk = desks[id] { return desk }
        let desk = ApplicationDesk()
        desks[id] = desk
        return desk
    }

    /// How long storage is left alone after it failed, in nanoseconds.
    static let storagePause: UInt64 = 1_000_000_000

    /// Until something comes, a transfer goes on, or something is due.
    private func wait() {
        let now = now
        var wake = min(nextSweep, nextCount)
        for desk in desks.values { wake = min(wake, desk.nextWake(now: now, clock: clock)) }
        let milliseconds = wake <= now ? 0 : Int(min((wake - now) / 1_000_000 + 1, 60_000))
        if let client {
            client.wait(milliseconds: milliseconds)
        } else {
            mailbox.wait(.milliseconds(milliseconds))
        }
    }

    /// The client, made when it is first needed.
    func openClient() -> CurlClient? {
        if let client { return client }
        do throws(CurlMissing) {
            let networks = options.networks
            let client = try CurlClient(agent: options.agent) { bytes in
                NetworkAddress(bytes: bytes).map(networks.permits) ?? false
            }
            mailbox.use(client.waker)
            self.client = client
            return client
        } catch {
            if !hasLoggedObstacle { options.log(.obstacle(error.description)) }
            hasLoggedObstacle = true
            return nil
        }
    }

    private func sendRequests() {
        guard !requests.isEmpty else { return }
        let taken = requests
        requests = []
        for (request, completion) in taken {
            guard let client = openClient() else {
                completion(IncomingAnswer(error: CurlClient.obstacle ?? "There is no client."))
                continue
            }
            client.begin(request) { completion($0) }
        }
    }

    // MARK: From time to time

    /// Has old events forgotten once an hour, and counts what waits every few seconds.
    private func keepHouse() {
        let now = now
        if now >= nextSweep {
            nextSweep = now + 3_600_000_000_000
            for desk in desks.values { desk.wantsSweep = true }
        }
        if now >= nextCount {
            nextCount = now + 2_000_000_000
            count()
        }
    }

    private func count() {
        var (pending, oldest) = (0, nil as Timestamp?)
        for (id, desk) in desks {
            for queue in desk.queues.values where queue.webhook.inquiry == nil {
                guard
                    let backlog = try? reader?.read(
                        id,
                        { store throws(Failure) in try store.backlog(of: queue.webhook.id) }
                    )
                else { continue }
                pending += backlog.pending
                if let moment = backlog.oldest { oldest = min(oldest ?? moment, moment) }
            }
        }
        let (found, since) = (pending, oldest)
        board.statistics.withLock { ($0.pending, $0.oldest) = (found, since) }
    }
}
