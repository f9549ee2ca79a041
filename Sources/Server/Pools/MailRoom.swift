// The threads that hand mail over: few, so that a slow mail system holds up nothing but mail.

import Domain
import JSON
import Routing
import Threads

/// Sends mail by a command, at most two at a time; some more wait.
final class MailRoom: MailSending {
    /// Errands that may wait.
    static let capacity = 32

    private let address: Guarded<String>
    private let command: MailCommand?
    private let queue = BlockingQueue<@Sendable () -> Void>(capacity: capacity)
    private let threads: [NamedThread]
    private let isClosed = Guarded(false)
    private let log: EventLog

    init(_ command: MailCommand?, publicURL: String, log: EventLog) throws(ThreadRefusal) {
        self.command = command
        address = Guarded(publicURL)
        self.log = log
        var threads: [NamedThread] = []
        for index in 0..<(command == nil ? 0 : 2) {
            threads.append(
                try NamedThread.start(name: "mail-\(index)") { [queue] in
                    while let work = queue.take() { work() }
                }
            )
        }
        self.threads = threads
    }

    var isOn: Bool { command != nil }

    var publicURL: String { address.withLock { $0 } }

    /// Links begin so from now on: which port is free is known only once it is bound.
    func publish(_ url: String) { address.withLock { $0 = url } }

    func send(_ mail: Mail) throws(Failure) {
        guard let command else { throw .mail(.off) }
        // A waiting request is refused while the server stops, rather than holding it up.
        guard !isClosed.withLock({ $0 }) else { throw .mail(.failed) }
        do throws(MailRefusal) {
            try command.deliver(mail)
        } catch {
            note(error.reason)
            throw .mail(error.problem)
        }
    }

    /// Tells of a command that can't be run, before the first mail has to wait for it in vain.
    func logObstacle() {
        if let obstacle = command?.obstacle { note(obstacle) }
    }

    /// Neither an address nor a text: they aren't the log's business, nor are the command's arguments.
    private func note(_ reason: String) {
        log.write(
            .warning,
            "mail",
            [("command", .string(command?.words.first ?? "")), ("failure", .string(reason))]
        )
    }

    /// Queues an errand; false when there is no room for it.
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        guard !threads.isEmpty else {
            // Without mail there is nothing to wait for.
            work()
            return true
        }
        return queue.push(work)
    }

    /// Ends the threads; a command that runs is waited for.
    func close() {
        isClosed.withLock { $0 = true }
        queue.close()
        for thread in threads { thread.join() }
    }
}
