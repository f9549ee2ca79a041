// A thread of our own with a name that shows in `top -H`, a stack size and a join.
import CLinux
import Glibc
import Synchronization

/// A POSIX thread that runs one closure.
public final class NamedThread: Sendable {
    /// The name as given; the kernel keeps its first 15 bytes.
    public let name: String
    /// Nil once joined.
    private let handle: Mutex<pthread_t?>

    private init(name: String, handle: pthread_t) {
        self.name = name
        self.handle = Mutex(handle)
    }

    deinit {
        handle.withLock { handle in
            if let running = handle { pthread_detach(running) }
        }
    }

    /// Starts a thread that runs `body` and then ends.
    ///
    /// - Parameters:
    ///   - name: shown by tools; cut to 15 bytes.
    ///   - stackBytes: the stack to reserve (not to commit); at least 64 KiB.
    ///   - body: what the thread does; what it captures moves to the thread.
    public static func start(
        name: String,
        stackBytes: Int = 1 << 20,
        _ body: sending @escaping () -> Void
    ) throws(SystemError) -> NamedThread {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, max(stackBytes, 64 << 10))
        let launch = Unmanaged.passRetained(ThreadLaunch(name: name, body: body))
        var handle = pthread_t()
        let code = pthread_create(&handle, &attributes, runNamedThread, launch.toOpaque())
        guard code == 0 else {
            launch.release()
            throw SystemError(code: code, call: "pthread_create")
        }
        return NamedThread(name: name, handle: handle)
    }

    /// Waits until the thread has ended.
    ///
    /// Everything it did is visible afterwards. May be called more than once, but not by the thread itself.
    public func join() {
        handle.withLock { handle in
            guard let running = handle else { return }
            let code = pthread_join(running, nil)
            precondition(code == 0, "A thread can't wait for its own end.")
            handle = nil
        }
    }
}

/// What the new thread needs, handed over through one pointer.
private final class ThreadLaunch {
    let name: String
    let body: () -> Void

    init(name: String, body: @escaping () -> Void) {
        self.name = name
        self.body = body
    }
}

/// The C entry point.
///
/// A named nonisolated function, since a closure in top-level code would be bound to the main actor.
private nonisolated func runNamedThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let launch = Unmanaged<ThreadLaunch>.fromOpaque(argument).takeRetainedValue()
    _ = String(decoding: launch.name.utf8.prefix(15), as: UTF8.self).withCString {
        pthread_setname_np(pthread_self(), $0)
    }
    launch.body()
    return nil
}
