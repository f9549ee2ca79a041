// Settings of a group as requests have them.

import Domain
import Routing

extension Groups {
    /// Settings of a group as a request has them; nil where it doesn't.
    struct Settings: Fields {
        let name: String?
        let introduction: String?
        let notification: String?
        let icon: String?
        let extra: String?
        let verification: Int?
        /// The id that the group shall have, or has.
        let id: String?

        static let schemaName = "GroupSettings"
        static let inside = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.optional(.group, .text(0...64))
            name = try fields.optional(.groupName, .text(0...GroupRules.maximumNameCharacters))
            introduction = try fields.optional(
                .introduction,
                .text(0...GroupRules.maximumDescriptionCharacters)
            )
            notification = try fields.optional(
                .notification,
                .text(0...GroupRules.maximumAnnouncementCharacters)
            )
            icon = try fields.optional(.groupIcon, .text(0...1024))
            extra = try fields.optional(.extra, .text(0...GroupRules.maximumCustomCharacters))
            verification = try fields.optional(.needVerification, .integer(0...2))
        }

        /// The settings of a new group: as the original's, anybody in it may bring others in.
        func new(of application: Application) -> GroupSettings {
            GroupSettings(
                name: name.flatMap { $0.isEmpty ? nil : $0 } ?? "groupChat",
                description: introduction ?? "",
                isPublic: false,
                maximumMembers: application.settings.maximumGroupMembers,
                needsApproval: verification != 2,
                allowsInvites: true,
                needsInviteConsent: verification == 1,
                custom: extra ?? "",
                icon: icon ?? ""
            )
        }

        /// The changed settings; an empty text changes nothing unless `clearing`, and never the name.
        func change(clearing: Bool) -> GroupRules.Change {
            let wanted = { (text: String?) in text.flatMap { $0.isEmpty && !clearing ? nil : $0 } }
            var change = GroupRules.Change()
            change.name = name.flatMap { $0.isEmpty ? nil : $0 }
            change.description = wanted(introduction)
            change.icon = wanted(icon)
            change.custom = wanted(extra)
            change.announcement = wanted(notification)
            change.needsApproval = verification.map { $0 != 2 }
            change.needsInviteConsent = verification.map { $0 == 1 }
            return change
        }
    }
}
