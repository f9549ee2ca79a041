// The scheme and cost of a stored hash in modular crypt format, crypt(5), and the bounds on that cost.

/// A stored hash whose scheme libxcrypt knows and whose cost is within bounds.
struct ModularCryptHash {
    /// The text as stored, printable ASCII, at most 383 bytes.
    let text: String

    /// Nil for anything that is not to be given to crypt(3).
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        // These characters stand for themselves in no scheme; in a password file they mean something else.
        let isPlain = bytes.allSatisfy { (0x21...0x7e).contains($0) && !"!*:;\\".utf8.contains($0) }
        guard isPlain, bytes.count < 384, bytes.first == UInt8(ascii: "$") else { return nil }
        let fields = bytes.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard fields.count >= 3, Self.isAffordable(scheme: fields[1], parameters: fields[2]) else {
            return nil
        }
        self.text = text
    }

    private static let maximumMemoryBytes = 1 << 30
    private static let maximumRounds = 1_000_000
    private static let maximumBcryptCost = 14

    private static func isAffordable(scheme: ArraySlice<UInt8>, parameters: ArraySlice<UInt8>) -> Bool {
        switch String(decoding: scheme, as: UTF8.self) {
        case "y", "gy":
            return isAffordableYescrypt(parameters)
        case "7":
            return isAffordableScrypt(parameters)
        case "2a", "2b", "2x", "2y":
            guard parameters.count == 2, let cost = decimal(parameters) else { return false }
            return (4...maximumBcryptCost).contains(cost)
        case "5", "6":
            guard let rounds = value(of: "rounds=", in: parameters) else { return true }
            return decimal(rounds).map { $0 <= maximumRounds } ?? false
        case "sha1":
            return decimal(parameters).map { $0 <= maximumRounds } ?? false
        case "1", "3", "md5":
            return true
        default:
            guard let rounds = value(of: "md5,rounds=", in: scheme) else { return false }
            // A round of Sun's scheme is slower than one of the others by about five.
            return decimal(rounds).map { $0 <= maximumRounds / 5 } ?? false
        }
    }

    /// Flavour, logarithm of the number of blocks and block size, one character each; the parameters that may
    /// follow multiply the work and are in no hash that crypt_gensalt makes.
    private static func isAffordableYescrypt(_ parameters: ArraySlice<UInt8>) -> Bool {
        // From 48 on a character announces further ones.
        let values = parameters.compactMap { base64($0) }.filter { $0 < 48 }
        guard parameters.count == 3, values.count == 3, values[1] < 30 else { return false }
        return (128 * (values[2] + 1)) << (values[1] + 1) <= maximumMemoryBytes
    }

    /// One character for the logarithm of the number of blocks, five for the block size, five for the
    /// repetitions.
    private static func isAffordableScrypt(_ parameters: ArraySlice<UInt8>) -> Bool {
        let values = parameters.prefix(11).compactMap { base64($0) }
        guard values.count == 11, values[0] < 30 else { return false }
        func number(_ digits: ArraySlice<Int>) -> Int { digits.reversed().reduce(0) { $0 << 6 | $1 } }
        let blockSize = number(values[1...5])
        let repetitions = number(values[6...10])
        let limit = maximumMemoryBytes / 128
        guard (1...limit).contains(blockSize), (1...limit).contains(repetitions) else { return false }
        return blockSize * repetitions <= limit >> values[0]
    }

    private static func value(of key: String, in field: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        field.starts(with: key.utf8) ? field.dropFirst(key.utf8.count) : nil
    }

    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 9 else { return nil }
        var number = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }

    /// The value of a character in crypt's own order `./0-9A-Za-z`.
    private static func base64(_ character: UInt8) -> Int? {
        switch character {
        case 0x2e...0x39: Int(character) - 0x2e
        case 0x41...0x5a: Int(character) - 0x41 + 12
        case 0x61...0x7a: Int(character) - 0x61 + 38
        default: nil
        }
    }
}
