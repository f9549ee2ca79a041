// The delivery of webhooks inside of a server: its way to storage, what wakes it, and what it says.

import CurlLibrary
import Domain
import JSON
import Reactor
import Routing
import Threads
import Webhooks

/// Owns the delivering thread.
final class WebhookRoom: WebhookService {
    let networks: WebhookNetworks
    private let deliverer: Deliverer
    /// Asks endpoints before a change.
    let inquiries: InquiryDesk
    private let database: any StorageEngine
    private let isOnline: @Sendable (UserID) -> Bool
    private let now: @Sendable () -> Timestamp

    /// - Parameter isOnline: whether a user is connected to any loop now; asked on the writer thread.
    init(
        _ configuration: Configuration,
        _ database: any StorageEngine,
        log: EventLog,
        time: any TimeSource,
        isOnline: @escaping @Sendable (UserID) -> Bool
    ) throws(ThreadRefusal) {
        networks = configuration.webhookNetworks
        self.database = database
        self.isOnline = isOnline
        now = log.now
        var options = DeliveryOptions(
            now: log.now,
            monotonicNanoseconds: { time.monotonicNanoseconds() },
            log: { Self.write($0, to: log) }
        )
        options.networks = networks
        // A command that looks into a folder delivers nothing by the way.
        options.delivers = configuration.port != nil
        options.days = Int64(configuration.webhookDays)
        deliverer = try Deliverer(StoreAccess(database: database), options)
        inquiries = InquiryDesk(deliverer, now: log.now)
    }

    // MARK: What wakes it

    /// Hands on what was committed.
    ///
    /// Called on the writer thread.
    func committed(_ events: [CommittedEvent]) {
        for event in events {
            guard let application = event.application else { continue }
            switch event.event {
            case .deliveriesQueued: deliverer.deliveriesQueued(in: application)
            case .webhooksChanged: deliverer.webhooksChanged(in: application)
            default: break
            }
        }
    }

    /// Announces how a user is now, where anybody asks for that.
    ///
    /// Called on any loop.
    func presenceChanged(_ user: UserID, in application: ApplicationID) {
        guard deliverer.watchesPresence(of: application) else { return }
        let isOnline = isOnline
        // Looked at in the transaction, so that the last of several changes is announced.
        _ = database.write(application, by: Origin(server: "announcePresence")) { writer throws(Failure) in
            try OnlineRules.announce(user, isOnline: isOnline(user), in: writer)
        } completion: { _ in
        }
    }

    /// Announces those who were online before the process ended without saying so.
    func announceGone() {
        _ = database.administer(scanning: { store throws(Failure) in try store.webhookApplications() }) {
            [weak self] result in
            for application in (try? result.get()) ?? [] { self?.announceGone(in: application, after: nil) }
        }
    }

    private func announceGone(in application: ApplicationID, after id: UserID?) {
        let isOnline = isOnline
        _ = database.write(application, by: Origin(server: "announcePresence")) { writer throws(Failure) in
            try OnlineRules.announceGone(
                after: id,
                limit: 200,
                isOnline: isOnline,
                in: writer
            )
        } completion: { [weak self] result in
            if case .success(let last?) = result { self?.announceGone(in: application, after: last) }
        }
    }

    // MARK: What handlers ask

    var obstacle: String? { CurlClient.obstacle }

    func ping(
        _ webhook: Webhook,
        of application: String,
        id: String,
        completion: @escaping @Sendable (PingAnswer) -> Void
    ) -> Bool {
        deliverer.send(DeliveryForm.ping(webhook, of: application, id: id, at: now())) { answer in
            completion(
                PingAnswer(
                    status: answer.status,
                    body: String(decoding: answer.body, as: UTF8.self),
                    error: answer.error,
                    durationMilliseconds: answer.durationMilliseconds
                )
            )
        }
    }

    var statistics: DeliveryStatistics { deliverer.statistics }

    func close() { deliverer.close() }

    private static func write(_ incident: DeliveryIncident, to log: EventLog) {
        switch incident {
        case .failed(let endpoint, let event, let status, let error):
            var members: [(String, JSONValue)] = [
                ("endpoint", .string(endpoint.text)), ("webhook_id", .string(event.text)),
            ]
            if let status { members.append(("status", .integer(Int64(status)))) }
            log.write(.warning, "webhook", members + [("error", .string(error))])
        case .disabled(let endpoint, let reason):
            log.write(
                .warning,
                "webhook disabled",
                [("endpoint", .string(endpoint.text)), ("reason", .string(reason))]
            )
        case .obstacle(let reason):
            log.write(.error, "webhooks", [("failure", .string(reason))])
        }
    }
}

/// The delivering thread's way to the store.
private struct StoreAccess: QueueStore {
    let database: any StorageEngine

    func makeReader() throws -> any QueueReader { OwnReader(try database.openReader()) }

    func write(
        _ application: ApplicationID,
        _ work: @escaping @Sendable (any Writer) throws(Failure) -> Bool,
        completion: @escaping @Sendable (Result<Bool, Failure>) -> Void
    ) -> Bool {
        database.write(application, by: Origin(server: "deliverWebhooks"), work, completion: completion)
    }
}

/// A reader that only the delivering thread uses.
private final class OwnReader: QueueReader {
    private let reader: any SnapshotReader

    init(_ reader: any SnapshotReader) { self.reader = reader }

    func read<T>(_ application: ApplicationID, _ body: (any Reader) throws(Failure) -> T) throws(Failure) -> T
    {
        try reader.read(application, body)
    }

    func administer<T>(_ body: (any AdministrationReader) throws(Failure) -> T) throws(Failure) -> T {
        try reader.administer(body)
    }

    func close() { reader.close() }
}
