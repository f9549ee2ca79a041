// The dialect's glossary: one meaning a name, in lists by subject.

public import Routing

/// The lists of the glossary.
enum PlatformGlossary {
    static let whole = Glossary(
        envelopeWords,
        queryWords,
        userWords,
        groupWords,
        messageWords,
        clientWords,
        webhookWords,
        auditWords
    )
}

extension PlatformDialect {
    /// The meanings of names.
    public var glossary: Glossary { PlatformGlossary.whole }
}
