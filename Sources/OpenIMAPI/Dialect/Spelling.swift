// The name map: what one thing is called in each generation.

/// A member's names by generation; nil where a generation doesn't have it.
struct Spelling: Sendable {
    private let names: [StaticString?]
    /// Whether only the generation's own name is read: where another generation has that name for another thing.
    private let isStrict: Bool

    /// One name each.
    init(
        _ first: StaticString?,
        _ second: StaticString?,
        _ third: StaticString?,
        isStrict: Bool = false
    ) {
        names = [first, second, third]
        self.isStrict = isStrict
    }

    /// A name of the first generation, and one of both others.
    init(_ first: StaticString?, _ later: StaticString?) { self.init(first, later, later) }

    /// One name in all of them.
    init(_ name: StaticString) { self.init(name, name, name) }

    /// The name in a generation.
    subscript(_ generation: Generation) -> StaticString? { names[generation.rawValue] }

    /// The name by which a refusal calls it: the generation's own, else an older one.
    func told(in generation: Generation) -> String { accepted(in: generation).first ?? "" }

    /// The names that a request of a generation may use, its own first: nobody is refused for an older or newer name.
    func accepted(in generation: Generation) -> [String] {
        var accepted: [String] = []
        for name in [self[generation]] + (isStrict ? [] : names) {
            if let name, !accepted.contains(name.description) { accepted.append(name.description) }
        }
        return accepted
    }
}

extension Spelling {
    // MARK: Users

    /// One user.
    static let user = Spelling("uid", "userID")
    /// Several users.
    static let users = Spelling("uidList", "userIDList", "userIDs")
    /// Users to delete.
    static let deletedUsers = Spelling("deleteUidList", "deleteUserIDList", "userIDs")
    /// A user's name.
    static let nickname = Spelling("name", "nickname")
    /// A picture's address.
    static let icon = Spelling("icon", "faceURL")
    /// 0, 1, 2.
    static let gender = Spelling("gender")
    /// Telephone.
    static let mobile = Spelling("mobile", "phoneNumber")
    /// Day of birth.
    static let birth = Spelling("birth")
    /// Mail.
    static let email = Spelling("email")
    /// The application's own.
    static let extra = Spelling("ex")
    /// When something was made.
    static let created = Spelling(nil, "createTime")

    /// 0 told, 1 refused, 2 silent.
    static let messageOption = Spelling("globalRecvMsgOpt")

    // MARK: Identity

    /// The application's client secret.
    static let secret = Spelling("secret")
    /// Kind of device.
    static let platform = Spelling("platform", "platform", "platformID")
    /// The client's name for the request; the third generation has it in the head.
    static let operation = Spelling("operationID", "operationID", nil)

    // MARK: Relations

    /// The owner of the friends or blocks.
    static let owner = Spelling("ownerUid", "fromUserID", "ownerUserID")
    /// Several friends.
    static let friends = Spelling("uidList", "friendUserIDList", "friendUserIDs")
    /// One friend; the older ones name it like any user.
    static let friend = Spelling("uid", "toUserID", "friendUserID")
    /// The blocked user.
    static let blocked = Spelling("uid", "toUserID", "blackUserID")

    /// The user that asks for friendship.
    static let asking = Spelling(nil, "fromUserID")
    /// The user that is asked for friendship, under a name of its own.
    static let asked = Spelling("uid", "toUserID", "toUserID")
    /// A user's remark on a friend.
    static let remark = Spelling("comment", "remark")

    // MARK: Results

    /// 0, or -1 for what couldn't be done.
    static let result = Spelling("result")
}
