// The methods of the three services, by the names of the interface's documents and of its definitions.

/// A method, as far as something has to be said of it in particular; the names are those under which it is called.
enum Method: String, Sendable, CaseIterable {
    case register = "Register"
    case auth = "Auth"
    case verify = "Verify"
    case timestamp = "Timestamp"
    case ping = "Ping"
    case getServerInfo = "GetServerInfo"
    case getID = "GetId"
    case getPresetUserStatus = "GetPresetUserStatus"
    case unregister = "Unregister"
    case getAccountInfo = "GetAccountInfo"
    case setSelfInfo = "SetSelfInfo"
    case setFriendInfo = "SetFriendInfo"
    case fetchMessages = "FetchMsgs"
    case upload = "Upload"
    case download = "Download"
    case sendMessage = "SendMsg"
    case recallMessage = "RecallMsg"
    case newSession = "NewSession"
    case getSessionInfo = "GetSessionInfo"
    case setSessionInfo = "SetSessionInfo"
    case deleteSession = "DeleteSession"
    case leaveSession = "LeaveSession"
    case kickUser = "KickUser"
    case joinSession = "JoinSession"
    case allowUserJoinSession = "AllowUserJoinSession"
    case invite = "InviteUserToSession"
    case acceptInvitation = "AcceptJoinSessionInvitation"
    case setRole = "SetRole"
    case addRole = "AddRole"
    case getRole = "GetRole"
    case muteUser = "MuteUser"
    case unmuteUser = "UnmuteUser"
    case banUser = "BanUser"
    case unbanUser = "UnbanUser"
    case addFriend = "AddFriend"
    case acceptFriend = "AcceptFriendInvitation"
    case deleteFriend = "DeleteFriend"

    /// The services, by package and name.
    enum Service: String, Sendable, CaseIterable {
        case auth = "service.auth.v1.AuthService"
        case basic = "service.basic.v1.BasicService"
        case ourChat = "service.ourchat.v1.OurChatService"
    }

    /// Where it belongs.
    var service: Service {
        switch self {
        case .register, .auth, .verify: .auth
        case .timestamp, .ping, .getServerInfo, .getID, .getPresetUserStatus: .basic
        default: .ourChat
        }
    }

    /// Its names: that of the definitions first, then what the documents call it.
    var names: [String] {
        switch self {
        case .joinSession: [rawValue, "JoinInSession"]
        case .allowUserJoinSession: [rawValue, "AcceptJoinInSession"]
        case .acceptFriend: [rawValue, "AcceptFriend"]
        default: [rawValue]
        }
    }

    /// The route of each name.
    static func route(named name: String) -> String { "ourChat" + name }

    /// The method of a route.
    init?(route: String) {
        let found = Self.allCases.first { method in method.names.contains { Self.route(named: $0) == route } }
        guard let found else { return nil }
        self = found
    }
}
