// A queue by owner: each gets its turn, however many another has in line.

/// Elements of several owners: the owners take turns, the elements of one come in their order.
struct FairQueue<Owner: Hashable, Element> {
    private var lines: [Owner: [Element]] = [:]
    /// The owners with something in line, in the order of their turns.
    private var turns: [Owner] = []

    /// Nobody in line.
    init() {}

    /// Puts an element behind its owner's others.
    mutating func add(_ element: Element, of owner: Owner) {
        if lines[owner, default: []].isEmpty { turns.append(owner) }
        lines[owner, default: []].append(element)
    }

    /// The next one; nil for an empty line.
    mutating func next() -> Element? {
        guard !turns.isEmpty else { return nil }
        let owner = turns.removeFirst()
        let element = lines[owner]?.removeFirst()
        if lines[owner]?.isEmpty == true {
            lines[owner] = nil
        } else {
            turns.append(owner)
        }
        return element
    }
}
