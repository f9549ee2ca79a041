// Profiles, lists and the end of users.

import Domain
import Routing

enum Users {
    /// Users that one call may ask about.
    static let maximumNames = 1000

    struct Names: Fields {
        let names: [Username]

        static let schemaName = "UserNames"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            names = try fields.required(.users, .usernames)
            guard !names.isEmpty || fields.isTrial else {
                throw FieldProblem(.empty, at: fields.told(.users))
            }
        }
    }

    enum InfoNaming: ListNaming {
        static let name = Spelling(nil, nil, "usersInfo")
    }

    /// In the order asked for.
    static func get(
        _ call: Call,
        _ input: Names,
        _ store: any Reader
    ) throws(Failure) -> Answer<NamedList<InfoNaming, Profile>> {
        var profiles: [Profile] = []
        for name in input.names {
            if let user = try store.user(named: name) { profiles.append(Profile(user, of: call.application)) }
        }
        return Answer(call, NamedList(profiles))
    }

    struct Update: Fields {
        let username: Username?
        let change: ProfileChange

        static let schemaName = "UserUpdate"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            username = try fields.optional(.user, .username)
            let nickname = try fields.optional(.nickname, ProfileChange.nicknameText)
            change = try ProfileChange(&fields, nickname: nickname)
        }
    }

    /// Empty members are left as they were, so that nothing can be cleared; the third generation can.
    static func update(_ call: Call, _ input: Update, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let name = try call.subject(input.username, .user)
        let change = call.generation == .third ? input.change : input.change.withoutEmpty
        _ = try UserRules.update(name, at: call.now, in: store) { change.apply(to: &$0) }
        return Answer(call)
    }

    // MARK: For managers

    struct Deletion: Fields {
        let names: [Username]

        static let schemaName = "UserDeletion"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            names = try fields.required(.deletedUsers, .usernames)
        }
    }

    enum FailedNaming: ListNaming {
        static let name = Spelling("failedUidList", nil, nil)
    }

    typealias Failed = NamedList<FailedNaming, String>

    /// A user who isn't there needn't be deleted. Managers can't be: they are there from the start.
    static func delete(_ call: Call, _ input: Deletion, _ store: any Writer) throws(Failure) -> Answer<Failed>
    {
        var failed: [String] = []
        for name in input.names {
            if call.application.settings.managers.contains(name) {
                failed.append(name.text)
            } else if try store.user(named: name) != nil {
                _ = try UserRules.delete(name.text, in: store)
            }
        }
        var answer = Answer(call, Failed(failed))
        if !failed.isEmpty {
            answer.code = 201
            answer.text = "some uid deleted failed"
        }
        return answer
    }

    struct Nothing: Fields {
        static let schemaName = "Nothing"

        init(_ fields: inout FieldReader) {}
    }

    enum NamesNaming: ListNaming {
        static let name = Spelling("uidList", nil, "userIDs")
    }

    /// All of them, oldest first, managers too.
    static func listNames(
        _ call: Call,
        _: Nothing,
        _ store: any Reader
    ) throws(Failure) -> Answer<NamedList<NamesNaming, String>> {
        var names: [String] = []
        var cursor: Cursor?
        repeat {
            let page = try UserRules.page(1000, after: cursor, of: call.application, in: store)
            names += page.elements.map(\.username.text)
            cursor = page.next
        } while cursor != nil
        return Answer(call, NamedList(names))
    }
}

extension Value<[Username]> {
    /// Names of users, not more than one call may carry.
    static let usernames = Value.list(of: .username, maximum: Users.maximumNames)
}

extension Call {
    /// Whom a call is about: a user speaks for itself, whatever it names; who acts for the application must name somebody.
    func subject(_ named: Username?, _ member: Spelling) throws(Failure) -> String {
        if case .user(let user) = caller { return user.username.text }
        guard let named else { throw .invalid(field: member.told(in: generation), .missing) }
        return named.text
    }
}
