// The names that conversations have in each generation, from one participant's side.

import Domain
import Routing

/// A conversation's name: `single_bob` and `group_1` in the older generations, `si_alice_bob` and `sg_1` in the
/// third.
enum ConversationName {
    /// The name of a conversation for one of its participants; nil for those that this dialect has no name for.
    ///
    /// - Parameter group: what clients know the group by.
    static func text(
        of address: ConversationAddress,
        for user: User,
        group: String?,
        in generation: Generation
    ) -> String? {
        switch (address.kind, generation) {
        case (.single, .third):
            let names = [user.username.text, address.receiver(from: user.username.text)].sorted()
            return "si_\(names[0])_\(names[1])"
        case (.single, _): return "single_\(address.receiver(from: user.username.text))"
        case (.group, .third): return "sg_\(group ?? address.name)"
        case (.group, _): return "group_\(group ?? address.name)"
        case (.room, _), (.broadcast, _): return nil
        }
    }

    /// The conversation that a participant names so, in the form of any generation.
    ///
    /// - Throws: `.invalid("conversationID", .illegal(…))` for what is no such name, `.notFound(.group, …)`.
    static func address(
        of text: String,
        for user: User,
        _ store: any Reader
    ) throws(Failure) -> ConversationAddress {
        for prefix in ["sg_", "super_group_", "group_"] where text.hasPrefix(prefix) {
            let group = try GroupRules.find(String(text.dropFirst(prefix.count)), .group, in: store)
            return .of(group.id, .group)
        }
        if text.hasPrefix("single_"), let other = Username(String(text.dropFirst(7))) {
            return .between(user.username, other)
        }
        if text.hasPrefix("si_") {
            let pair = String(text.dropFirst(3))
            let (folded, own) = (pair.lowercased(), user.username.key)
            // A name may have the separator in it, so the user's own is taken off, from either end, in any spelling.
            if folded.hasPrefix(own + "_"), let other = Username(String(pair.dropFirst(own.count + 1))) {
                return .between(user.username, other)
            }
            if folded.hasSuffix("_" + own), let other = Username(String(pair.dropLast(own.count + 1))) {
                return .between(user.username, other)
            }
        }
        throw .invalid(field: "conversationID", .illegal(value: String(text.prefix(64))))
    }
}

/// A user's view of its conversations, each with its name.
struct ConversationViews {
    let user: User
    let generation: Generation
    private let store: any Reader

    init(_ user: User, _ call: Call, _ store: any Reader) {
        self.user = user
        generation = call.generation
        self.store = store
    }

    /// All that have a name.
    func all() throws(Failure) -> [(name: String, followed: FollowedConversation)] {
        var named: [(name: String, followed: FollowedConversation)] = []
        for followed in try store.conversations(of: user.id) {
            if let name = try name(of: followed.conversation.address) { named.append((name, followed)) }
        }
        return named
    }

    /// The one of a name; nil where the user takes no part in it.
    func one(_ name: String) throws(Failure) -> FollowedConversation? {
        let address = try ConversationName.address(of: name, for: user, store)
        guard let conversation = try store.conversation(address),
            let position = try store.position(of: user.id, in: conversation.id)
        else { return nil }
        return FollowedConversation(conversation, position)
    }

    /// The one of a name; nil, too, for a name that is no conversation's.
    func known(_ name: String) throws(Failure) -> FollowedConversation? {
        do throws(Failure) { return try one(name) } catch .notFound { return nil } catch .invalid {
            return nil
        }
    }

    /// The id of a conversation.
    func name(of address: ConversationAddress) throws(Failure) -> String? {
        var group: String?
        if address.kind == .group, let id = GroupID(address.key) { group = try store.group(id)?.publicID }
        return ConversationName.text(of: address, for: user, group: group, in: generation)
    }
}
