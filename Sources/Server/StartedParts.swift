// The parts of a server that have been started, in order: a start that fails stops them again, last first.

import Crypto
import Domain
import Reactor
import Routing

/// The steps that stop the parts started so far.
final class StartedParts {
    private var steps: [() -> Void] = []

    /// Notes how the part just started is stopped.
    func add(_ stop: @escaping () -> Void) { steps.append(stop) }

    /// Stops all parts, the last one first.
    func stop() {
        for step in steps.reversed() { step() }
        steps = []
    }
}

/// The store, and what is kept in memory of it.
struct StartedStore {
    let time: any TimeSource
    let log: EventLog
    let database: any StorageEngine
    let keys: SigningKeys
    let commits: CommitHook
    let tenants: Tenants

    /// Storage first: it takes the folder's lock.
    init(_ configuration: Configuration, _ log: EventLog, _ time: any TimeSource, _ parts: StartedParts)
        throws
    {
        (self.log, self.time) = (log, time)
        let commits = CommitHook(log: log)
        self.commits = commits
        database = try StoreOpening.open(configuration.dataFolder, log: log) { commits.committed($0) }
        let database = database
        parts.add { database.close() }
        keys = try SigningKeys(
            path: configuration.signingKeysPath,
            isOwn: configuration.signingKeysPath == configuration.dataFolder + "/signing-keys",
            now: log.now()
        )
        tenants = try commits.begin(with: database)
        parts.add(commits.end)
    }
}

/// The threads beside the loops.
struct StartedPools {
    let compute: ComputePool
    let tasks: TaskThread
    let probes: TaskThread
    let mail: MailRoom
    let files: FileVault
    let online: OnlineUsers
    let webhooks: WebhookRoom
    let ledger: ConnectionLedger
    let jobs: JobRoom
    let retention: RetentionRoom
    let backups: BackupRoom?

    init(
        _ configuration: Configuration,
        _ store: StartedStore,
        transfer: any TransferForm,
        _ parts: StartedParts
    ) throws {
        compute = try ComputePool(threads: configuration.hashingThreads, cost: configuration.passwordCost)
        parts.add(compute.close)
        tasks = try TaskThread()
        parts.add(tasks.close)
        probes = try TaskThread(name: "probes", capacity: 1024)
        parts.add(probes.close)
        mail = try MailRoom(
            configuration.mailCommand.flatMap(MailCommand.init),
            publicURL: configuration.publicURL ?? "http://\(configuration.host):\(configuration.port ?? 0)",
            log: store.log
        )
        parts.add(mail.close)
        guard !store.tenants.snapshot.isEmpty || !FileVault.hasFiles(configuration.dataFolder) else {
            throw StorageRefusal.lost(
                path: configuration.dataFolder + "/parley.db",
                beside: configuration.dataFolder + "/files"
            )
        }
        let files = try FileVault(
            dataFolder: configuration.dataFolder,
            database: store.database,
            log: store.log
        )
        self.files = files
        parts.add(files.close)
        store.commits.whenFilesAreReleased { files.removeReleasedSoon() }
        let online = OnlineUsers(loops: configuration.loops)
        self.online = online
        ledger = ConnectionLedger(store.database, now: store.log.now)
        webhooks = try WebhookRoom(configuration, store.database, log: store.log, time: store.time) {
            online.isOnline($0)
        }
        parts.add(webhooks.close)
        store.commits.wake(webhooks)
        jobs = try JobRoom(
            store.database,
            store.tenants,
            files,
            compute,
            form: transfer,
            secrets: ServerSecrets(keys: store.keys),
            log: store.log
        )
        parts.add(jobs.close)
        store.commits.wake(jobs)
        retention = RetentionRoom(store.database, store.tenants, now: store.log.now)
        parts.add(retention.close)
        store.commits.wake(retention)
        backups = configuration.backupFolder.map { folder in
            BackupRoom(
                WholeBackup(
                    database: store.database,
                    files: files,
                    keysPath: configuration.signingKeysPath,
                    version: configuration.version,
                    now: store.log.now
                ),
                BackupRoom.Plan(
                    folder: folder,
                    seconds: configuration.backupSeconds,
                    keep: configuration.backupKeep > 0 ? configuration.backupKeep : nil
                ),
                log: store.log
            )
        }
        if let backups { parts.add(backups.close) }
    }

    /// Ends the threads behind what they are at.
    func close() {
        jobs.close()
        retention.close()
        backups?.close()
        compute.close()
        tasks.close()
        probes.close()
        mail.close()
        files.close()
        webhooks.close()
    }
}
