// Threads: names, ends, and what becomes of their closures.

import Glibc
import Testing
import Threads

@Suite(.timeLimit(.minutes(10))) struct NamedThreadTests {
    private final class Witness: Sendable {}

    @Test(
        arguments: [("writer", "writer"), ("parley-writer-thread", "parley-writer-t"), ("", "")]
    )
    func `a thread carries the first 15 bytes of its name`(name: String, expected: String) throws {
        let told = Log<String>()
        let thread = try NamedThread.start(name: name) {
            told.append(ownName())
        }
        thread.join()
        #expect(thread.name == name)
        #expect(told.entries == [expected])
    }

    @Test func `join waits for the end, and again at once`() throws {
        let gate = BlockingQueue<Never>(capacity: 1)
        let steps = Log<String>()
        let thread = try NamedThread.start(name: "worker") {
            _ = gate.takeAll(max: 1)
            steps.append("ended")
        }
        steps.append("opened")
        gate.close()
        thread.join()
        thread.join()
        #expect(steps.entries == ["opened", "ended"])
    }

    @Test func `what a thread captured is let go with its end`() throws {
        weak var witness: Witness?
        let thread: NamedThread
        do {
            let captured = Witness()
            witness = captured
            thread = try NamedThread.start(name: "holder") { withExtendedLifetime(captured) {} }
        }
        thread.join()
        #expect(witness == nil)
    }

    @Test func `a thread that nobody holds runs to its end`() throws {
        let answer = BlockingQueue<Int>(capacity: 1)
        do { _ = try NamedThread.start(name: "alone") { _ = answer.push(1) } }
        #expect(answer.take() == 1)
    }

    @Test func `a thread that can't be had is told, and its closure let go unrun`() {
        weak var witness: Witness?
        do throws(ThreadRefusal) {
            let captured = Witness()
            witness = captured
            // More than a process can address.
            _ = try NamedThread.start(name: "huge", stackBytes: 1 << 60) {
                withExtendedLifetime(captured) {}
            }
            Issue.record("a thread with such a stack")
        } catch {
            #expect(error.code == EAGAIN || error.code == ENOMEM)
            #expect(error.description.hasPrefix("pthread_create: "))
        }
        #expect(witness == nil)
    }
}

/// The calling thread's name from the kernel.
private func ownName() -> String {
    var name = [UInt8](repeating: 0, count: 32)
    let file = open("/proc/thread-self/comm", O_RDONLY)
    let count = read(file, &name, name.count)
    close(file)
    return String(decoding: name.prefix(max(count - 1, 0)), as: UTF8.self)
}
