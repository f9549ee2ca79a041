// Runs a command like sendmail: a mail on its standard input, an exit code as the answer.

import CLinux
import Domain
import Glibc

/// Why a mail wasn't taken: for the rules, and for the log.
struct MailRefusal: Error {
    let problem: MailProblem
    /// The result of the command, or the reason why it didn't run; nothing of the mail.
    let reason: String
}

/// A program and its arguments.
///
/// No shell sees them, and nothing of a mail is among them.
struct MailCommand: Sendable {
    /// How long it may take.
    static let seconds = 5
    /// EX_NOUSER, EX_NOHOST and EX_DATAERR of sysexits.h: it is the address.
    private static let addressCodes: [Int32] = [65, 67, 68]

    let words: [String]

    /// Words with blanks between them, the first an absolute path; nil for anything else.
    init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard text.hasPrefix("/"), !text.utf8.contains(0) else { return nil }
        self.words = words
    }

    /// Why the program can't be run; nil where it can.
    var obstacle: String? {
        var status = stat()
        guard stat(words[0], &status) == 0 else { return Self.text(of: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { return "not a program" }
        return access(words[0], X_OK) == 0 ? nil : Self.text(of: errno)
    }

    /// Hands a mail over.
    func deliver(_ mail: Mail) throws(MailRefusal) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw MailRefusal(problem: .failed, reason: "socketpair: \(Self.text(of: errno))")
        }
        defer { if ends[0] >= 0 { close(ends[0]) } }
        let child: pid_t
        do {
            defer { close(ends[1]) }
            child = try spawn(input: ends[1])
        }
        // A few hundred bytes: they fit into the socket. Whether the command has taken them is for its exit
        // code to say.
        let text = Array(Self.message(of: mail).utf8)
        _ = send(ends[0], text, text.count, Int32(MSG_NOSIGNAL))
        close(ends[0])
        ends[0] = -1
        switch Self.end(of: child) {
        case .exit(0): break
        case .exit(let code):
            let problem: MailProblem = Self.addressCodes.contains(code) ? .undeliverable : .failed
            throw MailRefusal(problem: problem, reason: "exit code \(code)")
        case .signal(let number): throw MailRefusal(problem: .failed, reason: "signal \(number)")
        case .none: throw MailRefusal(problem: .failed, reason: "took longer than \(Self.seconds) s")
        }
    }

    private static func text(of code: Int32) -> String { String(cString: strerror(code)) }

    /// RFC 5322, with the line ends of the local system, as sendmail takes it.
    private static func message(of mail: Mail) -> String {
        """
        To: \(mail.recipient.text)
        Subject: \(mail.subject)
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii
        Auto-Submitted: auto-generated

        \(mail.text)

        """
    }

    private func spawn(input: Int32) throws(MailRefusal) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        for output in [Int32(1), 2] {
            posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The child must not inherit what this process blocks and ignores; its group ends as a whole.
        var none = sigset_t()
        sigemptyset(&none)
        var ignored = sigset_t()
        sigemptyset(&ignored)
        sigaddset(&ignored, SIGPIPE)
        sigaddset(&ignored, SIGXFSZ)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP)
        )
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = Self.environment.map { strdup($0) } + [nil]
        defer { for word in arguments + environment { free(word) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, words[0], &actions, &attributes, &arguments, &environment)
        guard code == 0 else { throw MailRefusal(problem: .failed, reason: Self.text(of: code)) }
        return child
    }

    /// The environment variables that mail programs ask for, and none of the server's own settings.
    private static let environment: [String] = ["PATH", "HOME", "LANG", "TZ"].compactMap { (name: String) in
        getenv(name).map { "\(name)=\(String(cString: $0))" }
    }

    /// How a child ended.
    private enum End {
        case exit(Int32), signal(Int32)
    }

    /// Waits for the child; nil for one that took too long, which is ended.
    private static func end(of child: pid_t) -> End? {
        let steps = seconds * 100
        for step in 0...steps {
            var status: Int32 = 0
            let found = waitpid(child, &status, WNOHANG)
            if found == child {
                return status & 0x7F == 0 ? .exit(status >> 8 & 0xFF) : .signal(status & 0x7F)
            }
            if found < 0, errno != EINTR { return nil }
            if step == steps { break }
            poll(nil, 0, 10)
        }
        kill(-child, SIGKILL)
        while waitpid(child, nil, 0) < 0, errno == EINTR {}
        return nil
    }
}
