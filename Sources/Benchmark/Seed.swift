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

    /// Makes the folder, with its users.
    init(users: Int, in folder: String, executable: String) throws {
        self = try Seed(emptyFor: users, in: folder, executable: executable)
        try fill(folder, 1..<(users + 1)) { (number, store) throws(Failure) in
            // Numbered by their keys: cursors and raw rows count on it.
            guard try Self.insert(number, in: store).rawValue == Int64(number) else {
                throw .conflict(.user, id: Self.name(number))
            }
        }
    }

    private init(emptyFor users: Int, in folder: String, executable: String) throws {
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
        let database = try Self.open(folder)
        defer { database.close() }
        applicationID = try Self.application(in: database).id
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

    /// Gets tokens of users by their numbers, as the application gets them without a password.
    func tokens(of users: Range<Int>, from server: ServerProcess, with token: String) throws -> [String] {
        var connection = try server.connect()
        return try users.map { number in
            let body = Array(#"{"grant_type":"inherit","username":"\#(Self.name(number))"}"#.utf8)
            let reply = try connection.exchangeOK(Requests.one("POST", "/token", token: token, body: body))
            guard let issued = try JSONValue(parsing: reply.body)["access_token"]?.string else {
                throw BenchmarkError("no access_token for a user")
            }
            return issued
        }
    }

    // MARK: Rows

    /// When all seeded rows were made.
    static let moment = Timestamp(milliseconds: 1_760_000_000_000)

    /// Writes into a stopped copy of this folder through the repositories, so many numbers a transaction.
    func fill(
        _ folder: String,
        _ numbers: Range<Int>,
        perTransaction: Int = 10_000,
        _ write: @escaping @Sendable (Int, any Writer) throws(Failure) -> Void
    ) throws {
        let database = try Self.open(folder)
        defer { database.close() }
        let id = applicationID
        for first in stride(from: numbers.lowerBound, to: numbers.upperBound, by: perTransaction) {
            let some = first..<min(first + perTransaction, numbers.upperBound)
            try Self.wait { completion in
                database.write(
                    id,
                    by: Origin(server: "seed"),
                    { (store) throws(Failure) in for number in some { try write(number, store) } },
                    completion: completion
                )
            }
        }
    }

    /// The application itself, as a stopped copy of this folder has it.
    func application(in folder: String) throws -> Application {
        let database = try Self.open(folder)
        defer { database.close() }
        return try Self.application(in: database)
    }

    private static func open(_ folder: String) throws -> Database {
        try Database(Database.Options(folder: folder, now: { moment }))
    }

    private static func application(in database: Database) throws -> Application {
        let found: Application? = try wait { completion in
            database.administer(
                scanning: { (store) throws(Failure) in
                    try store.application(named: application, of: organization)
                },
                completion: completion
            )
        }
        guard let found else { throw BenchmarkError("the application is not in the file") }
        return found
    }

    private static func insert(_ number: Int, in store: any Writer) throws(Failure) -> UserID {
        let name = name(number)
        let user = NewUser(
            username: Username(stored: name, key: name),
            passwordHash: hash,
            nickname: nil,
            uuid: UUID(
                at: Timestamp(milliseconds: moment.milliseconds + Int64(number)),
                random: (UInt64(number), UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
            )
        )
        return try store.insert(user, at: moment).id
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
