// Users of a CSV file (RFC 4180): the first line names the columns.

import Crypto
import Domain
import Routing

/// The columns of a file of users.
struct UserColumns: TransferColumns {
    private let names: [String]

    /// The columns that are known; a file has `username` and any of the others.
    static let known = [
        "username", "password", "password_hash", "nickname", "icon", "gender", "mobile", "birth", "email",
        "extra",
        "email_address", "activated", "created",
    ]

    init(_ line: [UInt8]) throws(TransferProblem) {
        names = try Self.fields(of: line).map { name in
            String(name.drop { $0 == " " || $0 == "\u{FEFF}" })
        }
        for name in names where !Self.known.contains(name) {
            throw TransferProblem("the column \(name.prefix(64)) is not known")
        }
        guard names.contains("username") else { throw TransferProblem("the column username is required") }
        guard Set(names).count == names.count else { throw TransferProblem("a column stands twice") }
    }

    func record(of line: [UInt8]) throws(TransferProblem) -> TransferRecord {
        let fields = try Self.fields(of: line)
        guard fields.count == names.count else {
            throw TransferProblem("the line has \(fields.count) fields instead of \(names.count)")
        }
        var values: [String: String] = [:]
        for (name, value) in zip(names, fields) where !value.isEmpty { values[name] = value }
        do throws(FieldProblem) {
            return .user(try Self.user(values))
        } catch {
            throw TransferProblem(error)
        }
    }

    private static func user(_ values: [String: String]) throws(FieldProblem) -> TransferUser {
        func read<Result>(_ name: String, _ value: Value<Result>) throws(FieldProblem) -> Result? {
            guard let text = values[name] else { return nil }
            do throws(FieldProblem) { return try value.value(of: text) } catch {
                throw error.inside(name)
            }
        }
        guard let name = try read("username", .username) else { throw FieldProblem(.missing, at: "username") }
        var user = TransferUser(name: name)
        user.password = try read("password", .text(1...PasswordHash.maximumBytes))
        user.passwordHash = try read("password_hash", .hash)
        guard user.password == nil || user.passwordHash == nil else {
            throw FieldProblem(.refused("must not stand beside password"), at: "password_hash")
        }
        user.nickname = try read("nickname", .text(0...UserRules.maximumNicknameCharacters))
        user.profile.icon = try read("icon", .text(0...1024)) ?? ""
        let gender = try read("gender", .integer(0...2)) ?? 0
        user.profile.gender = UserProfile.Gender(rawValue: gender) ?? .unknown
        user.profile.mobile = try read("mobile", .text(0...32)) ?? ""
        user.profile.birth = try read("birth", .text(0...16)) ?? ""
        user.profile.email = try read("email", .text(0...64)) ?? ""
        user.profile.extra = try read("extra", .text(0...1024)) ?? ""
        if let address = values["email_address"] {
            guard let email = EmailAddress(address) else {
                throw FieldProblem(.illegal(value: String(address.prefix(64))), at: "email_address")
            }
            user.email = email
        }
        user.isActivated = try read("activated", .flag) ?? true
        user.created = try read("created", TransferLines.moment).map { Timestamp(milliseconds: Int64($0)) }
        return user
    }

    /// The fields of a line; a quoted one may have commas, and quotes by pairs, but no end of line.
    static func fields(of line: [UInt8]) throws(TransferProblem) -> [String] {
        var fields: [String] = []
        var field: [UInt8] = []
        var index = 0
        let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
        func text(_ bytes: [UInt8]) throws(TransferProblem) -> String {
            guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
                throw TransferProblem("the line isn't UTF-8 without NUL")
            }
            return text
        }
        while true {
            field = []
            if index < line.count, line[index] == quote {
                index += 1
                while true {
                    guard index < line.count else { throw TransferProblem("a quoted field has no end") }
                    if line[index] != quote {
                        field.append(line[index])
                        index += 1
                    } else if index + 1 < line.count, line[index + 1] == quote {
                        field.append(quote)
                        index += 2
                    } else {
                        index += 1
                        break
                    }
                }
                guard index == line.count || line[index] == comma else {
                    throw TransferProblem("something follows a quoted field")
                }
            } else {
                while index < line.count, line[index] != comma {
                    field.append(line[index])
                    index += 1
                }
            }
            fields.append(try text(field))
            guard index < line.count else { return fields }
            index += 1
        }
    }
}
