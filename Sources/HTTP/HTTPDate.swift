// The date format of HTTP, computed from seconds without a calendar library.

/// A point in time as an IMF-fixdate, for instance `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
///
/// 29 bytes inline: a loop makes one a second and copies it into each response.
public struct HTTPDate: Sendable {
    let bytes: [29 of UInt8]

    /// The text of this many seconds since 1970-01-01 00:00:00 UTC, clamped to the years 1970...9999.
    public init(secondsSince1970 seconds: Int) {
        let seconds = min(max(seconds, 0), 253_402_300_799)
        let days = seconds / 86_400
        let time = seconds % 86_400
        let date = Self.civil(days)
        var bytes: [29 of UInt8] = .init(repeating: ASCII.space)
        var at = 0
        func put(_ text: StaticString, _ start: Int, _ count: Int) {
            for index in start..<start + count {
                bytes[at] = text.utf8Start[index]
                at += 1
            }
        }
        func put(_ number: Int, then text: StaticString) {
            bytes[at] = ASCII.zero + UInt8(number / 10)
            bytes[at + 1] = ASCII.zero + UInt8(number % 10)
            at += 2
            put(text, 0, text.utf8CodeUnitCount)
        }
        put("ThuFriSatSunMonTueWed", days % 7 * 3, 3)
        put(", ", 0, 2)
        put(date.day, then: " ")
        put("JanFebMarAprMayJunJulAugSepOctNovDec", (date.month - 1) * 3, 3)
        put(" ", 0, 1)
        put(date.year / 100, then: "")
        put(date.year % 100, then: " ")
        put(time / 3_600, then: ":")
        put(time / 60 % 60, then: ":")
        put(time % 60, then: " GMT")
        self.bytes = bytes
    }

    /// The 29 characters.
    public var text: String { bytes.span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }

    /// Lends the 29 bytes.
    public func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes.span)
    }

    /// The Gregorian date of a day counted from 1970-01-01.
    ///
    /// Counts in eras of 400 years (146 097 days) from 0000-03-01, so the leap day is the last day of a year
    /// and month lengths follow one linear rule.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
