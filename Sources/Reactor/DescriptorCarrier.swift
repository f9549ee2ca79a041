// Carries a descriptor through an escaping closure, which can't own a noncopyable value itself.
import Threads

/// A descriptor on its way to another thread.
///
/// The taker owns it; if nobody does, it is closed.
final class DescriptorCarrier: Sendable {
    private let descriptor: Guarded<Descriptor?>

    init(_ descriptor: consuming Descriptor) {
        self.descriptor = Guarded(consume descriptor)
    }

    /// The descriptor, the first time.
    func take() -> Descriptor? {
        descriptor.withLock { $0.take() }
    }
}
