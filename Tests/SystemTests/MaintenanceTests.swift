// Maintenance: what is refused, in whose words, what goes on, and that it lasts.

import Foundation
import OurChatAPI
import Routing
import TestKit
import Testing

@Suite struct MaintenanceTests {
    /// The routes that report on the server and its users; whatever is to be served beside it has to be named here.
    private static let served: Set<String> = [
        "getHealth", "getReadiness", "getMetrics", "getAPIDocument", "getAPIDocumentAsJSON", "getStatus",
        "getStatuses",
        "openIMManagerGetUsersOnlineStatus", "openIMUserGetUsersOnlineStatus", "ourChatTimestamp",
        "ourChatPing", "ourChatGetServerInfo", "openGateway", "checkHealth", "watchHealth", "reflectServer",
        "reflectServerAlpha", "getOurChatStatus", "getLogo",
        "openIMUserGetUsersOnlineTokenDetail", "openIMUserGetUsersStatus", "getDocs", "getDocsSchemaJs",
        "getDocsDomJs", "getDocsOperationJs", "getDocsPageJs", "getDocsPageCss",
    ]

    @Test
    func
        `under maintenance every route refuses everybody in its own words, but those that tell how things are`()
        async throws
    {
        let world = try await WalkWorld.make()
        try await world.server.maintain("on")
        let client = try world.server.client()
        let before = try await world.storedBytes()
        let routes = EveryRoute.all + EveryRoute.openIM + EveryRoute.methods + OurChatAPI.routes
        for route in routes where route.requirement != .operator && !route.isServedInMaintenance {
            for visitor in [Visitor.nobody, .application, .userOfThePath] {
                let reply = try await client.send(world.request(route.request(world.names), by: visitor))
                // A stream's failures stand in its last envelope.
                #expect(
                    reply.status == (reply.isStream ? 200 : 503),
                    "\(route.name) by \(visitor): \(reply.status) \(reply.text)"
                )
                #expect(reply.isStream || reply.headers["Retry-After"] == "60", "\(route.name)")
                #expect(reply.text.contains(Self.words(of: route)), "\(route.name): \(reply.text)")
            }
        }
        #expect(try await world.storedBytes() == before)
        let open = routes.filter { $0.requirement != .operator && $0.isServedInMaintenance }
        #expect(Set(open.map(\.name)) == Self.served)
        for route in open {
            let reply = try await client.send(world.request(route.request(world.names), by: .application))
            #expect(reply.status != 503, "\(route.name): \(reply.text)")
        }
    }

    private static func words(of route: Route) -> String {
        switch route.dialect?.name {
        case "ourchat-rpc": #"{"code":"unavailable","message":"Server Maintaining"}"#
        case "platform": "The server is under maintenance"
        case "ourchat": #""details":"Server Maintaining","status_code":2"#
        case "openim": #""errCode":503,"errMsg":"the server is under maintenance""#
        case let other: "no words for \(other ?? "nothing")"
        }
    }

    @Test func `how the server is can be asked in every dialect, before, under and after maintenance`()
        async throws
    {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await app.register("ann")
        let client = try server.client()
        for (word, isOn) in [("off", false), ("on", true), ("on", true), ("off", false)] {
            try await server.maintain(word)
            #expect(try await client.get("/readyz").text == (isOn ? "ready, under maintenance\n" : "ready\n"))
            #expect(try await client.get("/healthz").text == "ok\n")
            #expect(try await client.get("/metrics").text.contains("\nparley_maintenance \(isOn ? 1 : 0)\n"))
            let info = try await client.post("\(app.prefix)/service.basic.v1.BasicService/GetServerInfo", [:])
                .json()
            #expect(info["status"] == (isOn ? "RUNNING_STATUS_MAINTAINING" : "RUNNING_STATUS_NORMAL"))
            let frame = try await onOwnThread { () throws -> TestJSON in
                var socket = try app.socket()
                try socket.send(["code": 12])
                return try socket.message()
            }
            #expect(frame == ["code": 12, "status": isOn ? 1 : 0, "status_code": isOn ? 2 : 0])
        }
    }

    @Test func `an open socket stays, and its frames are refused until maintenance ends`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        try await app.register("ann")
        let token = try await app.userToken("ann", password: "123")
        let ask: TestJSON = ["code": 10, "ocid": "ann", "request_values": ["ocid"]]
        try await onOwnThread {
            func turn(_ word: String) throws {
                let run = try CommandLineRun.runBlocking(["maintenance", word, "--data", server.dataPath])
                #expect(run.succeeded)
            }
            var socket = try app.socket(token: token)
            let exchange = { (frame: TestJSON) throws -> TestJSON in
                try socket.send(frame)
                return try socket.message()
            }
            #expect(try exchange(ask)["status_code"] == 0)
            try turn("on")
            #expect(try exchange(ask) == ["code": 11, "status_code": 2])
            let login: TestJSON = ["code": 6, "login_type": 1, "account": "ann", "password": "123"]
            #expect(try exchange(login) == ["code": 7, "status": 2, "status_code": 2])
            let message: TestJSON = [
                "code": 0, "sender": ["session_id": 1], "msg": [["type": 0, "text": "hi"]],
            ]
            #expect(
                try exchange(message) == ["code": 18, "details": "Server Maintaining", "status_code": 2]
            )
            try turn("off")
            #expect(try exchange(ask)["status_code"] == 0)
        }
    }

    @Test func `maintenance lasts over a kill, and can be ended without a server`() async throws {
        let server = try await TestServer.start()
        let app = try await server.makeApp()
        let token = try await app.token()
        #expect(try await server.command("maintenance").output == "maintenance is off\n")
        try await server.maintain("on")
        try await server.kill9()
        try await server.startAgain()
        #expect(try await server.command("maintenance").output == "maintenance is on\n")
        #expect(try await server.client().get("\(app.prefix)/users", token: token).status == 503)
        try await server.stop()
        #expect(try await server.command("maintenance", "off").output == "maintenance is off\n")
        try await server.startAgain()
        #expect(try await server.client().get("\(app.prefix)/users", token: token).status == 200)
    }
}

extension TestServer {
    /// `parley maintenance on` or `off`.
    fileprivate func maintain(_ word: String) async throws {
        let run = try await command("maintenance", word)
        #expect(run.output == "maintenance is \(word)\n", "\(run.errors)")
    }
}
