// How long a receiver asks to be left alone (RFC 9110 §10.2.3).

import Domain

enum RetryAfter {
    /// The seconds that a field's value asks for, from a moment on; nil for what can't be read.
    ///
    /// Seconds, or a date in the one form that is sent today: `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func seconds(_ text: String?, at now: Timestamp) -> Int64? {
        guard let text else { return nil }
        let value = text.prefix { $0 != "\r" }
        if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // A number that doesn't fit is longer than any wait that is obeyed.
            return Int64(value) ?? .max
        }
        guard let date = date(value) else { return nil }
        return max(0, date - now.seconds)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Seconds since 1970.
    private static func date(_ text: Substring) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT", let day = Int64(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int64(parts[3]),
            (1970...9999).contains(year), (1...31).contains(day)
        else { return nil }
        let clock = parts[4].split(separator: ":").map { Int64($0) }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
            (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second)
        else { return nil }
        return InternetTime.days(year, Int64(month + 1), day) * 86_400 + hour * 3600 + minute * 60 + second
    }
}
