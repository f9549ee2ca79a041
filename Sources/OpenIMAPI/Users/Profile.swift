// A user as this dialect shows it, and changes of it.

import Domain
import JSON
import Routing

/// Members of a profile as a request has them; nil where it doesn't.
struct ProfileChange: Sendable {
    let nickname: String?
    let icon: String?
    let gender: Int?
    let mobile: String?
    let birth: String?
    let email: String?
    let extra: String?

    static let nicknameText = Value<String>.text(0...64)

    /// Reads everything but the name.
    init(_ fields: inout FieldReader, nickname: String?) throws(FieldProblem) {
        self.nickname = nickname
        icon = try fields.optional(.icon, .text(0...1024))
        gender = try fields.optional(.gender, .integer(0...2))
        mobile = try fields.optional(.mobile, .text(0...32))
        birth = try fields.optional(.birth, .birth)
        email = try fields.optional(.email, .text(0...64))
        extra = try fields.optional(.extra, .text(0...1024))
    }

    /// Puts what is there into a profile.
    func apply(to profile: inout UserProfile) {
        profile.icon = icon ?? profile.icon
        profile.gender = gender.flatMap(UserProfile.Gender.init) ?? profile.gender
        profile.mobile = mobile ?? profile.mobile
        profile.birth = birth ?? profile.birth
        profile.email = email ?? profile.email
        profile.extra = extra ?? profile.extra
    }

    /// Puts what is there into a user.
    func apply(to user: inout User) {
        user.nickname = nickname ?? user.nickname
        apply(to: &user.profile)
    }

    /// The change without what is empty, for generations in which empty means unchanged.
    var withoutEmpty: ProfileChange {
        ProfileChange(
            nickname: nickname.flatMap(\.ifNotEmpty),
            icon: icon.flatMap(\.ifNotEmpty),
            gender: gender == 0 ? nil : gender,
            mobile: mobile.flatMap(\.ifNotEmpty),
            birth: birth.flatMap(\.ifNotEmpty),
            email: email.flatMap(\.ifNotEmpty),
            extra: extra.flatMap(\.ifNotEmpty)
        )
    }

    private init(
        nickname: String?,
        icon: String?,
        gender: Int?,
        mobile: String?,
        birth: String?,
        email: String?,
        extra: String?
    ) {
        self.nickname = nickname
        self.icon = icon
        self.gender = gender
        self.mobile = mobile
        self.birth = birth
        self.email = email
        self.extra = extra
    }
}

extension Value<String> {
    /// A day of birth: text in the first generation, Unix seconds in the second.
    fileprivate static var birth: Value {
        let text = Value.text(0...16)
        return Value(
            text.shape.tolerating([.integer(0...Int64(UInt32.max))], "Unix seconds are taken, too."),
            placeholder: "",
            read: { view throws(FieldProblem) in
                guard let number = view.int64 else { return try text.value(of: view) }
                guard UInt32(exactly: number) != nil else {
                    throw FieldProblem(.outOfRange(minimum: 0, maximum: Int64(UInt32.max)))
                }
                return String(number)
            },
            readText: { sent throws(FieldProblem) in try text.value(of: sent) }
        )
    }
}

/// A user's profile.
struct Profile: SpelledObject, AnswerContent {
    let user: User
    let isManager: Bool

    init(_ user: User, of application: Application) {
        self.user = user
        isManager = ManagerRules.isManager(user, of: application)
    }

    static let schemaName: String? = "UserInfo"
    static let fields: [SpelledField<Profile>] = [
        .field(.user) { $0.user.username.text },
        .field(.nickname) { $0.user.nickname ?? "" },
        .field(.icon) { $0.user.profile.icon },
        .field(Spelling("gender", "gender", nil)) { $0.user.profile.gender.rawValue },
        .field(Spelling("mobile", "phoneNumber", nil)) { $0.user.profile.mobile },
        .field(Spelling("birth", nil, nil)) { $0.user.profile.birth },
        // A number there: who registered with a text has none.
        .field(Spelling(nil, "birth", nil)) { Int64($0.user.profile.birth) ?? 0 },
        .field(Spelling("email", "email", nil)) { $0.user.profile.email },
        .field(.extra) { $0.user.profile.extra },
        .field(
            .created,
            byGeneration: { profile, generation in
                generation == .third ? profile.user.created.milliseconds : profile.user.created.seconds
            }
        ),
        .field(Spelling(nil, "appMangerLevel")) { $0.isManager ? 2 : $0.user.profile.level.rawValue },
        .field(Spelling(nil, "globalRecvMsgOpt")) { $0.user.profile.messageOption.rawValue },
    ]

    /// The members of the first generation in an object that has more than the profile.
    static func firstGeneration<Owner>(
        _ profile: @escaping @Sendable (Owner) -> Profile
    ) -> [SpelledField<Owner>] {
        fields.compactMap { $0.inFirstGeneration(of: profile) }
    }
}

extension Generation {
    /// A moment: in seconds, in the third generation in milliseconds.
    func time(_ moment: Timestamp) -> Int64 { self == .third ? moment.milliseconds : moment.seconds }
}
