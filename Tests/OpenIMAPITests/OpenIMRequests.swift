// Requests of every generation, made from the table of routes, and what their replies say.

import Domain
import Foundation
import HTTP
import Routing
import TestKit

/// A generation of the interface, as its clients speak it.
enum Speech: Int, CaseIterable {
    case first, second, third
}

/// One route in the words of one generation.
struct SpokenRoute: CustomStringConvertible {
    let route: Route
    let speech: Speech

    var description: String { "\(route.name) in generation \(speech.rawValue + 1)" }

    /// Every route in every generation.
    static let all = EveryRoute.openIM.flatMap { route in
        Speech.allCases.map { SpokenRoute(route: route, speech: $0) }
    }

    /// The body that the generation sends.
    var shape: Shape {
        if case .anyOf(let shapes)? = route.action.body, shapes.count == Speech.allCases.count {
            return shapes[speech.rawValue]
        }
        return route.action.body ?? .object([])
    }

    /// Whether a request made from the declaration is let in.
    ///
    /// Only a generation that has a secret lets in whoever shows it.
    func admits(_ visitor: Visitor) -> Bool {
        guard route.requirement == .applicationOrSecret, [.nobody, .emptyBearer].contains(visitor) else {
            return visitor.mayCall(route.requirement)
        }
        guard case .object(_, let members) = shape else { return false }
        return members.contains { $0.name == "secret" }
    }

    /// A request that the route's declaration accepts.
    func request(_ names: RouteNames) -> HTTPRequest {
        let body = shape.example(naming: names.userInBody, secret: names.secret, group: names.groupInBody)
        return request(names, body: body.bytes)
    }

    /// Names of a request that the visitor may make: users speak for themselves, and only managers get managers' tokens.
    func names(_ names: RouteNames, for visitor: Visitor) -> RouteNames {
        var names = names
        switch visitor {
        case .userOfThePath: names.userInBody = "alice"
        case .managerByPassword: names.userInBody = "openIMAdmin"
        default: break
        }
        if route.name == "openIMAuthGetAdminToken" { names.userInBody = TestApp.manager }
        return names
    }

    /// A request with this body.
    func request(_ names: RouteNames, body: [UInt8]) -> HTTPRequest {
        var path = route.path(names)
        if route.action.query.contains(where: { $0.name == "key" && $0.isRequired }) {
            let key: TestJSON = ["sendID": .string(names.userInBody), "recvID": "alice", "groupID": ""]
            path +=
                "?key="
                + Data(key.bytes).base64EncodedString().replacing("=", with: "%3D")
                .replacing("+", with: "%2B")
        }
        var request = HTTPRequest(route.method.text, path, body: .bytes(body))
        if speech == .third { request.headers.add("operationID", "walk") }
        return request
    }
}

extension HTTPReply {
    /// 0 where all went well.
    var errCode: Int? { (try? json()["errCode"]?.integer).flatMap { $0 }.map { Int($0) } }

    /// Whether it says that the caller's role in the group isn't enough.
    var refusesRole: Bool { [622, 800, 801, 1002].contains(errCode) }

    /// Whether it says that the caller may not.
    var refusesCaller: Bool {
        guard errCode != 0, let json = try? json() else { return false }
        let text = (json["errMsg"]?.string ?? "") + " " + (json["errDlt"]?.string ?? "")
        return text.contains(#/token|Token|authorized|permission|Permission|Failed to add friends$/#)
    }
}
