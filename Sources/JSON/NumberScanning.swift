// Checks a number's bytes and range, and reads the checked bytes as integers and floating point.

/// Checks the number that begins at `start` against the grammar of RFC 8259 section 6 and the range of our
/// types.
///
/// - Returns: Whether it is an integer literal, and the position after it.
func scanNumber(_ input: Span<UInt8>, at start: Int) throws(JSONError) -> (Node.Tag, end: Int) {
    var position = start
    if input[position] == ASCII.minus { position += 1 }
    let firstDigit = position
    position = try scanDigits(input, from: position)
    let integerDigits = position - firstDigit
    if integerDigits > 1, input[firstDigit] == ASCII.zero {
        throw JSONError(reason: .badNumber, offset: firstDigit + 1)
    }
    guard position < input.count, isFractionOrExponent(input[position]) else {
        // 18 digits always fit.
        if integerDigits > 18 {
            let digits = input.extracting(start..<position)
            guard signedInteger(digits) != nil || unsignedInteger(digits) != nil else {
                throw JSONError(reason: .numberOutOfRange, offset: start)
            }
        }
        return (.integer, position)
    }
    if input[position] == ASCII.point {
        position = try scanDigits(input, from: position + 1)
    }
    var exponent = 0
    if position < input.count, input[position] | 0x20 == ASCII.e {
        (exponent, position) = try scanExponent(input, after: position)
    }
    // Below 10^308 every number fits; only what may lie above is read here, where it costs a copy.
    if integerDigits + exponent > 308, !floatingPoint(input.extracting(start..<position)).isFinite {
        throw JSONError(reason: .numberOutOfRange, offset: start)
    }
    return (.real, position)
}

/// At least one digit.
@inline(__always)
private func scanDigits(_ input: Span<UInt8>, from start: Int) throws(JSONError) -> Int {
    var position = start
    while position < input.count, ASCII.digit(input[position]) < 10 { position += 1 }
    if position == start {
        throw JSONError(reason: start < input.count ? .badNumber : .unexpectedEnd, offset: start)
    }
    return position
}

/// The exponent whose letter stands at `letter`: its value, at most 10^6, and 0 if it is negative.
private func scanExponent(_ input: Span<UInt8>, after letter: Int) throws(JSONError) -> (Int, end: Int) {
    var position = letter + 1
    let isNegative = position < input.count && input[position] == ASCII.minus
    if isNegative || (position < input.count && input[position] == ASCII.plus) { position += 1 }
    let end = try scanDigits(input, from: position)
    var exponent = 0
    while position < end, exponent < 100_000 {
        exponent = exponent * 10 + Int(ASCII.digit(input[position]))
        position += 1
    }
    return (isNegative ? 0 : exponent, end)
}

@inline(__always)
private func isFractionOrExponent(_ byte: UInt8) -> Bool {
    byte == ASCII.point || byte | 0x20 == ASCII.e
}

/// The value of an integer literal; nil beyond `Int64`.
func signedInteger(_ literal: Span<UInt8>) -> Int64? {
    let isNegative = literal[0] == ASCII.minus
    guard let magnitude = magnitude(literal, from: isNegative ? 1 : 0) else { return nil }
    guard isNegative else { return Int64(exactly: magnitude) }
    return magnitude <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
}

/// The value of an integer literal; nil beyond `UInt64` and, but for "-0", if it has a minus sign.
func unsignedInteger(_ literal: Span<UInt8>) -> UInt64? {
    guard literal[0] == ASCII.minus else { return magnitude(literal, from: 0) }
    return magnitude(literal, from: 1) == 0 ? 0 : nil
}

private func magnitude(_ literal: Span<UInt8>, from start: Int) -> UInt64? {
    var value: UInt64 = 0
    // 19 digits always fit, 21 never do (a literal has no leading zeros).
    guard literal.count - start <= 20 else { return nil }
    for index in start..<min(literal.count, start + 19) {
        value = value &* 10 &+ UInt64(ASCII.digit(literal[index]))
    }
    guard literal.count - start == 20 else { return value }
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, carry) = product.addingReportingOverflow(UInt64(ASCII.digit(literal[start + 19])))
    return overflow || carry ? nil : sum
}

/// The number nearest to a checked literal; infinite beyond the range of `Double`.
///
/// The standard library's conversion, unlike `strtod`, does not read the process's locale.
func floatingPoint(_ literal: Span<UInt8>) -> Double {
    literal.withUnsafeBufferPointer { Double(String(decoding: $0, as: UTF8.self)) ?? .infinity }
}
