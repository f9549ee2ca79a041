// The dialect's glossary: one meaning a name, for frames and methods.

public import Routing

/// The lists of the glossary.
enum OurChatGlossary {
    static let whole = Glossary(frameWords, methodWords, discoveryWords)
}

extension OurChatDialect {
    /// The meanings of names.
    public var glossary: Glossary { OurChatGlossary.whole }
}
