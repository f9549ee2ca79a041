// The meanings of names in the operations dialect.

public import Routing

extension OperationsDialect {
    /// The meanings of names; settings are described where they are declared.
    public var glossary: Glossary { Glossary(Self.words) }

    /// The members of the operator's routes.
    private static let words: [String: String] = [
        "accept-encoding": "How the file may be compressed.",
        "if-none-match": "The entity tag of the client's copy.",
        "dialect": "The part of the document wanted; absent for all that is served to anybody.",
        "organization": "The organisation's name.",
        "organizations": "Every organisation, with its administrators.",
        "application": "The application as `organisation/application`.",
        "applications": "Every application.",
        "application_name": "The application's name.",
        "administrator": "The administrator's name.",
        "administrators": "The names of the organisation's administrators.",
        "password": "The password, in plain text; it is stored hashed.",
        "settings": "The application's settings.",
        "created": "When it was made, in milliseconds since 1970.",
        "credentials": "The credentials that are in force.",
        "client_id": "The public half of a credential.",
        "client_secret": "The secret half of a credential, shown this once.",
        "path":
            "The file or folder to be written, on the server's machine; an absolute path. One that ends in `.db` is a file with "
            + "the database alone; else each backup is a sub-folder of it.",
        "keep": "How many of the newest backups stay; all without it.",
        "sound": "Whether nothing was found.",
        "orphans": "How many files no row names; the next start removes them.",
        "bytes_before": "The size of the database file before, in bytes.",
        "bytes_after": "The size of the database file after, in bytes.",
        "key": "The id of a signing key, in decimal digits.",
        "SigningKey.id": "The key's id, which each token that it signed names.",
        "signs": "Whether new tokens are signed with it; exactly one key does, the others verify only.",
        "problems": "The findings, a sentence each.",
        "outbox": "The deliveries to webhooks that are pending.",
        "pending": "The number of pending deliveries.",
        "oldest":
            "When the oldest of them was queued, in milliseconds since 1970; absent where none is pending.",
        "maintenance": "Whether the server is under maintenance.",
        "error": "The fault.",
        "code": "The kind of failure, a word that programs can go by.",
        "message": "The fault, in a sentence.",
        "keys": "How many keys verify tokens now.",
    ]
}
