// Signals arrive as events of the loop.
import CLinux
import Glibc
import Reactor
import Testing
import Threads

@Suite(.timeLimit(.minutes(10))) struct SignalsTests {
    @Test func `blocked signals are told on the loop and end nothing`() async {
        // In a process of its own, since SIGPIPE is ignored for a whole process.
        await #expect(processExitsWith: .success) {
            let log = Log<Signal>()
            let thread = try NamedThread.start(name: "signals") {
                Signals.block()
                guard let loop = try? EventLoop(name: "signals") else { return }
                try? Signals.watch(on: loop) { log.append($0) }
                // Sent to this very thread: other threads of the test process don't block them.
                for number in [SIGTERM, SIGINT, SIGHUP] {
                    raise(number)
                    loop.turn(waiting: true)
                }
                raise(SIGPIPE)
                loop.end()
            }
            thread.join()
            #expect(log.entries == [.terminate, .interrupt, .reload])
        }
    }

    @Test func `threads started after block inherit it`() async {
        await #expect(processExitsWith: .success) {
            let log = Log<Int32>()
            let outer = try NamedThread.start(name: "outer") {
                // The parent of the test process may have blocked any signal.
                var none = sigset_t()
                sigemptyset(&none)
                pthread_sigmask(SIG_SETMASK, &none, nil)
                logMask(log)
                Signals.block()
                let inner = try? NamedThread.start(name: "inner") { logMask(log) }
                inner?.join()
            }
            outer.join()
            #expect(log.entries == [0, 0, 0, 1, 1, 1])
        }
    }
}

/// Writes down which of the three signals the calling thread blocks.
private func logMask(_ log: Log<Int32>) {
    var set = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &set)
    for number in [SIGTERM, SIGINT, SIGHUP] { log.append(sigismember(&set, number)) }
}
