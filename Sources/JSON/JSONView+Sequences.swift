// The elements of an array and the members of an object, one after the other.

extension JSONView {
    /// The elements of an array, in order.
    public struct Elements: Sequence, Sendable {
        fileprivate let tape: Tape
        fileprivate let start: Int
        fileprivate let end: Int
        /// How many there are.
        public let underestimatedCount: Int

        /// Begins at the first element.
        public func makeIterator() -> Iterator { Iterator(tape: tape, upcoming: start, end: end) }

        /// Steps from one element to the next without looking into them.
        public struct Iterator: IteratorProtocol, Sendable {
            fileprivate let tape: Tape
            fileprivate var upcoming: Int
            fileprivate let end: Int

            /// The next element.
            public mutating func next() -> JSONView? {
                guard upcoming < end else { return nil }
                defer { upcoming = tape.index(after: upcoming) }
                return JSONView(tape, upcoming)
            }
        }
    }

    /// The members of an object, in the order of the document.
    public struct Members: Sequence, Sendable {
        fileprivate let tape: Tape
        fileprivate let start: Int
        fileprivate let end: Int
        /// How many there are.
        public let underestimatedCount: Int

        /// Begins at the first member.
        public func makeIterator() -> Iterator { Iterator(tape: tape, upcoming: start, end: end) }

        /// Steps from one member to the next without looking into their values.
        public struct Iterator: IteratorProtocol, Sendable {
            fileprivate let tape: Tape
            fileprivate var upcoming: Int
            fileprivate let end: Int

            /// The next member, with its key unescaped.
            public mutating func next() -> (key: String, value: JSONView)? {
                guard upcoming < end else { return nil }
                defer { upcoming = tape.index(after: upcoming + 1) }
                return (tape.text(of: tape.nodes[upcoming]), JSONView(tape, upcoming + 1))
            }
        }
    }

    /// The elements of an array; none for everything else, so look at the kind first.
    ///
    /// Stepping through them allocates nothing.
    public var elements: Elements {
        let isArray = kind == .array
        return Elements(
            tape: tape,
            start: isArray ? index + 1 : 0,
            end: isArray ? tape.index(after: index) : 0,
            underestimatedCount: isArray ? count : 0
        )
    }

    /// The members of an object; none for everything else, so look at the kind first.
    ///
    /// Stepping through them allocates only for keys of more than 15 bytes.
    public var members: Members {
        let isObject = kind == .object
        return Members(
            tape: tape,
            start: isObject ? index + 1 : 0,
            end: isObject ? tape.index(after: index) : 0,
            underestimatedCount: isObject ? count : 0
        )
    }
}
