// A log that several threads of a test write.

import Threads

/// A list that may be appended to from every thread.
final class Log<Element: Sendable>: Sendable {
    private let list = Guarded<[Element]>([])

    func append(_ element: Element) { list.withLock { $0.append(element) } }
    var entries: [Element] { list.withLock { $0 } }
}
