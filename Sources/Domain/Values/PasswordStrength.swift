// Which passwords are refused because anybody would try them first.

/// A rule that refuses the weakest passwords: short ones, sequences, repetitions, and those that everybody knows.
public enum PasswordStrength {
    /// The fewest characters.
    public static let minimumCharacters = 6

    /// The heads of published lists, in lower case and without the digits at their ends.
    private static let known: Set<String> = [
        "password", "passwort", "qwerty", "qwertyuiop", "asdfgh", "asdfghjkl", "zxcvbn", "iloveyou",
        "letmein",
        "welcome", "admin", "administrator", "monkey", "dragon", "football", "baseball", "sunshine",
        "princess",
        "abc", "login", "master", "shadow", "superman", "trustno", "hello", "secret", "qazwsx", "qwerty!",
    ]

    /// Whether a password is none of those.
    public static func suffices(_ password: String) -> Bool {
        let scalars = password.unicodeScalars.map { Int($0.value) }
        guard scalars.count >= minimumCharacters else { return false }
        let steps = Set(zip(scalars, scalars.dropFirst()).map { $1 - $0 })
        // One step throughout: 123456, fedcba, aaaaaa.
        if steps.count == 1, let step = steps.first, (-1...1).contains(step) { return false }
        if scalars.count < 8, scalars.allSatisfy({ (0x30...0x39).contains($0) }) { return false }
        let letters = password.lowercased().reversed().drop { $0.isNumber || $0 == "!" }.reversed()
        return !known.contains(String(letters))
    }
}
