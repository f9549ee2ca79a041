// The text form of any message, for clients that show texts only.

import Domain
import JSON

/// A message's content in words: frames and methods have no messages but texts.
///
/// Nothing is left out and nothing is empty: what isn't a text has at least its name.
enum Wording {
    /// The kind of a file, with its letter in the original's Markdown.
    enum Medium: String {
        case image = "I"
        case video = "V"
        case file = "F"
    }

    /// A text.
    case text(String)
    /// A picture, a recording or another file, and where it is.
    case file(Medium, name: String, address: String)

    /// Puts a content into words, whichever dialect it came by.
    init(_ content: MessageContent) {
        let body = content.sharedBody
        switch content.kind {
        case .text: self = .text(content.text ?? "")
        case .image: self.init(.image, content.text ?? "image", body)
        case .audio: self.init(.file, content.text ?? "audio", body)
        case .video: self.init(.video, content.text ?? "video", body)
        case .file: self.init(.file, content.text ?? "file", body)
        case .location:
            let place = [body?["lat"], body?["lng"]].compactMap { $0.map(Self.text) }.joined(separator: ", ")
            self = .text((content.text.map { "\($0) " } ?? "") + "(\(place))")
        case .command: self.init(event: body?["action"]?.string ?? "command", body?["param"])
        case .custom: self.init(event: body?["customEvent"]?.string ?? "custom", body?["customExts"])
        }
    }

    private init(_ medium: Medium, _ name: String, _ body: JSONView?) {
        self = .file(medium, name: name, address: body?["url"]?.string ?? "")
    }

    /// `[event] key: value, key: value`.
    private init(event: String, _ entries: JSONView?) {
        let words = entries?.members.map { "\($0.key): \(Self.text($0.value))" } ?? []
        self = .text(words.isEmpty ? "[\(event)]" : "[\(event)] " + words.joined(separator: ", "))
    }

    private static func text(_ view: JSONView) -> String {
        view.string ?? String(decoding: view.text, as: UTF8.self)
    }

    // MARK: As clients show it

    /// A text without any markup.
    var plain: String {
        switch self {
        case .text(let text): text
        case .file(_, let name, let address): address.isEmpty ? name : "\(name) \(address)"
        }
    }

    /// Markdown with the original's addresses: `![name](IN://https,example.com/i.png)`, whose scheme tells the
    /// medium and that the file is elsewhere; a plain link where the address has no scheme.
    var markdown: String {
        guard case .file(let medium, let name, let address) = self, !address.isEmpty else { return plain }
        let label = Self.escaped(name)
        let target = Self.encoded(address)
        guard let mark = target.firstRange(of: "://") else { return "[\(label)](\(target))" }
        let (scheme, path) = (target[..<mark.lowerBound], target[mark.upperBound...])
        return "![\(label)](\(medium.rawValue)N://\(scheme),\(path))"
    }

    /// A label without what would end it.
    private static func escaped(_ label: String) -> String {
        var text = ""
        for scalar in label.unicodeScalars {
            switch scalar {
            case "\\", "[", "]":
                text.unicodeScalars.append("\\")
                text.unicodeScalars.append(scalar)
            case "\u{0}"..." ": text.unicodeScalars.append(" ")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// An address without what would end it.
    private static func encoded(_ address: String) -> String {
        var text = ""
        for scalar in address.unicodeScalars {
            switch scalar {
            case "\u{0}"..." ", "(", ")", "<", ">", "\"", "\\", "\u{7F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension MessageContent {
    /// The content in the form of every dialect; nil for a plain text.
    var sharedBody: JSONView? { body.isEmpty ? nil : (try? JSONDocument(body))?.root }
}
