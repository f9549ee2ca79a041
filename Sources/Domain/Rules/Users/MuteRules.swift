// Application-wide mutes of a user, by kind of conversation.

/// A change of one mute.
public enum MuteChange: Equatable, Sendable {
    /// Leave it as it is.
    case unchanged
    /// Lift it.
    case lift
    /// Mute for so many seconds.
    case seconds(Int64)
    /// Mute for ever.
    case forever

    /// The stored state after the change.
    func applied(to old: Timestamp?, at now: Timestamp) -> Timestamp? {
        switch self {
        case .unchanged: old
        case .lift: nil
        case .seconds(let seconds): now.adding(seconds: seconds)
        case .forever: Mutes.forever
        }
    }
}

/// The rules of mutes.
public enum MuteRules {
    /// Changes a user's mutes.
    ///
    /// - Throws: `.notFound(.user, …)`.
    public static func change(
        _ name: Username,
        chat: MuteChange,
        groupchat: MuteChange,
        chatroom: MuteChange,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) {
        let user = try UserRules.find(name.text, in: store)
        var mutes = try store.mutes(of: user.id)
        mutes.chat = chat.applied(to: mutes.chat, at: now)
        mutes.groupchat = groupchat.applied(to: mutes.groupchat, at: now)
        mutes.chatroom = chatroom.applied(to: mutes.chatroom, at: now)
        try store.setMutes(mutes, of: user.id)
        let left = [
            ("chat", mutes.chat), ("groupchat", mutes.groupchat), ("chatroom", mutes.chatroom),
        ].map { ($0, secondsLeft(of: $1, at: now)) }
        let isMuted = left.contains { $0.1 != 0 }
        try store.record(isMuted ? .userMuted : .userUnmuted) {
            left.reduce(.user(user)) { $0.with($1.0, .integer($1.1)) }
        }
    }

    /// The seconds left of a mute: 0 when it is over or never was, -1 for ever.
    public static func secondsLeft(of mute: Timestamp?, at now: Timestamp) -> Int64 {
        guard let mute, mute > now else { return 0 }
        return mute == Mutes.forever ? -1 : (mute.milliseconds - now.milliseconds + 999) / 1000
    }
}
