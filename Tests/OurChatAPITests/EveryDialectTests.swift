// Every kind of message that any dialect sends, as each dialect shows it.

import Foundation
import TestKit
import Testing

@Suite struct EveryDialectTests {
    /// How a message is sent.
    private enum Way: Sendable {
        /// By the platform's `POST /messages`.
        case platform
        /// By OpenIM's `/msg/send_msg`, with a content type.
        case openIM(Int64)
        /// By OurChat's frame 0.
        case frame
        /// By OurChat's SendMsg.
        case rpc
    }

    /// One message, and what readers get of it.
    private struct Said: Sendable {
        let way: Way
        /// In its dialect's words: `msg`, `content`, the text.
        let words: TestJSON
        /// The platform's body, without the original beside it.
        let body: TestJSON
        /// OpenIM's content type, and something that stands in the content.
        let openIM: (type: Int64, content: String)
        /// The list in a frame; without `body` that goes with other dialects' messages.
        let frame: TestJSON
        /// RPC's Markdown.
        let markdown: String

        init(
            _ way: Way,
            _ words: TestJSON,
            body: TestJSON? = nil,
            openIM type: Int64,
            _ content: String,
            frame: TestJSON,
            markdown: String? = nil
        ) {
            (self.way, self.words, self.frame) = (way, words, frame)
            self.body = body ?? words
            openIM = (type, content)
            self.markdown = markdown ?? frame[0]?["text"]?.string ?? ""
        }
    }

    /// One text in a frame.
    private static func text(_ text: String) -> TestJSON { [["type": 0, "text": .string(text)]] }
    /// A text as the platform has it.
    private static func txt(_ text: String) -> TestJSON { ["type": "txt", "msg": .string(text)] }

    private static let byPlatform: [Said] = [
        Said(.platform, txt("p"), openIM: 101, #"{"content":"p"}"#, frame: text("p")),
        Said(
            .platform,
            [
                "type": "img", "url": "https://x.org/a(1).png", "filename": "i].png",
                "size": ["width": 3, "height": 4],
            ],
            openIM: 102,
            #""width":3,"height":4,"url":"https://x.org/a(1).png""#,
            frame: text("i].png https://x.org/a(1).png"),
            markdown: #"![i\].png](IN://https,x.org/a%281%29.png)"#
        ),
        Said(
            .platform,
            ["type": "img", "url": "no scheme"],
            openIM: 102,
            #""url":"no scheme""#,
            frame: text("image no scheme"),
            markdown: "[image](no%20scheme)"
        ),
        Said(
            .platform,
            ["type": "audio", "url": "http://x.org/a.amr", "length": 7],
            openIM: 103,
            #""sourceUrl":"http://x.org/a.amr","dataSize":0,"duration":7"#,
            frame: text("audio http://x.org/a.amr"),
            markdown: "![audio](FN://http,x.org/a.amr)"
        ),
        Said(
            .platform,
            [
                "type": "video", "url": "http://x.org/v", "filename": "v.mp4", "length": 8,
                "thumb": "http://x.org/t",
            ],
            openIM: 104,
            #""videoUrl":"http://x.org/v""#,
            frame: text("v.mp4 http://x.org/v"),
            markdown: "![v.mp4](VN://http,x.org/v)"
        ),
        Said(
            .platform,
            ["type": "file", "url": "http://x.org/f", "filename": "f.pdf", "file_length": 9],
            openIM: 105,
            #""sourceUrl":"http://x.org/f","fileName":"f.pdf","fileSize":9"#,
            frame: text("f.pdf http://x.org/f"),
            markdown: "![f.pdf](FN://http,x.org/f)"
        ),
        Said(
            .platform,
            ["type": "loc", "lat": 39.5, "lng": 116, "addr": "Beijing"],
            openIM: 109,
            #""description":"Beijing","longitude":116,"latitude":39.5"#,
            frame: text("Beijing (39.5, 116)")
        ),
        Said(
            .platform,
            ["type": "cmd", "action": "wave", "param": ["n": 1]],
            openIM: 110,
            #""description":"wave""#,
            frame: text("[wave] n: 1")
        ),
        Said(
            .platform,
            ["type": "custom", "customEvent": "gift", "customExts": ["name": "rose", "to": "ann"]],
            openIM: 110,
            #""description":"gift""#,
            frame: text("[gift] name: rose, to: ann")
        ),
        Said(.platform, ["type": "custom"], openIM: 110, #""data""#, frame: text("[custom]")),
    ]

    private static let picture: TestJSON = [
        "uuid": "u", "type": "png", "size": 5, "width": 3, "height": 4, "url": "https://x.org/p",
    ]

    private static let byOpenIM: [Said] = [
        Said(
            .openIM(101),
            ["content": "o"],
            body: txt("o"),
            openIM: 101,
            #"{"content":"o"}"#,
            frame: text("o")
        ),
        Said(
            .openIM(102),
            ["sourcePicture": picture],
            body: [
                "type": "img", "url": "https://x.org/p", "file_length": 5, "size": ["width": 3, "height": 4],
            ],
            openIM: 102,
            #""uuid":"u""#,
            frame: text("image https://x.org/p"),
            markdown: "![image](IN://https,x.org/p)"
        ),
        Said(
            .openIM(103),
            ["sourceUrl": "http://x.org/s", "dataSize": 6, "duration": 7],
            body: ["type": "audio", "url": "http://x.org/s", "file_length": 6, "length": 7],
            openIM: 103,
            #""duration":7"#,
            frame: text("audio http://x.org/s"),
            markdown: "![audio](FN://http,x.org/s)"
        ),
        Said(
            .openIM(104),
            ["videoUrl": "http://x.org/v", "duration": 7],
            body: ["type": "video", "url": "http://x.org/v", "length": 7],
            openIM: 104,
            #""videoUrl":"http://x.org/v""#,
            frame: text("video http://x.org/v"),
            markdown: "![video](VN://http,x.org/v)"
        ),
        Said(
            .openIM(105),
            ["sourceUrl": "http://x.org/f", "fileName": "f.pdf", "fileSize": nil],
            body: ["type": "file", "url": "http://x.org/f", "filename": "f.pdf"],
            openIM: 105,
            #""fileName":"f.pdf""#,
            frame: text("f.pdf http://x.org/f"),
            markdown: "![f.pdf](FN://http,x.org/f)"
        ),
        Said(
            .openIM(106),
            ["text": "@ann", "atUserList": ["ann"]],
            body: txt("@ann"),
            openIM: 106,
            #""atUserList":["ann"]"#,
            frame: text("@ann")
        ),
        Said(
            .openIM(107),
            ["title": "both", "multiMessage": [["a": 1]]],
            body: ["type": "custom", "customEvent": "openim.107", "customExts": ["title": "both"]],
            openIM: 107,
            #""multiMessage":[{"a":1}]"#,
            frame: text("[openim.107] title: both")
        ),
        Said(
            .openIM(108),
            ["userID": "cid", "nickname": "Cid"],
            body: [
                "type": "custom", "customEvent": "openim.108",
                "customExts": ["userID": "cid", "nickname": "Cid"],
            ],
            openIM: 108,
            #""nickname":"Cid""#,
            frame: text("[openim.108] userID: cid, nickname: Cid")
        ),
        Said(
            .openIM(109),
            ["longitude": 116, "latitude": 39.5],
            body: ["type": "loc", "lat": 39.5, "lng": 116],
            openIM: 109,
            #""latitude":39.5"#,
            frame: text("(39.5, 116)")
        ),
        Said(
            .openIM(110),
            ["data": "d", "description": nil, "extension": ""],
            body: ["type": "custom", "customEvent": "openim.110", "customExts": ["data": "d"]],
            openIM: 110,
            #""data":"d""#,
            frame: text("[openim.110] data: d")
        ),
        Said(
            .openIM(114),
            ["text": "yes", "quoteMessage": ["a": 1]],
            body: txt("yes"),
            openIM: 114,
            #""quoteMessage":{"a":1}"#,
            frame: text("yes")
        ),
        Said(
            .openIM(115),
            ["index": 3],
            body: ["type": "custom", "customEvent": "openim.115", "customExts": [:]],
            openIM: 115,
            #""index":3"#,
            frame: text("[openim.115]")
        ),
        Said(
            .openIM(117),
            ["text": "bold", "messageEntityList": []],
            body: txt("bold"),
            openIM: 117,
            #""messageEntityList":[]"#,
            frame: text("bold")
        ),
    ]

    /// As much as may be said.
    private static let longest = String(repeating: "n", count: 4000)
    private static let notice = Said(
        .openIM(1400),
        ["notificationName": "N", "notificationType": 1, "text": .string(longest)],
        body: [
            "type": "custom", "customEvent": "openim.1400",
            "customExts": ["notificationName": "N", "text": .string(longest)],
        ],
        openIM: 1400,
        #""notificationType":1"#,
        frame: text("[openim.1400] notificationName: N, text: \(longest)")
    )

    private static func byFrame(
        _ parts: TestJSON,
        _ body: TestJSON,
        openIM type: Int64,
        _ content: String,
        markdown: String
    ) -> Said {
        Said(.frame, parts, body: body, openIM: type, content, frame: parts, markdown: markdown)
    }

    private static let byOurChat: [Said] = [
        byFrame(text("f"), txt("f"), openIM: 101, #"{"content":"f"}"#, markdown: "f"),
        byFrame(
            [["type": 0, "text": "alpha"], ["type": 0, "text": "bravo"]],
            txt("alpha\nbravo"),
            openIM: 101,
            #"{"content":"alpha\nbravo"}"#,
            markdown: "alpha\nbravo"
        ),
        byFrame(
            [["type": 0, "text": "t", "extra": 1]],
            txt("t"),
            openIM: 101,
            #"{"content":"t"}"#,
            markdown: "t"
        ),
        byFrame(
            [["type": 5, "x": 1]],
            ["type": "custom", "customEvent": "ourchat.5", "customExts": [:]],
            openIM: 110,
            #""description":"ourchat.5""#,
            markdown: "[ourchat.5]"
        ),
        byFrame(
            [["type": -9_223_372_036_854_775_808], ["type": 0, "text": "t"]],
            ["type": "custom", "customEvent": "ourchat.-9223372036854775808", "customExts": ["text": "t"]],
            openIM: 110,
            #""description":"ourchat.-9223372036854775808""#,
            markdown: "[ourchat.-9223372036854775808] text: t"
        ),
        Said(
            .rpc,
            "# m",
            body: txt("# m"),
            openIM: 101,
            ##"{"content":"# m"}"##,
            frame: text("# m")
        ),
    ]

    // MARK: Sending and reading

    private static func openIM(_ app: TestApp, _ path: String, _ body: TestJSON) async throws -> TestJSON {
        var request = HTTPRequest("POST", app.prefix + "/openim" + path, json: body)
        request.headers.add("operationID", "test")
        let reply = try await app.server.client().send(request.authorized(try await app.managerToken()))
            .json()
        try #require(reply["errCode"] == 0, "\(path): \(reply)")
        return try #require(reply["data"])
    }

    private static func send(_ said: Said, in world: FeedTests.World) async throws {
        let session = TestJSON.string(world.session)
        switch said.way {
        case .platform:
            try await world.app.perform(
                "POST",
                "/messages",
                ["target_type": "chatgroups", "target": [session], "from": "bob", "msg": said.words]
            )
        case .openIM(let type):
            let message: TestJSON = [
                "sendID": "bob", "groupID": session, "content": said.words, "contentType": .integer(type),
                "sessionType": 3,
            ]
            _ = try await openIM(world.app, "/msg/send_msg", message)
        case .frame:
            let frame: TestJSON = ["code": 0, "sender": ["session_id": session], "msg": said.words]
            try await onOwnThread {
                var socket = try world.app.socket(token: world.bob)
                try socket.send(frame)
                // Behind what was sent before.
                while try socket.message()["msg"] != said.words {}
            }
        case .rpc: try await world.say(try #require(said.words.string))
        }
    }

    @Test
    func
        `whatever dialect sends a message, every dialect shows it in a form of its own and nothing is empty`()
        async throws
    {
        let all = Self.byPlatform + Self.byOpenIM + [Self.notice] + Self.byOurChat
        let world = try await FeedTests.World.make()
        let app = world.app
        for said in all { try await Self.send(said, in: world) }

        let history =
            try await app.perform("GET", "/messages?order=asc&limit=100").json()["data"]?.array ?? []
        let waiting =
            try await app.perform("GET", "/users/ann/messages?limit=100").json()["data"]?.array ?? []
        let conversation = "sg_\(world.session)"
        let range: TestJSON = ["conversationID": .string(conversation), "begin": 1, "end": 100]
        let pulled = try await Self.openIM(
            app,
            "/msg/pull_msg_by_seq",
            ["userID": "ann", "seqRanges": [range]]
        )
        let messages = pulled["msgs"]?[conversation]?["Msgs"]?.array ?? []
        let frames = try await onOwnThread {
            var socket = try app.socket(token: world.ann)
            return try all.map { _ in try socket.message() }
        }
        let records = try await world.records().json
        try #require([history, waiting, messages, frames, records].allSatisfy { $0.count == all.count })

        for (index, said) in all.enumerated() {
            let place = "\(said.way) \(said.words)"
            let bodies = try #require(history[index]["payload"]?["bodies"]?.array)
            #expect(bodies.map { $0.removing("openim").removing("ourchat") } == [said.body], "\(place)")
            #expect(waiting[index]["payload"]?["bodies"]?.array == bodies, "\(place)")

            #expect(messages[index]["contentType"]?.integer == said.openIM.type, "\(place)")
            // The bytes of the original's field.
            let bytes = messages[index]["content"]?.string.flatMap { Data(base64Encoded: $0) }
            let content = String(decoding: try #require(bytes), as: UTF8.self)
            #expect(content.contains(said.openIM.content), "\(place): \(content)")

            var parts = frames[index]["msg"]?.array ?? []
            if let body = parts.first?["body"] {
                #expect([body] == bodies && said.body["type"] != "txt", "\(place)")
                parts = parts.map { $0.removing("body") }
            }
            #expect(TestJSON.array(parts) == said.frame, "\(place)")

            #expect(records[index]["msg"]?["markdownText"]?.string == said.markdown, "\(place)")
        }
    }

    @Test func `a search finds the texts of several parts, and shows them in each dialect's form`()
        async throws
    {
        let world = try await FeedTests.World.make()
        let parts: TestJSON = [["type": 0, "text": "alpha"], ["type": 0, "text": "bravo"]]
        let said = Self.byFrame(parts, nil, openIM: 101, "", markdown: "")
        try await Self.send(said, in: world)
        let found = try await world.app.perform("GET", "/messages?q=bravo").json()["data"]
        #expect(found?[0]?["payload"]?["bodies"]?[0]?["msg"] == "alpha\nbravo")
        let pages: TestJSON = ["pageNumber": 1, "showNumber": 9]
        let searched = try await Self.openIM(
            world.app,
            "/msg/search_msg",
            ["recvID": "", "sendID": "bob", "contentType": 101, "pagination": pages]
        )
        #expect(searched.description.contains(#"alpha\\nbravo"#), "\(searched)")
    }

    @Test func `parts up to the bound of a message are taken, whatever is kept beside them`() async throws {
        let world = try await FeedTests.World.make()
        let half = String(repeating: "x", count: 2000)
        let parts: TestJSON = [["type": 0, "text": .string(half)], ["type": 0, "text": .string(half)]]
        let said = Self.byFrame(parts, nil, openIM: 101, "", markdown: "")
        try await Self.send(said, in: world)
        #expect(try await world.records().json[0]["msg"]?["markdownText"]?.string == "\(half)\n\(half)")
    }
}
