// Compressed bodies: which codings a route undoes, and that a body in any other is refused before it is read.

public import Domain

extension Action {
    /// The values of Content-Encoding that the route takes (RFC 9110 section 8.4).
    public var contentCodings: [String] {
        bodyKind == .message ? MessageDecoding.encodings : [MessageDecoding.identity]
    }

    /// Holds the head of a request to ``contentCodings``.
    ///
    /// A body read without undoing its coding is another message than the one sent. A body that isn't looked at
    /// has no reading at all, so nothing is asked of it.
    ///
    /// - Parameter lines: the values of the Content-Encoding lines, in order.
    /// - Throws: `.unsupportedEncoding`, for two codings over each other, too.
    public func admit(contentEncoding lines: @autoclosure () -> [String]) throws(Failure) {
        guard bodyKind != .none else { return }
        let coding = lines().joined(separator: ",").lowercased()
        guard coding.isEmpty || contentCodings.contains(coding) else {
            throw .unsupportedEncoding(known: contentCodings)
        }
    }
}
