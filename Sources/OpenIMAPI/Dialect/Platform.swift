// The kinds of devices, by number.

import Routing

/// A kind of device; managers have one too.
enum Platform {
    /// A manager's, where the third generation doesn't ask for one.
    static let manager = 10

    /// The number's name in tokens.
    static func name(_ number: Int) -> String {
        let names = [
            "IOS", "Android", "Windows", "OSX", "Web", "MiniWeb", "Linux", "AndroidPad", "IPad", "Admin",
        ]
        return names.indices.contains(number - 1) ? names[number - 1] : "Unknown"
    }
}

extension FieldReader {
    /// The platform: 1–8 in the first generation, where 8 is the manager's, 1–10 later.
    mutating func platform() throws(FieldProblem) -> Int {
        try required(.platform, .integer(generation == .first ? 1...8 : 1...10))
    }
}
