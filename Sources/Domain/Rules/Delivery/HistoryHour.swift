// One hour of history, as `YYYYMMDDHH` in UTC names it.

/// A whole hour.
public struct HistoryHour: Equatable, Sendable {
    /// Its name as sent.
    public let text: String
    /// Its first moment.
    public let start: Timestamp

    /// The first moment behind it.
    public var end: Timestamp { start.adding(seconds: 3600) }

    /// The hour as a span of time.
    public var span: TimeSpan { TimeSpan(start: start, end: end) }

    /// Reads ten digits; nil for another text, and for a day or hour that isn't in the calendar.
    public init?(_ text: String) {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard digits.count == 10, digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        let (year, month, day, hour) = (number(0..<4), number(4..<6), number(6..<8), number(8..<10))
        guard (1...12).contains(month), (1...Self.days(month, year)).contains(day), hour < 24, year >= 1970
        else {
            return nil
        }
        self.text = text
        let days = Self.daysSince1970(year, month, day)
        start = Timestamp(milliseconds: Int64(days * 24 + hour) * 3_600_000)
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// The proleptic Gregorian calendar, counted from March so that the leap day is a year's last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let years = month > 2 ? year : year - 1
        let (era, yearOfEra) = (years / 400, years % 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
