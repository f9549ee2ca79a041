// The public profile of a user, beside its names.

/// A user's profile; empty where never set.
public struct UserProfile: Defaulted {
    /// The gender in a user's profile.
    public enum Gender: Int, Sendable {
        case unknown = 0, male, female
    }

    /// The treatment of incoming messages.
    public enum MessageOption: Int, Sendable {
        /// Received and told.
        case told = 0
        /// Not received.
        case refused
        /// Received silently.
        case silent
    }

    /// The purpose of an account, as later versions of OpenIM number it.
    public enum Level: Int, Sendable {
        /// A person.
        case person = 1
        /// Notifications of the application.
        case notification = 3
        /// A program that talks.
        case robot = 4
    }

    /// Address of a picture, at most 1024 characters.
    public var icon = ""
    /// The gender.
    public var gender = Gender.unknown
    /// Telephone number, at most 32 characters.
    public var mobile = ""
    /// Date of birth in the application's own form, at most 16 characters.
    public var birth = ""
    /// Mail address, at most 64 characters.
    public var email = ""
    /// Further data that the application stores with the user, at most 1024 characters.
    public var extra = ""
    /// The treatment of messages to the user, in all conversations.
    public var messageOption = MessageOption.told
    /// The purpose of the account.
    public var level = Level.person

    /// Nothing set.
    public init() {}
}
