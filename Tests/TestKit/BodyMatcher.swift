// Holds a JSON value to a pattern and names every difference by its path.

import Foundation

extension BodyPattern {
    /// Compares a value with this pattern.
    ///
    /// - Parameters:
    ///   - value: The value as received.
    ///   - facts: The values of wildcards; gains the captures.
    /// - Returns: One sentence a difference, such as `$.entities[0].nickname: expected "x", got "y"`; empty when the
    ///   value matches.
    public func mismatches(_ value: TestJSON, facts: inout ReplayFacts) -> [String] {
        var matcher = BodyMatcher(facts: facts)
        matcher.compare(value, self, at: "$")
        if matcher.differences.isEmpty { facts = matcher.facts }
        return matcher.differences
    }
}

private struct BodyMatcher {
    var facts: ReplayFacts
    var differences: [String] = []

    mutating func differ(_ path: String, _ expectation: String, _ value: TestJSON) {
        let text = value.description
        differences.append("\(path): expected \(expectation), got \(text.prefix(300))")
    }

    mutating func compare(_ value: TestJSON, _ pattern: BodyPattern, at path: String) {
        switch pattern {
        case .literal(let literal):
            if value != literal { differ(path, literal.description, value) }
        case .text(let template):
            guard let text = expand(template, at: path) else { return }
            if value != .string(text) { differ(path, TestJSON.string(text).description, value) }
        case .wildcard(let wildcard):
            compare(value, wildcard, at: path)
        case .capture(let name, let inner):
            compare(value, inner, at: path)
            facts.captures[name] = value.string ?? value.description
        case .array(let patterns):
            compare(value, patterns, at: path)
        case .object(let members):
            compareExactly(value, members, at: path)
        case .contains(let members):
            compareParts(value, members, at: path)
        }
    }

    private mutating func expand(_ template: String, at path: String) -> String? {
        do {
            return try facts.expand(template)
        } catch {
            differences.append("\(path): \(error)")
            return nil
        }
    }

    private mutating func compare(_ value: TestJSON, _ patterns: [BodyPattern], at path: String) {
        guard let elements = value.array else { return differ(path, "an array", value) }
        if elements.count != patterns.count {
            differ(path, "\(patterns.count) elements instead of \(elements.count)", value)
        }
        for (index, (element, pattern)) in zip(elements, patterns).enumerated() {
            compare(element, pattern, at: "\(path)[\(index)]")
        }
    }

    private mutating func compareExactly(_ value: TestJSON, _ members: [BodyPattern.Member], at path: String)
    {
        guard let received = value.keys else { return differ(path, "an object", value) }
        let expected = members.compactMap { expand($0.name, at: path) }
        let missing = expected.filter { !received.contains($0) }
        let surplus = received.filter { !expected.contains($0) }
        if !missing.isEmpty {
            differences.append("\(path): missing \(missing.joined(separator: ", ")) in \(received)")
        }
        if !surplus.isEmpty {
            differences.append("\(path): surplus \(surplus.joined(separator: ", ")) in \(received)")
        }
        if missing.isEmpty && surplus.isEmpty && expected != received {
            differences.append("\(path): members in the order \(received), expected \(expected)")
        }
        compareMembers(value, members, at: path)
    }

    private mutating func compareParts(_ value: TestJSON, _ members: [BodyPattern.Member], at path: String) {
        guard let received = value.keys else { return differ(path, "an object", value) }
        let missing = members.compactMap { expand($0.name, at: path) }.filter { !received.contains($0) }
        if !missing.isEmpty {
            differences.append("\(path): missing \(missing.joined(separator: ", ")) in \(received)")
        }
        compareMembers(value, members, at: path)
    }

    private mutating func compareMembers(_ value: TestJSON, _ members: [BodyPattern.Member], at path: String)
    {
        for member in members {
            guard let name = try? facts.expand(member.name), let inner = value[name] else { continue }
            compare(inner, member.value, at: "\(path).\(name)")
        }
    }

    private mutating func compare(_ value: TestJSON, _ wildcard: BodyPattern.Wildcard, at path: String) {
        switch wildcard {
        case .any:
            break
        case .bool:
            if value.bool == nil { differ(path, "a boolean", value) }
        case .string:
            if value.string?.isEmpty ?? true { differ(path, "a string that isn't empty", value) }
        case .integer:
            if (value.integer ?? -1) < 0 { differ(path, "an integer of at least 0", value) }
        case .milliseconds:
            // The server's clock is ours, so only rounding separates the two.
            let range = facts.startedAtMs - 1000...ReplayFacts.nowMs() + 1000
            if !(value.integer.map(range.contains) ?? false) {
                differ(path, "milliseconds in \(range)", value)
            }
        case .uuid:
            expression("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", named: "a lower-case uuid", value, path)
        case .token:
            expression("YWMt[A-Za-z0-9_-]{40,}", named: "an access token", value, path)
        case .webToken:
            expression(
                #"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}"#,
                named: "a web token",
                value,
                path
            )
        case .number:
            expression("[0-9]+", named: "digits", value, path)
        case .time:
            expression(
                #"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.([0-9]{3}){1,3})?Z"#,
                named: "a moment",
                value,
                path
            )
        case .cursor:
            expression("[A-Za-z0-9_-]+=*", named: "a cursor", value, path)
        case .userID(let name):
            compare(value, .text("{uuid:\(name)}"), at: path)
        case .application:
            compare(value, .text("{app-uuid}"), at: path)
        case .organization:
            compare(value, .text("{org}"), at: path)
        case .applicationName:
            compare(value, .text("{app}"), at: path)
        case .uri(let rest):
            compare(value, .text("http://\(facts.authority)/{org}/{app}\(rest)"), at: path)
        case .base64(let template):
            if let text = expand(template, at: path) {
                compare(value, .literal(.string(Data(text.utf8).base64EncodedString())), at: path)
            }
        case .regex(let template):
            if let text = expand(template, at: path) {
                expression(text, named: "a match of \(text)", value, path)
            }
        }
    }

    private mutating func expression(_ text: String, named name: String, _ value: TestJSON, _ path: String) {
        guard let string = value.string, let regex = try? NSRegularExpression(pattern: "\\A(?:\(text))\\z"),
            regex.firstMatch(in: string, range: NSRange(string.startIndex..., in: string)) != nil
        else { return differ(path, name, value) }
    }
}
