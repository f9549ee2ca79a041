// The routes about friends and blocks.

import Domain
import Routing

extension OpenIMAPI {
    private static let full: [Failure] = [.limitReached(.contacts, maximum: 1000)]

    static let friends: [Route] = [
        post(
            ["/friend/import_friend": .first],
            "Make users friends of a user.",
            auth: .application,
            scope: .usersWrite,
            failures: noUser + full,
            .write(Friends.importAll)
        ).saying(OpenIMError.ofImport),
        post(
            ["/friend/get_friend_list": .first],
            "List a user's friends.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: noUser,
            .scan(Friends.list)
        ),
        post(
            ["/friend/get_friends_info": .first, "/friend/get_designated_friends": .third],
            "Get those of the named users who are friends.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: noUser,
            .scan(Friends.select)
        ),
        post(
            ["/friend/is_friend": .first],
            "Whether two users are friends.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: noUser,
            .read(Friends.isFriend)
        ),
        post(
            ["/friend/delete_friend": .first],
            "End a friendship, on both sides.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser,
            .write(Friends.delete)
        ),
        post(
            ["/friend/set_friend_comment": .first, "/friend/set_friend_remark": .second],
            "Set what a user calls a friend.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser + [.notFound(.contact, id: "u2")],
            .write(Friends.setRemark)
        ),
        post(
            ["/friend/get_friend_id": .third],
            "List the names of a user's friends.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: noUser,
            .scan(Friends.ids)
        ),
        post(
            ["/friend/update_friends": .third],
            "Set how a user sees several friends: pinned, by what name, and with what text of its own.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser + [.notFound(.contact, id: "u2")],
            .write(Friends.mark)
        ),
    ].flatMap(\.self)

    static let friendRequests: [Route] = [
        post(
            ["/friend/add_friend": .first],
            "Ask a user for friendship.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser + full + [.conflict(.contact, id: "u2"), .forbidden(.blocked)],
            .write(FriendRequests.ask)
        ).saying(OpenIMError.ofFriendship),
        post(
            ["/friend/add_friend_response": .first],
            "Accept or refuse a friendship that was asked for.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser + full + [.notFound(.proposal, id: "u2")],
            .write(FriendRequests.respond)
        ).saying(OpenIMError.ofFriendshipAnswer),
        post(
            ["/friend/get_friend_apply_list": .first],
            "List the friendships that a user was asked for, newest first.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: noUser,
            .scan(FriendRequests.received)
        ),
        post(
            ["/friend/get_self_apply_list": .first, "/friend/get_self_friend_apply_list": .second],
            "List the friendships that a user asked for, newest first.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: noUser,
            .scan(FriendRequests.sent)
        ),
    ].flatMap(\.self)

    static let blacklist: [Route] = [
        post(
            ["/friend/add_blacklist": .first, "/friend/add_black": .second],
            "Block a user; others than managers block for themselves.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser + [.limitReached(.blocks, maximum: 500)],
            .write(Blacklist.add)
        ),
        post(
            ["/friend/remove_blacklist": .first, "/friend/remove_black": .second],
            "End a block.",
            auth: .applicationOrAnyUser,
            scope: .usersWrite,
            failures: noUser,
            .write(Blacklist.remove)
        ),
        post(
            ["/friend/get_blacklist": .first, "/friend/get_black_list": .second],
            "List whom a user blocks, newest first.",
            auth: .applicationOrAnyUser,
            scope: .usersRead,
            failures: noUser,
            .scan(Blacklist.list)
        ),
    ].flatMap(\.self)
}
