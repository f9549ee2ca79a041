// Telling the generations apart, and finding members under their names.

import Crypto
import Domain
import HTTP
import JSON
import Routing
import Testing

@testable import OpenIMAPI

@Suite struct GenerationTests {
    private static func dialect(_ path: String) throws -> OpenIMDialect {
        let route = try #require(OpenIMAPI.routes.first { $0.pattern.description.hasSuffix(path) })
        return try #require(route.dialect as? OpenIMDialect)
    }

    @Test(
        arguments: [
            ("/friend/import_friend", #"{"uid":"a","ownerUid":"b","operationID":"1"}"#, .first),
            (
                "/friend/import_friend", #"{"fromUserID":"a","friendUserIDList":[],"operationID":"1"}"#,
                .second
            ),
            ("/friend/import_friend", #"{"ownerUserID":"a","friendUserIDs":[]}"#, .third),
            ("/manager/delete_user", #"{"operationID":"1"}"#, .first),
            ("/user/delete_user", #"{"operationID":"1"}"#, .second),
            ("/manager/delete_user", #"{"operationID":"1","DELETEUSERIDLIST":["a"]}"#, .second),
            ("/user/get_users_info", #"{"userIDs":["a"]}"#, .third),
            ("/user/get_users_info", #"{"operationID":"1","userIDList":["a"]}"#, .second),
            ("/user/get_users_info", #"{"operationID":"1","uidList":["a"]}"#, .first),
            ("/user/get_users_info", "{}", .third), ("/user/get_user_info", "{", .first),
            ("/user/get_user_info", "[]", .first),
        ] as [(String, String, Generation)]
    )
    func `without a name in the head, the names of the members tell`(
        _ path: String,
        _ body: String,
        _ generation: Generation
    ) throws {
        let dialect = try Self.dialect(path)
        let told = dialect.manner(of: [:], body: Array(body.utf8)) as? OpenIMDialect
        #expect((told ?? dialect).generation == generation)
    }

    @Test func `a name in the head is the third generation's, whatever the body says`() throws {
        let body = Array(#"{"uid":"a","ownerUid":"b","operationID":"1"}"#.utf8)
        for body in [nil, body] {
            let dialect = try Self.dialect("/friend/import_friend")
            let told = dialect.manner(of: ["operationid": "1"], body: body) as? OpenIMDialect
            #expect(told?.generation == .third)
            let empty = dialect.manner(of: ["operationid": ""], body: body) as? OpenIMDialect
            #expect(empty == nil || empty?.generation == .first)
        }
    }

    private static func read(_ json: String, _ name: Spelling, _ generation: Generation) throws -> String? {
        var fields = try FieldReader(JSONDocument(Array(json.utf8)).root, generation)
        return try fields.optional(name, .text())
    }

    @Test func `a member is found by any of its names, its own generation's first, in any case`() throws {
        let name = Spelling("uid", "userID", "userIDs")
        for generation in Generation.allCases {
            for key in ["uid", "UID", "userID", "userid", "userIDs"] {
                #expect(try Self.read("{\"\(key)\":\"a\"}", name, generation) == "a", "\(key)")
            }
            #expect(try Self.read(#"{"uids":"a"}"#, name, generation) == nil)
        }
        let both = #"{"uid":"a","userID":"b","userIDs":"c"}"#
        #expect(try Generation.allCases.map { try Self.read(both, name, $0) } == ["a", "b", "c"])
    }

    @Test func `a strict member is found by its own generation's name only`() throws {
        let name = Spelling(nil, "fromUserID", "toUserID", isStrict: true)
        #expect(try Self.read(#"{"fromUserID":"a"}"#, name, .second) == "a")
        #expect(try Self.read(#"{"fromUserID":"a"}"#, name, .third) == nil)
        #expect(try Self.read(#"{"fromUserID":"a"}"#, name, .first) == nil)
    }

    @Test func `a member in two cases is one where both say the same, else it is refused`() throws {
        #expect(try Self.read(#"{"uid":"a","Uid":"a"}"#, Spelling("uid"), .first) == "a")
        #expect(throws: FieldProblem(.repeated, at: "uid")) {
            try Self.read(#"{"uid":"a","Uid":"b"}"#, Spelling("uid"), .first)
        }
    }

    /// The form of a session's token, whoever signed it.
    private static func token(_ claims: String) -> String {
        "e30.\(Base64URL.encode(Array(claims.utf8))).x"
    }

    @Test(
        arguments: [
            (#"{"gen":1}"#, .first), (#"{"gen":2}"#, .second), (#"{"gen":3}"#, nil), (#"{"gen":9}"#, nil),
            (#"{"UID":"a"}"#, nil), ("[]", nil),
        ] as [(String, Generation?)]
    )
    func `where names say nothing, the token tells, and without one the place of operationID`(
        _ claims: String,
        _ expected: Generation?
    ) throws {
        let dialect = try Self.dialect("/group/get_groups_info")
        let body = Array(#"{"operationID":"1","groupIDList":["a"]}"#.utf8)
        let told = dialect.manner(of: ["token": Self.token(claims)], body: body) as? OpenIMDialect
        #expect((told ?? dialect).generation == expected ?? .second)
        // What the first generation's document has is its own where nothing else tells.
        let first = try Self.dialect("/group/kick_group")
        let kick = Array(#"{"operationID":"1","groupID":"a"}"#.utf8)
        #expect((first.manner(of: [:], body: kick) as? OpenIMDialect ?? first).generation == .first)
    }

    @Test func `every route has names of its own in the table, and its first segment is no organisation's`() {
        let alias = OpenIMAPI.alias(organization: "o", application: "a")
        let reserved: Set<String> = [
            "auth", "user", "friend", "group", "manager", "msg", "chat", "conversation",
            "statistics",
        ]
        #expect(alias.firstSegments.isSubset(of: reserved))
        #expect(alias.prefix == ["o", "a", "openim"])
    }
}
