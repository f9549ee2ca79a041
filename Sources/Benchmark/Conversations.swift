// Groups for the figures of the gateway, made in a stopped data folder.

import Domain

/// Groups with known ids among the seeded users.
enum Conversations {
    /// When a group was made: each at a moment of its own, so that its id is the first of that moment.
    static func moment(of index: Int) -> Timestamp { Seed.moment.adding(seconds: Int64(index)) }

    /// The id of a group by its number.
    static func id(of index: Int) -> String { String(TimeOrderedIDs.first(at: moment(of: index))) }

    /// Makes a group; its first member owns it.
    static func make(
        _ index: Int,
        of members: ClosedRange<Int>,
        _ application: Application,
        in store: any Writer
    ) throws(Failure) {
        let settings = GroupSettings(
            name: "bench",
            description: "",
            isPublic: false,
            maximumMembers: members.count
        )
        _ = try GroupRules.create(
            .group,
            settings,
            owner: Seed.name(members.lowerBound),
            members: members.dropFirst().map(Seed.name),
            of: application,
            at: moment(of: index),
            in: store
        )
    }
}
