// Which keys each family of envelopes has: the platform has several, by its documents.

/// A change of users: the collection's path, the entities changed.
enum Written: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .params, .path, .uri, .entities, .timestamp, .duration, .organization,
        .applicationName, .cursor,
    ]
}

/// A change with an outcome beside the entities, as batch registration has.
enum WrittenWithData: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .path, .uri, .entities, .timestamp, .data, .duration, .organization,
        .applicationName,
    ]
}

/// A change that answers with names and has no path: adding blocks.
enum WrittenNames: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .uri, .entities, .data, .timestamp, .duration, .organization, .applicationName,
    ]
}

/// Users read.
enum Fetched: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .params, .path, .uri, .entities, .timestamp, .duration, .cursor, .count,
    ]
}

/// Something about a user read: names, a status, a count.
enum FetchedData: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .uri, .entities, .data, .timestamp, .duration, .cursor, .count,
    ]
}

/// Done, and nothing to show.
enum Bare: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [.action, .timestamp, .duration]
}

/// Done, with entities.
enum BareEntities: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [.action, .entities, .timestamp, .duration]
}

/// Done, with data.
enum BareData: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [.action, .data, .timestamp, .duration]
}

/// The mute routes, for changes and reads alike.
enum EntitiesAndData: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .path, .uri, .entities, .data, .timestamp, .duration, .organization,
        .applicationName,
    ]
}

/// An attachment uploaded.
enum UploadedEntities: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .path, .uri, .entities, .timestamp, .duration, .organization, .applicationName,
    ]
}

/// A change or a question with its outcome as data: messages, friend requests, push settings.
enum WrittenOutcome: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .path, .uri, .data, .timestamp, .duration, .organization, .applicationName,
    ]
}

/// A user's conversations, a page at a time.
enum WrittenPage: EnvelopeFamily {
    static let keys: [EnvelopeKey] = EntitiesAndData.keys + [.cursor]
}

/// Messages as entities, a page at a time.
enum MessageList: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .params, .path, .uri, .entities, .timestamp, .duration, .organization,
        .applicationName, .cursor, .count,
    ]
}

/// Links to exported history.
enum ExportedHistory: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .application, .uri, .data, .timestamp, .duration, .organization, .applicationName,
    ]
}

/// The groups that a user is in, a page by number.
enum NumberedEntities: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .applicationName, .duration, .entities, .organization, .timestamp, .total, .uri,
    ]
}

/// Threads, a page at a time.
enum ThreadEntities: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .applicationName, .duration, .entities, .organization, .properties, .timestamp, .uri,
    ]
}

/// A change of a thread.
enum ThreadData: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .applicationName, .duration, .data, .organization, .timestamp, .uri,
    ]
}

/// The members of a thread, a page at a time.
enum ThreadMembersData: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [.action, .data, .duration, .properties, .timestamp, .uri]
}

/// The outcome for each name that was to be removed from a thread.
enum ThreadOutcomes: EnvelopeFamily {
    static let keys: [EnvelopeKey] = [
        .action, .applicationName, .duration, .entities, .organization, .timestamp, .uri,
    ]
}
