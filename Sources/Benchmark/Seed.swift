// A data folder with users in it, made through the executable and the storage module, and what one needs to use it.

import Domain
import JSON
import Storage
import Threads

/// A stopped data folder: one application, users `user0000001` and up, no relations.
///
/// The application comes from `parley app create`. The users are inserted by the repository itself, all with the same
/// password hash (nobody logs in), 10 000 a transaction: a million of them through the API would take an hour of hashing.
struct Seed {
    static let organization = "bench"
    static let application = "app"

    /// The data folder.
    let folder: String
    /// How many users there are.
    let users: Int
    /// The application's row key, which cursors carry.
    let applicationID: ApplicationID
    private let clientID: String
    private let clientSecret: String

    init(users: Int, in folder: String, executable: String) throws {
        self.folder = folder
        self.users = users
        let printed = try ChildProcess.output(
            of: executable,
            ["app", "create", "\(Self.organization)/\(Self.application)", "--data", folder, "--json"],
            errorPath: folder + ".log"
        )
        let issued = try JSONValue(parsing: Array(printed.joined(separator: "\n").utf8))
        guard let clientID = issued["client_id"]?.string, let secret = issued["client_secret"]?.string else {
            throw BenchmarkError("app create printed no credential")
        }
        self.clientID = clientID
        clientSecret = secret
        applicationID = try Self.insertUsers(users, in: folder)
    }

    /// The name of a user by its number, 1...users.
    static func name(_ number: Int) -> String {
        let digits = String(number)
        return "user" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }

    /// A position right behind a row of the list of users.
    ///
    /// Users are the first rows of a fresh table, so a user's number is its key.
    func cursor(after row: Int) -> Cursor {
        Cursor(collection: .users, owner: applicationID.rawValue, key: Int64(row))
    }

    /// Gets an application token from a server that serves a copy of this folder.
    func token(from server: ServerProcess) throws -> String {
        let body = Array(
            #"{"grant_type":"client_credentials","client_id":"\#(clientID)","client_secret":"\#(clientSecret)"}"#
                .utf8
        )
        var request = Requests(token: nil)
        request.append("POST", "/token", body: body)
        var connection = try server.connect()
        let reply = try JSONValue(parsing: try connection.exchangeOK(request.bytes).body)
        guard let token = reply["access_token"]?.string else { throw BenchmarkError("no access_token") }
        return token
    }

    // MARK: Rows

    private static func insertUsers(_ users: Int, in folder: String) throws -> ApplicationID {
        let now = Timestamp(milliseconds: 1_760_000_000_000)
        let database = try Database(Database.Options(folder: folder, now: { now }))
        defer { database.close() }
        let found: Application? = try wait { completion in
            database.administer(
                scanning: { (store) throws(Failure) in
                    try store.application(named: application, of: organization)
                },
                completion: completion
            )
        }
        guard let found else { throw BenchmarkError("the application is not in the file") }
        let id = found.id
        for first in stride(from: 1, through: users, by: 10_000) {
            let numbers = first...min(users, first + 9999)
            let last: UserID? = try wait { completion in
                database.write(
                    id,
                    { (store) throws(Failure) in try insert(numbers, at: now, in: store) },
                    completion: completion
                )
            }
            guard last?.rawValue == Int64(numbers.upperBound) else {
                throw BenchmarkError("users are not numbered by their keys")
            }
        }
        return id
    }

    private static func insert(
        _ numbers: ClosedRange<Int>,
        at now: Timestamp,
        in store: any Writer
    ) throws(Failure) -> UserID? {
        var last: UserID?
        for number in numbers {
            let name = name(number)
            let user = NewUser(
                username: Username(stored: name, key: name),
                passwordHash: hash,
                nickname: nil,
                uuid: UUID(
                    at: Timestamp(milliseconds: now.milliseconds + Int64(number)),
                    random: (UInt64(number), UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
                )
            )
            last = try store.insert(user, at: now).id
        }
        return last
    }

    /// As long as a hash of yescrypt, and no password's.
    private static let hash = "$y$j75$" + String(repeating: ".", count: 66)

    /// Submits a job and waits for its answer.
    private static func wait<T: Sendable>(
        for submit: (@escaping @Sendable (Result<T, Failure>) -> Void) -> Bool
    ) throws -> T {
        let answer = BlockingQueue<Result<T, Failure>>(capacity: 1)
        guard submit({ _ = answer.push($0) }), let result = answer.take() else {
            throw BenchmarkError("the database takes no job")
        }
        return try result.get()
    }
}
