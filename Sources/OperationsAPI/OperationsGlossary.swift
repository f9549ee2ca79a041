// What names mean in the operations dialect.

public import Routing

extension OperationsDialect {
    /// What names mean; settings are described where they are declared.
    public var glossary: Glossary { Glossary(Self.words) }

    /// What the operator's routes take and answer.
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
        "path": "The file to be written, on the server's machine; an absolute path.",
        "sound": "Whether nothing was found.",
        "problems": "What was found, a sentence each.",
        "outbox": "What waits to be delivered to webhooks.",
        "pending": "How many deliveries wait.",
        "oldest": "When the oldest of them was queued, in milliseconds since 1970; absent where none waits.",
        "maintenance": "Whether the server is under maintenance.",
        "error": "What went wrong.",
        "code": "The kind of failure, a word that programs can go by.",
        "message": "What is wrong, in a sentence.",
        "keys": "How many keys verify tokens now.",
    ]
}
