// The manifest of a whole backup: what it holds and the digests to hold it to.

import Crypto
import Domain
import JSON

/// The contents of a backup, as `manifest.json` beside them says.
struct BackupManifest: Equatable {
    /// The version that made it.
    let version: String
    /// The number of the database's last migration.
    let schema: Int
    /// When it was made.
    let created: Timestamp
    /// Bytes and SHA-256 of the database.
    let databaseSize: Int
    let database: [UInt8]
    /// The SHA-256 of the signing keys.
    let keys: [UInt8]
    /// The number of files; each is named by its own digest.
    let files: Int

    /// The name of its file.
    static let name = "manifest.json"
    private static let format: Int64 = 1

    /// The file's bytes.
    var bytes: [UInt8] {
        JSONValue.object([
            .init("format", .integer(Self.format)), .init("version", .string(version)),
            .init("schema", .integer(Int64(schema))), .init("created", .integer(created.milliseconds)),
            .init("database_bytes", .integer(Int64(databaseSize))),
            .init("database_sha256", .string(Hex.encode(database))),
            .init("signing_keys_sha256", .string(Hex.encode(keys))),
            .init("files", .integer(Int64(files))),
        ]).bytes
    }

    /// Reads the file's bytes; nil where it isn't one of ours.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), value["format"]?.int64 == Self.format,
            let version = value["version"]?.string, let schema = value["schema"]?.int64,
            let created = value["created"]?.int64, let size = value["database_bytes"]?.int64,
            let database = value["database_sha256"]?.string.flatMap({ Hex.decode($0) }),
            let keys = value["signing_keys_sha256"]?.string.flatMap({ Hex.decode($0) }),
            let files = value["files"]?.int64
        else { return nil }
        self.init(
            version: version,
            schema: Int(schema),
            created: Timestamp(milliseconds: created),
            databaseSize: Int(size),
            database: database,
            keys: keys,
            files: Int(files)
        )
    }

    init(
        version: String,
        schema: Int,
        created: Timestamp,
        databaseSize: Int,
        database: [UInt8],
        keys: [UInt8],
        files: Int
    ) {
        self.version = version
        self.schema = schema
        self.created = created
        self.databaseSize = databaseSize
        self.database = database
        self.keys = keys
        self.files = files
    }
}
