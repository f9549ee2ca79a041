// A pure set of deadlines: a heap whose entries are re-armed lazily, so that moving a deadline later is one store.

/// Names one deadline of one set; never valid again once the deadline has passed or was cancelled.
public struct TimerID: Hashable, Sendable {
    let slot: UInt32
    let generation: UInt32
}

/// Deadlines with a payload each, handed out in the order in which they fall due.
///
/// A connection moves its deadline with every request, nearly always later. So `rearm` only notes the new
/// deadline and leaves the heap as it is; when the entry comes up at its old place it is put back at its real one.
/// Moving a deadline earlier costs O(log n), as do `schedule` and `cancel`. No clock is read here.
public struct Deadlines<Payload> {
    private struct Slot {
        var payload: Payload?
        var deadline: UInt64
        var order: UInt64
        var heapIndex: Int
        var generation: UInt32
    }

    /// The place in the heap: never later than the slot's own deadline.
    private struct Node {
        var deadline: UInt64
        var order: UInt64
        var slot: UInt32

        func isBefore(_ other: Node) -> Bool {
            deadline != other.deadline ? deadline < other.deadline : order < other.order
        }
    }

    private var slots: ContiguousArray<Slot> = []
    private var free: ContiguousArray<UInt32> = []
    private var heap: ContiguousArray<Node> = []
    private var armed: UInt64 = 0

    /// An empty set.
    public init() {}

    /// How many deadlines are pending.
    public var count: Int { heap.count }

    /// When to look again: never later than the earliest deadline, possibly earlier.
    ///
    /// Nil when there is none.
    public var nextWake: MonotonicInstant? {
        guard let first = heap.first, first.deadline != .max else { return nil }
        return MonotonicInstant(nanoseconds: first.deadline)
    }

    /// Adds a deadline.
    ///
    /// Equal deadlines fall due in the order in which they were armed.
    public mutating func schedule(at deadline: MonotonicInstant, _ payload: Payload) -> TimerID {
        armed += 1
        let index: UInt32
        if let reused = free.popLast() {
            index = reused
        } else {
            index = UInt32(slots.count)
            slots.append(Slot(payload: nil, deadline: 0, order: 0, heapIndex: 0, generation: 0))
        }
        slots[Int(index)].payload = payload
        slots[Int(index)].deadline = deadline.nanoseconds
        slots[Int(index)].order = armed
        heap.append(Node(deadline: deadline.nanoseconds, order: armed, slot: index))
        siftUp(heap.count - 1)
        return TimerID(slot: index, generation: slots[Int(index)].generation)
    }

    /// Moves a pending deadline; false when it has passed or was cancelled.
    ///
    /// Later is one store.
    @discardableResult
    public mutating func rearm(_ id: TimerID, at deadline: MonotonicInstant) -> Bool {
        let index = Int(id.slot)
        guard isPending(id) else { return false }
        armed += 1
        slots[index].deadline = deadline.nanoseconds
        slots[index].order = armed
        let place = slots[index].heapIndex
        if deadline.nanoseconds < heap[place].deadline {
            heap[place].deadline = deadline.nanoseconds
            heap[place].order = armed
            siftUp(place)
        }
        return true
    }

    /// Takes a pending deadline out and returns its payload; nil when it has passed or was cancelled.
    public mutating func cancel(_ id: TimerID) -> Payload? {
        guard isPending(id) else { return nil }
        return remove(Int(id.slot))
    }

    /// Takes out the earliest deadline at or before `now`; nil when none is due.
    public mutating func popDue(now: MonotonicInstant) -> Payload? {
        while let first = heap.first, first.deadline <= now.nanoseconds {
            let index = Int(first.slot)
            if slots[index].order != first.order {
                // Moved later since it was put here: now it goes to its real place.
                heap[0].deadline = slots[index].deadline
                heap[0].order = slots[index].order
                siftDown(0)
                continue
            }
            // Armed for the end of time means never, even on the last nanosecond of the clock.
            if first.deadline == .max { return nil }
            return remove(index)
        }
        return nil
    }

    /// Whether this deadline is still to come.
    public func isPending(_ id: TimerID) -> Bool {
        let index = Int(id.slot)
        return index < slots.count && slots[index].generation == id.generation && slots[index].payload != nil
    }

    private mutating func remove(_ index: Int) -> Payload? {
        let place = slots[index].heapIndex
        let last = heap.removeLast()
        if place < heap.count {
            heap[place] = last
            slots[Int(last.slot)].heapIndex = place
            siftDown(place)
            siftUp(slots[Int(last.slot)].heapIndex)
        }
        // Moved out before the slot is cleared: the payload must not end while the set is being changed.
        let payload = slots[index].payload
        slots[index].payload = nil
        slots[index].generation &+= 1
        free.append(UInt32(index))
        return payload
    }

    private mutating func siftUp(_ start: Int) {
        let node = heap[start]
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard node.isBefore(heap[parent]) else { break }
            put(heap[parent], at: place)
            place = parent
        }
        put(node, at: place)
    }

    private mutating func siftDown(_ start: Int) {
        let node = heap[start]
        var place = start
        while true {
            var child = 2 * place + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
            guard heap[child].isBefore(node) else { break }
            put(heap[child], at: place)
            place = child
        }
        put(node, at: place)
    }

    private mutating func put(_ node: Node, at place: Int) {
        heap[place] = node
        slots[Int(node.slot)].heapIndex = place
    }
}
