// SIGTERM, SIGINT and SIGHUP as events of a loop instead of interruptions.
import CLinux
import Glibc

/// The operator's requests by signal.
public enum Signal: Equatable, Sendable {
    /// SIGTERM: drain and end.
    case terminate
    /// SIGINT: the same, from a terminal.
    case interrupt
    /// SIGHUP: read the configuration again.
    case reload
}

/// The process's signals.
public enum Signals {
    /// Blocks SIGTERM, SIGINT and SIGHUP on the calling thread and all threads it starts later, and ignores
    /// SIGPIPE and SIGUSR1 in the whole process.
    ///
    /// Called first of all in `main`; a thread without the block would be killed by them.
    public static func block() {
        signal(SIGPIPE, SIG_IGN)
        // Other servers rotate logs by it; it must not end this one without draining.
        signal(SIGUSR1, SIG_IGN)
        // Beyond a file size limit a write fails like one on a full disk, instead of ending the process.
        signal(SIGXFSZ, SIG_IGN)
        var set = watchedSet()
        let code = pthread_sigmask(SIG_BLOCK, &set, nil)
        precondition(code == 0, "The signal mask is valid.")
    }

    /// Tells `handler` about each signal on the loop's thread, as long as the loop lives.
    ///
    /// The signals must be blocked.
    public static func watch(
        on loop: EventLoop,
        _ handler: @escaping (Signal) -> Void
    ) throws(SystemError) {
        var set = watchedSet()
        let number = signalfd(-1, &set, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
        guard number >= 0 else { throw SystemError.last("signalfd") }
        let source = SignalSource(Descriptor(owning: number), handler)
        // Never deregistered: the loop lets go of it when it finishes.
        _ = try loop.register(number, source, interest: .readable)
    }

    private static func watchedSet() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, number) }
        return set
    }
}

private final class SignalSource: EventHandler {
    private let descriptor: Descriptor
    private let handler: (Signal) -> Void

    init(_ descriptor: consuming Descriptor, _ handler: @escaping (Signal) -> Void) {
        self.descriptor = descriptor
        self.handler = handler
    }

    func ready(_ events: ReadyEvents) {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        while read(descriptor.number, &information, size) == size {
            switch Int32(bitPattern: information.ssi_signo) {
            case SIGTERM: handler(.terminate)
            case SIGINT: handler(.interrupt)
            case SIGHUP: handler(.reload)
            default: break
            }
        }
    }
}
