// Joining and leaving a group.

import Domain
import JSON
import Routing

enum GroupMembers {
    /// The outcome for each name, in a list of its own; nothing in the third generation, which does all or nothing.
    struct Outcomes: AnswerContent {
        let outcomes: [Friends.Outcome]

        init(_ outcomes: [GroupMemberRules.Outcome]) {
            self.outcomes = outcomes.map { Friends.Outcome(name: $0.name, isDone: $0.isDone) }
        }

        static func shape(in generation: Generation) -> Shape {
            generation == .third ? NoData.shape(in: generation) : [Friends.Outcome].shape(in: generation)
        }

        func write(to json: inout JSONWriter, in generation: Generation) {
            if generation == .third {
                NoData().write(to: &json, in: generation)
            } else {
                outcomes.write(to: &json, in: generation)
            }
        }

        func writeMembers(to json: inout JSONWriter, in generation: Generation) {}
    }

    // MARK: Coming

    struct Invitation: Fields {
        let id: String
        let names: [Username]
        let reason: String?

        static let schemaName = "GroupInvitation"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            names = try fields.required(.invited, .usernames)
            reason = try fields.optional(.reason, .text(0...ProposalRules.maximumMessageCharacters))
            guard !names.isEmpty || fields.isTrial else {
                throw FieldProblem(.empty, at: fields.told(.invited))
            }
        }
    }

    /// An invitation by the application or by an administrator takes effect at once; where the group asks for
    /// consent, those whom other members invite have to agree first.
    static func invite(
        _ call: Call,
        _ input: Invitation,
        _ store: any Writer
    ) throws(Failure) -> Answer<Outcomes> {
        let group = try GroupRules.find(input.id, .group, in: store)
        let users = input.names.map { UserReference.name($0.text) }
        var outcomes: [GroupMemberRules.Outcome] = []
        if case .user(let user) = call.caller,
            try ProposalRules.asksFirst(in: group, by: call.caller, in: store)
        {
            for other in users {
                outcomes.append(try ask(other, into: group, by: user, input.reason ?? "", call, store))
            }
        } else if call.generation == .third {
            _ = try GroupMemberRules.add(
                users,
                to: group,
                by: call.caller,
                of: call.application,
                at: call.now,
                in: store
            )
        } else {
            outcomes = try GroupMemberRules.addEach(
                users,
                to: group,
                by: call.caller,
                of: call.application,
                at: call.now,
                in: store
            )
        }
        var answer = Answer(call, Outcomes(outcomes))
        if call.generation == .first { answer.text = "ok" }
        return answer
    }

    private static func ask(
        _ reference: UserReference,
        into group: Group,
        by user: User,
        _ reason: String,
        _ call: Call,
        _ store: any Writer
    ) throws(Failure) -> GroupMemberRules.Outcome {
        do throws(Failure) {
            let made = try ProposalRules.invite(
                reference,
                into: group,
                from: user,
                ProposalRules.Words(message: reason),
                of: call.application,
                at: call.now,
                in: store
            )
            return GroupMemberRules.Outcome(name: made.recipientName ?? reference.text, isDone: true)
        } catch {
            switch error {
            case .notFound(.user, _), .group, .forbidden(.blocked):
                if call.generation == .third { throw error }
                return GroupMemberRules.Outcome(name: reference.text, isDone: false)
            default: throw error
            }
        }
    }

    // MARK: Going

    /// One who is removed; the original says `userId` here and nowhere else.
    struct RemovedEntry: Fields {
        let name: Username

        static let schemaName = "RemovedMember"
        static let inside = value

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            name = try fields.required(Spelling("userId", "uid", "userID"), .username)
        }
    }

    struct Removal: Fields {
        let id: String
        let names: [Username]

        static let schemaName = "GroupRemoval"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            let entries = try fields.optional(
                .removedEntries,
                .list(of: RemovedEntry.inside, maximum: Users.maximumNames)
            )
            let list = try fields.optional(.removed, .usernames)
            _ = try fields.optional(.reason, .text(0...ProposalRules.maximumMessageCharacters))
            let field = fields.generation == .first ? Spelling.removedEntries : .removed
            names = try fields.need(entries?.map(\.name) ?? list, field, or: [])
            guard !names.isEmpty || fields.isTrial else { throw FieldProblem(.empty, at: fields.told(field)) }
        }
    }

    /// The owner is never removed: a group without one could be kept in order by nobody.
    static func remove(
        _ call: Call,
        _ input: Removal,
        _ store: any Writer
    ) throws(Failure) -> Answer<Outcomes> {
        let group = try GroupRules.find(input.id, .group, in: store)
        let users = input.names.map { UserReference.name($0.text) }
        let outcomes =
            call.generation == .third
            ? try GroupMemberRules.remove(users, from: group, by: call.caller, in: store)
            : try GroupMemberRules.removeEach(users, from: group, by: call.caller, in: store)
        return Answer(call, Outcomes(outcomes))
    }

    struct Leaving: Fields {
        let id: String
        let user: Username?

        static let schemaName = "GroupLeaving"

        init(_ fields: inout FieldReader) throws(FieldProblem) {
            id = try fields.required(.group, .groupID)
            user = try fields.optional(Spelling(nil, nil, "userID"), .username)
        }
    }

    /// The owner has to hand the group over first.
    static func leave(_ call: Call, _ input: Leaving, _ store: any Writer) throws(Failure) -> Answer<NoData> {
        let group = try GroupRules.find(input.id, .group, in: store)
        let name = try call.actor(input.user, Spelling("userID"))
        guard let user = try UserRules.known(.name(name), in: store) else {
            throw .group(.notMembers([name], group.id))
        }
        try GroupMemberRules.quit(group, as: user, in: store)
        return Answer(call)
    }
}
