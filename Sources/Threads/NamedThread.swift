// A thread of our own with a name that shows in `top -H`, a stack size and a join.

import CLinux
import Glibc

/// A POSIX thread that runs one closure.
///
/// It has the signal mask of whoever started it. Let go without `join`, it runs on by itself.
public final class NamedThread: Sendable {
    /// The name as given; the kernel keeps its first 15 bytes.
    public let name: String
    /// Nil once joined.
    private let handle: Guarded<pthread_t?>

    private init(name: String, handle: pthread_t) {
        self.name = name
        self.handle = Guarded(handle)
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
    /// - Throws: when the kernel gives no thread; `body` is then let go unrun.
    public static func start(
        name: String,
        stackBytes: Int = 1 << 20,
        _ body: sending @escaping () -> Void
    ) throws(ThreadRefusal) -> NamedThread {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, max(stackBytes, 64 << 10))
        let launch = Unmanaged.passRetained(ThreadLaunch(name: name, body: body))
        var handle = pthread_t()
        let code = pthread_create(&handle, &attributes, runNamedThread, launch.toOpaque())
        guard code == 0 else {
            launch.release()
            throw ThreadRefusal(code: code)
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

/// The kernel has given no thread.
public struct ThreadRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The result of `pthread_create`, for example `EAGAIN`.
    public let code: Int32

    /// The call and the C library's sentence, for example `pthread_create: Resource temporarily unavailable`.
    public var description: String {
        // strerror is safe between threads since glibc 2.32 (the unknown-code buffer is thread-local).
        guard let text = strerror(code) else { return "pthread_create: error \(code)" }
        return "pthread_create: \(String(cString: text))"
    }
}

/// The new thread's arguments, handed over through one pointer.
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
