// Messages of AuthService.

import Protobuf

struct RegisterRequest: ProtobufMessage {
    var email = ""
    var password = ""
    var name = ""
    var publicKey: [UInt8] = []

    static let schema = MessageSchema<RegisterRequest>(
        "service.auth.register.v1.RegisterRequest",
        [
            .field(1, "email", \.email), .field(2, "password", \.password), .field(3, "name", \.name),
            .field(4, "public_key", \.publicKey),
        ]
    )
}

struct RegisterResponse: ProtobufMessage {
    var ocid = ""
    var id: UInt64 = 0
    var token = ""

    static let schema = MessageSchema<RegisterResponse>(
        "service.auth.register.v1.RegisterResponse",
        [.field(1, "ocid", \.ocid), .field(2, "id", \.id), .field(3, "token", \.token)]
    )
}

struct AuthRequest: ProtobufMessage {
    enum Account: Equatable {
        case email(String)
        case ocid(String)
    }

    var account: Account?
    var password = ""

    static let schema = MessageSchema<AuthRequest>(
        "service.auth.authorize.v1.AuthRequest",
        [
            .member(1, "email", of: "account", \.account, Account.email) {
                if case .email(let email) = $0 { email } else { nil }
            },
            .member(2, "ocid", of: "account", \.account, Account.ocid) {
                if case .ocid(let ocid) = $0 { ocid } else { nil }
            },
            .field(3, "password", \.password),
        ]
    )
}

struct VerifyRequest: ProtobufMessage {
    var email = ""

    static let schema = MessageSchema<VerifyRequest>(
        "service.auth.email_verify.v1.VerifyRequest",
        [.field(1, "email", \.email)]
    )
}

struct AuthResponse: ProtobufMessage {
    var token = ""
    var id: UInt64 = 0
    var ocid = ""

    static let schema = MessageSchema<AuthResponse>(
        "service.auth.authorize.v1.AuthResponse",
        [.field(1, "token", \.token), .field(2, "id", \.id), .field(3, "ocid", \.ocid)]
    )
}
