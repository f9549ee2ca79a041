// The meanings of names in the platform dialect: imports, exports and their files.

extension PlatformGlossary {
    /// Jobs.
    static let jobWords: [String: String] = [
        "job_id": "The job's id.",
        "dry_run": "Whether lines are only checked, and nothing is changed.",
        "update": "Whether a line for a user or group that is there overwrites it; never a password.",
        "Job.id": "The job's id, in decimal digits.",
        "Job.name": "The name of the file that is brought in, or the conversation of a purge.",
        "Job.created": "When it was asked for, in milliseconds since 1970.",
        "kind": "The kind of work: `import`, `export`, `user_export` or `purge`.",
        "Job.state":
            "`running` until its end, which is `done` or `failed`; single lines may be refused either way.",
        "Job.before":
            "Of a purge: messages that were sent from this moment on stay, in milliseconds since 1970.",
        "Purge.before": "Messages that were sent before this moment go, in milliseconds since 1970.",
        "Purge.conversation":
            "The one conversation: `ann:bob` between two names, or the id of a group or room; all without it.",
        "finished": "When it came to its end, in milliseconds since 1970; absent before.",
        "failure": "Why it was given up.",
        "lines": "Lines that are done.",
        "bytes": "Bytes that are done, of a packed file those of its content.",
        "total_bytes": "Bytes of the file that is brought in.",
        "Job.counts": "What became of the lines, by their type.",
        "Job.errors": "How many lines were refused; `…/errors` lists the first 10000 of them.",
        "Job.url": "Where the file that was written can be fetched.",
        "existing": "Lines for something that was there, which changed nothing.",
        "updated": "Lines that changed something that was there.",
        "JobCount.created": "Lines that made something; of an export, lines written.",
        "resume": "The id of an import of this file that was broken off, and is to go on.",
        "format": "How the file is written: `ndjson`, one object a line, or `csv`, users in columns.",
        "line": "The number of the line, from 1.",
        "JobError.reason": "Why it was refused.",
    ]
}
