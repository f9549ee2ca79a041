// The repository of push settings: preferences by conversation, and templates.

/// Reads push preferences and templates.
public protocol PushReader {
    /// The user's preference in this conversation; nil where none was set. One index look-up.
    func pushPreference(for subject: PushSubject, of user: UserID) throws(Failure) -> PushPreference?
    /// The language that the user wants notifications in; nil where it never said. One look-up.
    func pushLanguage(of user: UserID) throws(Failure) -> String?
    /// The application's template of this name. One index look-up.
    func pushTemplate(named name: String) throws(Failure) -> PushTemplate?
    /// How many templates there are. Costs a row each, bounded by the number that there may be.
    func pushTemplateCount() throws(Failure) -> Int
}

/// Changes push preferences and templates.
public protocol PushWriter: PushReader {
    /// Replaces what the user wants in a conversation; nothing happens when user, peer or group doesn't exist.
    func setPushPreference(_ preference: PushPreference, for subject: PushSubject, of user: UserID)
        throws(Failure)
    /// Replaces the user's language; nothing happens to a user who doesn't exist.
    func setPushLanguage(_ language: String, of user: UserID) throws(Failure)
    /// Adds a template, or replaces the one of its name.
    func setPushTemplate(_ template: PushTemplate) throws(Failure)
    /// Removes a template.
    ///
    /// - Returns: whether there was one.
    func deletePushTemplate(named name: String) throws(Failure) -> Bool
}
