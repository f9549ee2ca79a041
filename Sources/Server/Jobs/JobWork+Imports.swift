// An import: lines are read and understood while those before them are committed.

import Crypto
import Domain
import Glibc
import HTTP
import Threads

extension JobWork {
    /// Bytes that a packed file may hold.
    static let maximumPackedBytes = 256 << 20
    /// Bytes of lines of one slice.
    private static let sliceBytes = 1 << 20

    /// Reads a file.
    ///
    /// - Returns: why it was given up; nil where it came to its end or the server stops.
    func bringIn(_ job: Job) -> String? {
        guard let source = job.source, let opened = room.files.openBytes(source.digest) else {
            return "the bytes of the file are missing"
        }
        var (bytes, size): (any OpenBytes, Int) = (opened, source.size)
        if opened.read(at: 0, count: 2) == [0x1F, 0x8B] {
            guard let unpacked = Self.unpacked(opened, source.size) else {
                return "the file can't be unpacked, or holds more than \(Self.maximumPackedBytes) bytes"
            }
            (bytes, size) = (BytesInMemory(unpacked), unpacked.count)
        }
        var lines = LineReader(bytes, size: size)
        guard lines.skip(to: job.progress) else { return "the part of the file that was read has changed" }
        var columns: (any TransferColumns)?
        if job.options.format == .csv {
            switch Self.columns(of: bytes, size, room.form, &lines) {
            case .success(let known): columns = known
            case .failure(let problem): return problem.reason
            }
        }
        return job.options.isDryRun
            ? tryOut(job, &lines, columns) : bringIn(job, &lines, columns)
    }

    private static func unpacked(_ file: any OpenBytes, _ size: Int) -> [UInt8]? {
        guard size <= maximumPackedBytes, let packed = file.read(at: 0, count: size) else { return nil }
        return try? GzipReader.content(of: packed.span, limit: maximumPackedBytes)
    }

    /// The names of the columns are the first line, whatever was read before.
    private static func columns(
        of bytes: any OpenBytes,
        _ size: Int,
        _ form: any TransferForm,
        _ lines: inout LineReader
    ) -> Result<any TransferColumns, TransferProblem> {
        var first = LineReader(bytes, size: size)
        guard let head = first.next(lines: 1, bytes: 1)?.first?.bytes else {
            return .failure(TransferProblem("the file has no line with the names of its columns"))
        }
        if lines.number == 0 { _ = lines.next(lines: 1, bytes: 1) }
        do throws(TransferProblem) { return .success(try form.columns(of: head)) } catch {
            return .failure(error)
        }
    }

    /// A line that was understood, or why it wasn't.
    private enum Item: Sendable {
        case record(Int, TransferRecord)
        case refused(JobError)
    }

    private func items(_ lines: [LineReader.Line], _ columns: (any TransferColumns)?) -> [Item] {
        lines.compactMap { line in
            guard let bytes = line.bytes else {
                let maximum = ImportRules.maximumLineBytes
                return .refused(
                    JobError(line: line.number, reason: "the line has more than \(maximum) bytes")
                )
            }
            guard !bytes.isEmpty else { return nil }
            do throws(TransferProblem) {
                if let columns { return .record(line.number, try columns.record(of: bytes)) }
                return .record(line.number, try room.form.record(of: bytes))
            } catch {
                return .refused(JobError(line: line.number, reason: error.reason))
            }
        }
    }

    private func bringIn(_ job: Job, _ lines: inout LineReader, _ columns: (any TransferColumns)?) -> String?
    {
        // One slice is committed while the next one is read and understood.
        var pending: BlockingQueue<Failure?>?
        while !room.isStopping {
            guard let slice = lines.next(lines: ImportRules.slice, bytes: Self.sliceBytes) else {
                return "the file can't be read"
            }
            let items = hashed(items(slice, columns))
            if let failure = pending?.take() ?? nil { return failure.lineReason }
            guard !slice.isEmpty else { return finish(job) }
            let place = (line: lines.number, offset: lines.offset, digest: lines.digest)
            guard let done = write(items, of: job.id, place) else { return nil }
            pending = done
        }
        _ = pending?.take()
        return nil
    }

    /// Queues a slice; nil where the server stops.
    private func write(
        _ items: [Item],
        of id: JobID,
        _ place: (line: Int, offset: Int, digest: [UInt8])
    ) -> BlockingQueue<Failure?>? {
        let done = BlockingQueue<Failure?>(capacity: 1)
        let (application, secrets, now) = (application, room.secrets, room.now)
        while !room.isStopping {
            let isQueued = room.database.write(application.id, by: Origin(server: "import")) {
                writer throws(Failure) in
                guard var job = try writer.job(id), job.state == .running else { return }
                var rules = ImportRules(job.options, of: application, secrets: secrets, at: now)
                var refused: [JobError] = []
                for item in items {
                    switch item {
                    case .refused(let error): refused.append(error)
                    case .record(let line, let record):
                        do throws(Failure) {
                            job.progress.count(record.type, try rules.take(record, in: writer))
                        } catch {
                            guard error.isOfLine else { throw error }
                            refused.append(JobError(line: line, reason: error.lineReason))
                        }
                    }
                }
                try rules.finish(in: writer)
                let room = max(0, ImportRules.keptErrors - job.progress.errors)
                try writer.insert(Array(refused.prefix(room)), of: id)
                job.progress.errors += refused.count
                (job.progress.line, job.progress.offset, job.progress.digest) = place
                try writer.update(job)
            } completion: { result in
                if case .failure(let failure) = result { _ = done.push(failure) } else { _ = done.push(nil) }
            }
            if isQueued { return done }
            // The writer has no room: those who wait for an answer go first.
            usleep(20_000)
        }
        return nil
    }

    /// Hashes the passwords that lines give in clear, on the threads made for it.
    private func hashed(_ items: [Item]) -> [Item] {
        let open = items.indices.filter { index in
            if case .record(_, .user(let user)) = items[index] { user.password != nil } else { false }
        }
        guard !open.isEmpty else { return items }
        var items = items
        for index in open {
            guard case .record(let line, .user(var user)) = items[index], let password = user.password else {
                continue
            }
            let done = BlockingQueue<Result<String, Failure>>(capacity: 1)
            var isQueued = false
            while !isQueued, !room.isStopping {
                isQueued = room.compute.submit(hashes: 1, for: application.id) { hashing in
                    _ = done.push(Result { () throws(Failure) in try hashing.hash(password) })
                }
                if !isQueued { usleep(50_000) }
            }
            guard isQueued, let result = done.take() else { return items }
            switch result {
            case .success(let hash):
                (user.password, user.passwordHash) = (nil, hash)
                items[index] = .record(line, .user(user))
            case .failure(let failure):
                items[index] = .refused(JobError(line: line, reason: failure.lineReason))
            }
        }
        return items
    }

    /// Looks at each line and changes nothing but the job.
    private func tryOut(_ job: Job, _ lines: inout LineReader, _ columns: (any TransferColumns)?) -> String? {
        var check = ImportCheck(job.options, of: application, at: room.now)
        var progress = JobProgress()
        while !room.isStopping {
            guard let slice = lines.next(lines: ImportRules.slice, bytes: Self.sliceBytes) else {
                return "the file can't be read"
            }
            guard !slice.isEmpty else { return finish(job) }
            var refused: [JobError] = []
            do throws(Failure) {
                try reader.withSnapshot(of: application.id) { store throws(Failure) in
                    for item in items(slice, columns) {
                        switch item {
                        case .refused(let error): refused.append(error)
                        case .record(let line, let record):
                            do throws(Failure) {
                                progress.count(record.type, try check.take(record, in: store))
                            } catch {
                                guard error.isOfLine else { throw error }
                                refused.append(JobError(line: line, reason: error.lineReason))
                            }
                        }
                    }
                }
            } catch {
                return error.lineReason
            }
            let kept = Array(refused.prefix(max(0, ImportRules.keptErrors - progress.errors)))
            progress.errors += refused.count
            (progress.line, progress.offset) = (lines.number, lines.offset)
            let reached = progress
            if let failure = change(
                job.id,
                { job, writer throws(Failure) in
                    job.progress = reached
                    // A trial that is broken off begins anew.
                    job.progress.offset = 0
                    try writer.insert(kept, of: job.id)
                }
            ) {
                return failure
            }
        }
        return nil
    }
}
