// The signatures of Standard Webhooks 1.0.0, symmetric: what a receiver can check without knowing this server.

/// Secrets and signatures of webhooks.
public enum StandardWebhook {
    /// The beginning of a secret's text.
    public static let prefix = "whsec_"
    /// Bytes that a secret may have.
    public static let secretBytes = 24...64

    /// A new secret.
    public static func secret(_ random: RandomSource = .system) -> [UInt8] { random.bytes(count: 32) }

    /// A secret as its owner gets it: `whsec_` and base64.
    public static func text(of secret: [UInt8]) -> String { prefix + Base64.encode(secret) }

    /// The bytes of a secret's text, which may have the prefix or not.
    ///
    /// - Returns: nil for what isn't base64 of 24 to 64 bytes.
    public static func secret(ofText text: String) -> [UInt8]? {
        let digits = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
        guard let bytes = Base64.decode(String(digits)), secretBytes.contains(bytes.count) else { return nil }
        return bytes
    }

    /// The value of `webhook-signature`: one signature for each secret, separated by spaces.
    ///
    /// - Parameters:
    ///   - id: the value of `webhook-id`; no dot in it.
    ///   - timestamp: that of `webhook-timestamp`, in seconds since 1970.
    public static func signatures(_ body: [UInt8], id: String, timestamp: Int64, secrets: [[UInt8]]) -> String
    {
        var message = Array("\(id).\(timestamp).".utf8)
        message += body
        return secrets.map { secret in
            "v1," + Base64.encode(HMACSHA256.authenticate(message, key: secret).bytes)
        }.joined(separator: " ")
    }
}
