// The dialect's glossary: one meaning a name, in lists by subject.

public import Routing

/// The lists of the glossary.
enum OpenIMGlossary {
    static let whole = Glossary(envelopeWords, userWords, friendWords, groupWords, messageWords)
}

extension OpenIMDialect {
    /// The meanings of names.
    public var glossary: Glossary { OpenIMGlossary.whole }
}
