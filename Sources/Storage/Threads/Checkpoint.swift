// When and how the WAL is folded back into the database file: by the writer only, between its batches.

import CSQLite
import Domain

/// The writer's checkpoint policy.
///
/// PASSIVE never waits for a reader and copies what no snapshot needs any more; after a complete one the next
/// commit starts the WAL anew. TRUNCATE, when the writer is idle, gives the disk space back. Nobody else
/// checkpoints: SQLite 3.40.1 can damage the file when two connections do (fixed in 3.51.3).
struct Checkpoint {
    enum Mode { case passive, truncate }

    enum Outcome {
        /// All frames are in the file.
        case complete
        /// A snapshot is in the way; later is fine.
        case partial
        /// An I/O error, reported.
        case failed
    }

    /// The WAL length that is worth a checkpoint: 1000 pages are 4 MiB.
    static let bound = 1000
    /// After a partial checkpoint, how much the WAL has to grow before the next try.
    static let step = 250

    private var nextPages = Checkpoint.bound
    private var lastPages = 0
    private var isTruncated = true

    /// The checkpoint that is due at this length of the WAL.
    mutating func due(walPages: Int, isIdle: Bool) -> Mode? {
        if isIdle { return isTruncated ? nil : .truncate }
        isTruncated = false
        // Shorter than it was: a commit has started the WAL anew.
        if walPages < lastPages { nextPages = Self.bound }
        lastPages = walPages
        return walPages >= nextPages ? .passive : nil
    }

    /// Whether an idle writer still has something to fold back.
    var wantsIdle: Bool { !isTruncated }

    /// Runs one checkpoint.
    mutating func run(_ mode: Mode, on connection: Connection) -> Outcome {
        var frames: Int32 = 0
        var copied: Int32 = 0
        // TRUNCATE would wait for readers: it doesn't have to happen now.
        sqlite3_busy_timeout(connection.handle, 0)
        defer { sqlite3_busy_timeout(connection.handle, 1000) }
        let code = sqlite3_wal_checkpoint_v2(
            connection.handle,
            nil,
            mode == .passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE,
            &frames,
            &copied
        )
        switch code & 0xFF {
        case SQLITE_OK:
            return note(mode, frames: Int(frames), copied: Int(copied))
        case SQLITE_BUSY, SQLITE_LOCKED:
            return .partial
        default:
            _ = connection.failure(operation: "checkpoint")
            return .failed
        }
    }

    /// Learns from a checkpoint that copied so many of the WAL's frames.
    mutating func note(_ mode: Mode, frames: Int, copied: Int) -> Outcome {
        let isComplete = frames == copied
        nextPages = isComplete ? Self.bound : frames + Self.step
        if mode == .truncate, isComplete { isTruncated = true }
        return isComplete ? .complete : .partial
    }
}
