// A named thread of Storage's own: started with what it owns, joined at the end.

import CLinux
import Glibc

/// A running thread.
///
/// It has the signal mask of whoever started it.
struct Thread: Sendable {
    private let identifier: pthread_t

    /// Starts a thread.
    ///
    /// - Parameters:
    ///   - name: what `top -H` shows, at most 15 bytes.
    ///   - body: what it runs; whatever it captures belongs to the thread from here on.
    static func start(_ name: StaticString, _ body: sending @escaping () -> Void) throws(DatabaseError)
        -> Thread
    {
        let work = Unmanaged.passRetained(Work(name: name, body: body))
        var identifier = pthread_t()
        let code = pthread_create(&identifier, nil, threadMain, work.toOpaque())
        guard code == 0 else {
            work.release()
            throw .noThread(reason: String(cString: strerror(code)))
        }
        return Thread(identifier: identifier)
    }

    /// Waits until the thread has ended.
    ///
    /// Once only.
    func join() { pthread_join(identifier, nil) }
}

private final class Work {
    let name: StaticString
    let body: () -> Void

    init(name: StaticString, body: @escaping () -> Void) {
        self.name = name
        self.body = body
    }
}

private nonisolated func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
    pthread_setname_np(pthread_self(), work.name.description)
    work.body()
    return nil
}
