// The handlers by descriptor: slots with a generation, so that a stale event is recognised by its key.

/// Names one registration with one loop.
///
/// Never valid again once deregistered.
public struct Registration: Hashable, Sendable {
    let slot: UInt32
    let generation: UInt32

    /// The user data of an epoll event: the slot's index and its generation.
    var key: UInt64 { UInt64(generation) << 32 | UInt64(slot) }
}

/// The loop's handlers.
///
/// epoll reports a batch of events; handling one may close the descriptor of another and open a new one with the
/// same number. Therefore an event carries not the descriptor but slot and generation; ending a registration
/// raises the slot's generation, and a late event of the old one finds no handler.
struct HandlerTable {
    /// The mailbox has no handler: waking up is all it is for.
    static let mailboxKey = UInt64.max

    private struct Slot {
        var handler: (any EventHandler)?
        var descriptor: Int32
        var generation: UInt32
    }

    private var slots: ContiguousArray<Slot> = []
    private var free: ContiguousArray<UInt32> = []

    /// The handler of this key's registration; nil when it has ended.
    func handler(for key: UInt64) -> (any EventHandler)? {
        let index = Int(UInt32(truncatingIfNeeded: key))
        guard index < slots.count, slots[index].generation == UInt32(key >> 32) else { return nil }
        return slots[index].handler
    }

    /// The descriptor of a registration; nil when it has ended.
    func descriptor(of registration: Registration) -> Int32? {
        let index = Int(registration.slot)
        guard index < slots.count, slots[index].generation == registration.generation,
            slots[index].handler != nil
        else { return nil }
        return slots[index].descriptor
    }

    mutating func insert(_ descriptor: Int32, _ handler: any EventHandler) -> Registration {
        if let index = free.popLast() {
            slots[Int(index)].handler = handler
            slots[Int(index)].descriptor = descriptor
            return Registration(slot: index, generation: slots[Int(index)].generation)
        }
        slots.append(Slot(handler: handler, descriptor: descriptor, generation: 0))
        return Registration(slot: UInt32(slots.count - 1), generation: 0)
    }

    /// Puts another handler in the place of a registration's, and moves the old one out; nil when it has ended.
    mutating func replace(_ registration: Registration, with handler: any EventHandler) -> (any EventHandler)?
    {
        let index = Int(registration.slot)
        guard index < slots.count, slots[index].generation == registration.generation,
            let old = slots[index].handler
        else { return nil }
        slots[index].handler = handler
        return old
    }

    /// Ends a registration and moves its handler out, so that it doesn't end while the table is being changed.
    mutating func remove(_ registration: Registration) -> (descriptor: Int32, handler: any EventHandler)? {
        let index = Int(registration.slot)
        guard index < slots.count, slots[index].generation == registration.generation,
            let handler = slots[index].handler
        else { return nil }
        slots[index].handler = nil
        slots[index].generation &+= 1
        free.append(registration.slot)
        return (slots[index].descriptor, handler)
    }

    /// Ends all registrations and moves the handlers out.
    mutating func removeAll() -> [any EventHandler] {
        let handlers = slots.compactMap(\.handler)
        for index in slots.indices where slots[index].handler != nil {
            slots[index].handler = nil
            slots[index].generation &+= 1
            free.append(UInt32(index))
        }
        return handlers
    }
}
