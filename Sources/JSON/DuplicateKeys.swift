// Finds a key that an object names twice, at a cost that no choice of keys can raise.

extension TapeBuilder {
    /// Above this many members a hash table is cheaper than comparing each pair of fingerprints.
    private static var pairwiseLimit: Int { 16 }

    /// Refuses an object, complete but for its closing, in which two keys are equal once unescaped.
    ///
    /// Keys are compared as bytes, not as `String`, for which "\u{E9}" and "e\u{301}" are equal.
    func refuseDuplicateKeys(ofObjectAt object: Int, _ input: Span<UInt8>) throws(JSONError) {
        let found =
            nodes[object].count <= Self.pairwiseLimit
            ? duplicateByPairs(ofObjectAt: object, input)
            : duplicateByTable(ofObjectAt: object, input)
        guard let duplicate = found else { return }
        let node = nodes[duplicate]
        throw JSONError(reason: .duplicateKey(excerpt(of: node, input)), offset: Int(node.start))
    }

    /// At most 120 comparisons of fingerprints; the text is looked at only where two fingerprints agree.
    private func duplicateByPairs(ofObjectAt object: Int, _ input: Span<UInt8>) -> Int? {
        var key = self.key(after: object + 1)
        while key < nodes.count {
            let fingerprint = nodes[key].link
            var earlier = object + 1
            while earlier < key {
                if nodes[earlier].link == fingerprint, keysAreEqual(earlier, key, input) { return key }
                earlier = self.key(after: earlier)
            }
            key = self.key(after: key)
        }
        return nil
    }

    /// One probe of an open-addressed table a key.
    ///
    /// The standard library's hash is seeded anew in each process, so
    /// keys that collide cannot be prepared.
    private func duplicateByTable(ofObjectAt object: Int, _ input: Span<UInt8>) -> Int? {
        let capacity = 1 << (Int.bitWidth - (nodes[object].count * 2 - 1).leadingZeroBitCount)
        var table = [Slot](repeating: Slot(), count: capacity)
        var key = object + 1
        while key < nodes.count {
            let hash = hash(of: nodes[key], input)
            var index = hash & (capacity - 1)
            while table[index].key != 0 {
                if table[index].hash == hash, keysAreEqual(Int(table[index].key), key, input) { return key }
                index = (index + 1) & (capacity - 1)
            }
            table[index] = Slot(hash: hash, key: UInt32(truncatingIfNeeded: key))
            key = self.key(after: key)
        }
        return nil
    }

    /// An entry of the table; no key has index 0, as its object's node comes before it.
    private struct Slot {
        var hash = 0
        var key: UInt32 = 0
    }

    private func key(after key: Int) -> Int {
        let value = nodes[key + 1]
        return value.isContainer ? Int(value.link) : key + 2
    }

    private func hash(of node: Node, _ input: Span<UInt8>) -> Int {
        var hasher = Hasher()
        let content = input.extracting(node.content)
        if node.tag == .plainString {
            content.withUnsafeBytes { hasher.combine(bytes: $0) }
        } else {
            unescape(content).withUnsafeBytes { hasher.combine(bytes: $0) }
        }
        return hasher.finalize()
    }

    private func keysAreEqual(_ first: Int, _ second: Int, _ input: Span<UInt8>) -> Bool {
        let (a, b) = (nodes[first], nodes[second])
        let (contentA, contentB) = (input.extracting(a.content), input.extracting(b.content))
        switch (a.tag, b.tag) {
        case (.plainString, .plainString):
            guard contentA.count == contentB.count else { return false }
            for index in contentA.indices where contentA[index] != contentB[index] { return false }
            return true
        case (.plainString, _): return unescaped(contentB, equals: contentA)
        case (_, .plainString): return unescaped(contentA, equals: contentB)
        default: return unescaped(contentA, equals: unescape(contentB).span)
        }
    }

    /// The first 64 bytes of a key, unescaped; a message must not carry back whatever length it was sent.
    private func excerpt(of node: Node, _ input: Span<UInt8>) -> String {
        let text = unescape(input.extracting(node.content))
        guard text.count > 64 else { return String(decoding: text, as: UTF8.self) }
        // Cut before a character, never inside one.
        var end = 64
        while text[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: text[..<end], as: UTF8.self) + "\u{2026}"
    }
}

/// Four bytes of a key, as it reads unescaped, by which most unequal keys differ.
@inline(__always)
func keyFingerprint(_ content: Span<UInt8>, isEscaped: Bool) -> UInt32 {
    guard isEscaped else { return fingerprint(content) }
    let text = unescape(content)
    return fingerprint(text.span)
}

@inline(__always)
private func fingerprint(_ text: Span<UInt8>) -> UInt32 {
    let count = text.count
    guard count > 0 else { return 0 }
    let first = UInt32(text[0])
    let middle = UInt32(text[count / 2])
    let last = UInt32(text[count - 1])
    return first | middle << 8 | last << 16 | UInt32(truncatingIfNeeded: count) << 24
}
