// Times as texts, in the form of RFC 3339: what events have, and what a replay is asked with.

/// Times of RFC 3339.
public enum InternetTime {
    /// Milliseconds since 1970 of a time with `Z` or an offset, with or without a fraction; nil for any other text.
    public static func milliseconds(_ text: String) -> Int64? {
        let characters = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= characters.count,
                characters[range].allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            return characters[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        guard characters.count >= 20, characters[4] == 0x2D, characters[7] == 0x2D,
            characters[10] == 0x54 || characters[10] == 0x74 || characters[10] == 0x20,
            characters[13] == 0x3A,
            characters[16] == 0x3A, let year = number(0..<4), let month = number(5..<7),
            let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...Self.days(of: month, year)).contains(day), hour < 24, minute < 60,
            second < 61
        else { return nil }
        var place = 19
        var fraction: Int64 = 0
        if characters[place] == 0x2E {
            let digits = characters[(place + 1)...].prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            fraction = (0..<3).reduce(0) {
                $0 * 10 + ($1 < digits.count ? Int64(digits[place + 1 + $1] - 0x30) : 0)
            }
            place += 1 + digits.count
        }
        guard place < characters.count, let offset = offset(characters[place...]) else { return nil }
        let days = days(year, month, day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        return seconds * 1000 + fraction
    }

    private static func days(of month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Seconds east of UTC: `Z`, `+02:00`.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
        if text.elementsEqual("Z".utf8) || text.elementsEqual("z".utf8) { return 0 }
        let characters = Array(text)
        guard characters.count == 6, characters[0] == 0x2B || characters[0] == 0x2D, characters[3] == 0x3A
        else {
            return nil
        }
        let digits = [1, 2, 4, 5].map { Int64(characters[$0]) - 0x30 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        guard hours < 24, minutes < 60 else { return nil }
        return (hours * 3600 + minutes * 60) * (characters[0] == 0x2D ? -1 : 1)
    }

    /// Days since 1970, by Hinnant's algorithm.
    public static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Timestamp {
    /// The moment as RFC 3339 has it, in UTC with milliseconds: `2026-11-29T15:20:00.123Z`.
    public var internetText: String {
        let (day, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let days = rest < 0 ? day - 1 : day
        let second = rest < 0 ? rest + 86_400 : rest
        let (year, month, date) = Self.civil(days)
        let fraction = milliseconds - seconds * 1000
        return "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(date, 2))T"
            + "\(Self.digits(second / 3600, 2)):\(Self.digits(second / 60 % 60, 2)):\(Self.digits(second % 60, 2))."
            + "\(Self.digits(fraction, 3))Z"
    }

    private static func digits(_ number: Int64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    /// Year, month and day of the days since 1970, in the Gregorian calendar, by Hinnant's algorithm.
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }
}
