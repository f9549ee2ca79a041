// Why the server can't start: one sentence for the operator.

import Domain

/// A reason not to start.
public struct StartFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    init(_ description: String) { self.description = description }

    /// The sentence of whatever a part threw.
    init(describing error: any Error) {
        switch error {
        case let failure as StartFailure: self = failure
        case let refusal as StorageRefusal: self.init(refusal.description)
        default: self.init("The server can't start: \(error).")
        }
    }
}
