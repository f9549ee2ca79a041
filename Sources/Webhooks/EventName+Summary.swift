// Each event as a sentence.

public import Domain

extension EventName {
    /// The event as a sentence.
    public var summary: String {
        let change = rawValue.dropFirst(family.count + 1).split(separator: "_").joined(separator: " ")
        return Self.sentences[self] ?? "The \(family) event: \(change)."
    }

    private static let sentences: [EventName: String] = [
        .userRegistered: "A user was registered.", .userUpdated: "A user's profile or settings were changed.",
        .userDeleted: "A user was deleted.", .userActivated: "A user's account was opened again.",
        .userDeactivated: "A user's account was closed.",
        .userPasswordChanged: "A user's password was changed.",
        .userOnline: "A user's first connection has begun.",
        .userOffline: "A user's last connection has ended.",
        .userMuted: "A user was muted in the whole application.",
        .userUnmuted: "A user is no longer muted in the application.",
        .userMetadataUpdated: "A user's metadata was changed.",
        .contactAdded: "Two users have become contacts.",
        .contactRemoved: "Two users are contacts no longer.",
        .contactRequested: "A user asks another to become a contact.",
        .contactAccepted: "A friend request was accepted.",
        .contactDeclined: "A friend request was declined.",
        .blockAdded: "A user has blocked another.", .blockRemoved: "A user blocks another no longer.",
        .messageSent: "A message was sent.", .messageRecalled: "A message was recalled.",
        .messageRewritten: "A message was rewritten.",
        .messageDelivered: "Messages were delivered to a user.",
        .messageRead: "A user has read messages.", .fileUploaded: "A file was uploaded.",
        .endpointDisabled: "An endpoint was disabled by the server.", .ping: "A ping, sent by hand.",
    ].merging(places) { first, _ in first }

    private static let places: [EventName: String] = {
        let changes = [
            "created": "was made", "updated": "was changed", "deleted": "was deleted",
            "owner_changed": "has a new owner",
            "member_added": "has a new member", "member_removed": "has lost a member by removal",
            "member_left": "was left by a member", "admin_added": "has a new administrator",
            "admin_removed": "has one administrator less", "muted": "has muted a member",
            "unmuted": "mutes a member no longer", "all_muted": "was muted as a whole",
            "all_unmuted": "is muted as a whole no longer", "blocked": "has blocked a user",
            "unblocked": "blocks a user no longer", "allowed": "has put a user on its allow list",
            "disallowed": "has taken a user from its allow list",
            "announcement_updated": "has another announcement",
            "file_added": "has a new shared file", "file_removed": "has lost a shared file",
            "role_changed": "has given a member another role", "disabled": "was disabled",
            "enabled": "was enabled",
            "join_requested": "is asked by a user to be let in",
            "join_decided": "has decided about an application",
            "invited": "has invited a user", "invite_decided": "has an answer to an invitation",
        ]
        var sentences: [EventName: String] = [:]
        for name in allCases where name.family == "group" || name.family == "room" {
            let change = String(name.rawValue.dropFirst(name.family.count + 1))
            if let words = changes[change] { sentences[name] = "A \(name.family) \(words)." }
        }
        return sentences
    }()
}
