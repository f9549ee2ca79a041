// Holds every frame that a test's client gets to the form that the API document declares for its code.

import JSON
import OurChatAPI
import Routing
import Testing

/// The declared forms of the frames that the server sends.
enum FrameConformance {
    private static let forms = Dictionary(
        grouping: OurChatDialect().frames.filter { $0.sender == .server },
        by: \.code
    )

    /// Records an issue for a frame that isn't as declared.
    static func inspect(_ text: String) {
        let found = violations(in: text)
        if !found.isEmpty {
            Issue.record("not as declared: \(found.joined(separator: "; ")) in \(text.prefix(1000))")
        }
    }

    /// Deviations from the declaration, one sentence each.
    static func violations(in text: String) -> [String] {
        guard let document = try? JSONDocument(Array(text.utf8)) else { return ["not JSON"] }
        guard let code = document.root["code"]?.int64, let form = forms[Int(code)]?.first else {
            return ["a frame of no declared code"]
        }
        return form.shape.violations(in: document.root)
    }
}
