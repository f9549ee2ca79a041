// The two texts that can't be names where names stand in paths.

/// The segments that are steps in a path, however they are escaped (RFC 3986 sections 3.3 and 6.2.2.3).
///
/// An object with such a name could be created and never be requested.
enum PathSteps {
    /// Whether the text is `.` or `..`.
    static func contains(_ text: String) -> Bool { text == "." || text == ".." }
}
