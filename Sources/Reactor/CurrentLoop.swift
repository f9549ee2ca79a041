// Which loop the calling thread is running, kept in thread-specific data.
import Glibc

/// `gettid` would be a system call for each check and `pthread_self` is unsafe as an identity (the optimiser may
/// hoist it); a thread-specific pointer costs two nanoseconds.
enum CurrentLoop {
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let code = pthread_key_create(&key, nil)
        precondition(code == 0, "The process has used up its thread-specific keys.")
        return key
    }()

    /// The loop that the calling thread runs, not retained.
    static var pointer: UnsafeMutableRawPointer? { pthread_getspecific(key) }

    /// Makes the calling thread this loop's, and returns what it was before.
    static func adopt(_ loop: EventLoop) -> UnsafeMutableRawPointer? {
        let outer = pointer
        pthread_setspecific(key, Unmanaged.passUnretained(loop).toOpaque())
        return outer
    }

    /// Undoes `adopt`.
    static func restore(_ outer: UnsafeMutableRawPointer?) {
        pthread_setspecific(key, outer)
    }
}
