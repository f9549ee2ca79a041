// Many streams of message ids, each in order, read as one in order.

/// One stream: the ids of a stretch, read in pieces as they are needed.
struct MessageSource {
    /// The unread part of the stretch.
    private var rest: MessageRange
    /// The bound of the stretch's last id: behind it nothing is looked for.
    private let read: (MessageRange, Int) throws(Failure) -> [MessageID]
    private var buffer: ArraySlice<MessageID> = []
    private var size = 1
    private var isRead = false

    /// A stream.
    ///
    /// - Parameters:
    ///   - range: the stretch.
    ///   - newest: no id of the stream is above this one.
    ///   - read: the ids of a part of the stretch in its direction, at most so many.
    init(
        _ range: MessageRange,
        through newest: MessageID,
        _ read: @escaping (MessageRange, Int) throws(Failure) -> [MessageID]
    ) {
        rest = range
        if newest < .last { rest.before = min(range.before, MessageID(rawValue: newest.rawValue + 1)) }
        self.read = read
        isRead = rest.isEmpty
    }

    /// The next id, or where it isn't read yet the best that it can be; nil at the end.
    var bound: MessageID? {
        if let first = buffer.first { return first }
        if isRead { return nil }
        return rest.isDescending ? rest.before.predecessor : MessageID(rawValue: rest.after.rawValue + 1)
    }

    /// Whether `bound` is the next id itself.
    var isExact: Bool { !buffer.isEmpty }

    /// Reads on, twice as much each time.
    mutating func refine() throws(Failure) {
        let ids = try read(rest, size)
        buffer = ids[...]
        isRead = ids.count < size
        if let last = ids.last { rest = rest.continued(behind: last) }
        size = min(size * 2, 128)
    }

    mutating func drop() { buffer = buffer.dropFirst() }
}

/// The streams as one.
///
/// A stream is only read when its next id may be the next of all.
struct MessageMerge {
    private var sources: [MessageSource]
    private let isDescending: Bool

    init(_ sources: [MessageSource], isDescending: Bool) {
        self.sources = sources.filter { $0.bound != nil }
        self.isDescending = isDescending
    }

    /// The next id of all streams; each id once.
    mutating func next() throws(Failure) -> MessageID? {
        while let index = foremost {
            guard sources[index].isExact, let id = sources[index].bound else {
                try sources[index].refine()
                if sources[index].bound == nil { sources.remove(at: index) }
                continue
            }
            for other in sources.indices where sources[other].isExact && sources[other].bound == id {
                sources[other].drop()
            }
            sources.removeAll { $0.bound == nil }
            return id
        }
        return nil
    }

    /// The stream whose next id can come first; one that still has to be read before one that is known.
    private var foremost: Int? {
        var found: (index: Int, bound: MessageID)?
        for (index, source) in sources.enumerated() {
            guard let bound = source.bound else { continue }
            guard let best = found else {
                found = (index, bound)
                continue
            }
            let isBefore = isDescending ? bound > best.bound : bound < best.bound
            if isBefore || (bound == best.bound && !source.isExact) { found = (index, bound) }
        }
        return found?.index
    }
}
