// Asking endpoints about new members: by whose act a user comes into a group, and which questions that leads to.

/// The way in which a user comes into a group.
enum GroupAdmission: String {
    /// Another one brings the user in, or invites it.
    case invited
    /// The user comes by itself, or asks to.
    case joined
    /// A request of before is accepted.
    case accepted

    /// Asks about an invitation or an application, which makes nobody a member yet; rooms are come and gone without a question.
    ///
    /// - Throws: `.denied(…)`.
    func requireProposal(of user: User, to group: Group, in store: any Writer) throws(Failure) {
        guard group.kind == .group, self != .accepted else { return }
        try InquiryRules.require(.groupMemberAdded, store) {
            .group(group, user: user.username).with("way", .text(rawValue))
        }
    }

    /// Asks about a new member: about the invitation or application that it is, and about the member.
    ///
    /// - Throws: `.denied(…)`.
    func requireEntry(of user: User, to group: Group, in store: any Writer) throws(Failure) {
        guard group.kind == .group else { return }
        try requireProposal(of: user, to: group, in: store)
        try InquiryRules.require(.groupMemberAdded, store) { .group(group, user: user.username) }
    }
}
