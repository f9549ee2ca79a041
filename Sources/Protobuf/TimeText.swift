// The texts of moments and spans, read strictly and written in one way.

enum TimeText {
    // MARK: Reading

    static func timestamp(_ text: String) -> ProtobufTimestamp? {
        var scanner = Scanner(text)
        guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2),
            scanner.take("-"),
            let day = scanner.number(2), scanner.take("T"), let hour = scanner.number(2), scanner.take(":"),
            let minute = scanner.number(2), scanner.take(":"), let second = scanner.number(2),
            let nanoseconds = scanner.fraction(), let offset = scanner.offset(), scanner.isAtEnd,
            year >= 1, (1...12).contains(month), day >= 1, day <= days(in: month, year), hour < 24,
            minute < 60,
            second < 60
        else { return nil }
        let seconds = days(since1970: year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
        let moment = ProtobufTimestamp(seconds: seconds, nanoseconds: nanoseconds)
        return moment.isValid ? moment : nil
    }

    static func duration(_ text: String) -> ProtobufDuration? {
        var scanner = Scanner(text)
        let sign: Int64 = scanner.take("-") ? -1 : 1
        guard let seconds = scanner.digits(1...12), seconds <= ProtobufDuration.maximumSeconds,
            let nanoseconds = scanner.fraction(), scanner.take("s"), scanner.isAtEnd
        else { return nil }
        return ProtobufDuration(seconds: sign * seconds, nanoseconds: Int32(sign) * nanoseconds)
    }

    private struct Scanner {
        private let text: [UInt8]
        private var position = 0

        init(_ text: String) { self.text = Array(text.utf8.prefix(64)) }

        var isAtEnd: Bool { position == text.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        /// A number of so many digits, as many as there are.
        mutating func digits(_ count: ClosedRange<Int>) -> Int64? {
            var (value, found): (Int64, Int) = (0, 0)
            while found < count.upperBound, position < text.count,
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position])
            {
                value = value * 10 + Int64(text[position] - UInt8(ascii: "0"))
                position += 1
                found += 1
            }
            return count.contains(found) ? value : nil
        }

        mutating func number(_ count: Int) -> Int64? { digits(count...count) }

        /// Nanoseconds; 0 where there is no point.
        mutating func fraction() -> Int32? {
            guard take(".") else { return 0 }
            let start = position
            guard var value = digits(1...9) else { return nil }
            for _ in position - start..<9 { value *= 10 }
            return Int32(value)
        }

        /// Seconds east of Greenwich.
        mutating func offset() -> Int64? {
            if take("Z") { return 0 }
            let sign: Int64 = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hours = number(2), take(":"), let minutes = number(2), hours < 24,
                minutes < 60
            else { return nil }
            return sign * (hours * 3600 + minutes * 60)
        }
    }

    // MARK: Writing

    static func text(of moment: ProtobufTimestamp) -> String {
        let range = ProtobufTimestamp.range
        let seconds = min(max(moment.seconds, range.lowerBound), range.upperBound)
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let time = seconds - days * 86_400
        let (year, month, day) = date(daysSince1970: days)
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2) + "T" + padded(time / 3600, 2)
            + ":"
            + padded(time / 60 % 60, 2) + ":" + padded(time % 60, 2)
            + fraction(Int64(min(max(moment.nanoseconds, 0), 999_999_999))) + "Z"
    }

    static func text(of span: ProtobufDuration) -> String {
        let isNegative = span.seconds < 0 || span.nanoseconds < 0
        return (isNegative ? "-" : "") + String(span.seconds.magnitude)
            + fraction(Int64(min(span.nanoseconds.magnitude, 999_999_999))) + "s"
    }

    private static func fraction(_ nanoseconds: Int64) -> String {
        if nanoseconds == 0 { return "" }
        if nanoseconds % 1_000_000 == 0 { return "." + padded(nanoseconds / 1_000_000, 3) }
        if nanoseconds % 1000 == 0 { return "." + padded(nanoseconds / 1000, 6) }
        return "." + padded(nanoseconds, 9)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    // MARK: The calendar

    private static func days(in month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970, counted in years that begin with March, so that the leap day is their last.
    private static func days(since1970 year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse.
    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let day = shifted - era * 146_097
        let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isNextYear = month >= 10
        return (
            yearOfEra + era * 400 + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }
}
