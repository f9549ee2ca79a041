// Waiting for a state that another thread or process brings about.

/// Looks again and again, with a short pause between two looks, until there is a value.
///
/// - Parameter awaited: the state that is waited for, for the message of the failure.
/// - Throws: ``DeadlinePassed`` after ``Deadline/patience``, and whatever a look throws.
public func eventually<Value>(
    _ awaited: @autoclosure () -> String,
    isolation: isolated (any Actor)? = #isolation,
    _ look: () async throws -> Value?
) async throws -> Value {
    let deadline = Deadline()
    while true {
        if let value = try await look() { return value }
        guard !deadline.hasPassed else { throw DeadlinePassed(description: awaited()) }
        try await Task.sleep(for: .milliseconds(2))
    }
}
