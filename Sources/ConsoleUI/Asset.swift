// A file of a page that is part of the program.

import Crypto

/// A file that the program serves from itself.
public struct Asset: Sendable {
    /// The file's name in its folder.
    public let name: String
    /// The first half of its SHA-256, in hexadecimal digits: the entity tag.
    public let digest: String
    /// The file as it is, in UTF-8.
    public let bytes: [UInt8]
    /// The file compressed with gzip.
    public let gzip: [UInt8]

    /// Takes what the generator has written; a gzip that isn't base64url is a programmer's error.
    init(name: String, digest: String, gzip: String, text: StaticString) {
        guard let compressed = Base64URL.decode(gzip) else {
            preconditionFailure("The gzip of \(name) is no base64url.")
        }
        self.name = name
        self.digest = digest
        self.gzip = compressed
        bytes = text.withUTF8Buffer(Array.init)
    }
}
