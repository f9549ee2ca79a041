// Answers connections beyond the bounds with 503 and lets go of them, at next to no cost.

import CLinux
import Glibc
import HTTP
import Reactor

/// Sockets that were told 503 and wait a moment to be closed.
///
/// A socket closed while its request is unread is reset, and the reset may overtake the answer. So the writing side
/// is shut at once and the socket kept, unread and unwatched, for the linger time; at most `capacity` of them.
final class ConnectionRefusals {
    private static let capacity = 256

    private let context: ConnectionContext
    private var waiting: ContiguousArray<Int32> = []
    private var isTimerArmed = false

    init(_ context: ConnectionContext) {
        self.context = context
    }

    deinit { closeOldest(waiting.count) }

    /// Sends the answer, as far as the kernel takes it at once, and closes soon.
    func refuse(_ descriptor: consuming Descriptor, _ peer: Peer, because reason: RefusalCounts.Reason) {
        context.refusals.note(reason, peer.address)
        var bytes: [UInt8] = []
        var response = context.responder.refusal(
            .serviceUnavailable,
            "There are too many connections; try again later.",
            from: peer
        )
        response.fields.append(.number("Retry-After", context.limits.retryAfterSeconds))
        let date = HTTPDate(secondsSince1970: Int(context.loop.wallMilliseconds / 1000))
        response.serialize(into: &bytes, for: .get, keepsAlive: false, date: date)
        _ = send(descriptor.number, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        _ = shutdown(descriptor.number, Int32(SHUT_WR))
        if waiting.count == ConnectionRefusals.capacity { closeOldest(1) }
        waiting.append(descriptor.take())
        armTimer()
    }

    /// Closes what waits.
    func close() {
        closeOldest(waiting.count)
    }

    /// One timer for all: each socket waits between one and two linger times.
    private func armTimer() {
        guard !isTimerArmed, !waiting.isEmpty else { return }
        isTimerArmed = true
        let due = waiting.count
        context.loop.schedule(after: context.limits.lingerTime) { [weak self] in
            guard let self else { return }
            isTimerArmed = false
            closeOldest(min(due, waiting.count))
            armTimer()
        }
    }

    private func closeOldest(_ count: Int) {
        for number in waiting.prefix(count) { _ = Descriptor(owning: number) }
        waiting.removeFirst(count)
    }
}
