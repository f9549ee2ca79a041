// The loop: who is told what, in which order, on which thread, and what is let go at the end.
import CLinux
import Glibc
import Reactor
import Testing

@Suite(.timeLimit(.minutes(10))) struct EventLoopTests {
    @Test func `a handler is told again and again while there is input`() throws {
        let loop = try EventLoop(name: "level")
        defer { loop.end() }
        let (number, peer) = try socketPair()
        let ours = Peer(number)
        var heard: [ReadyEvents] = []
        let registration = try loop.register(number, ClosureHandler { heard.append($0) }, interest: .readable)
        loop.turn(waiting: false)
        #expect(heard == [])
        peer.send("x")
        loop.turn(waiting: true)
        loop.turn(waiting: true)
        #expect(heard == [.readable, .readable])
        #expect(ours.receiveText() == "x")
        loop.turn(waiting: false)
        #expect(heard.count == 2)
        loop.deregister(registration)
    }

    @Test func `interest decides what is told and hangup is always told`() throws {
        let loop = try EventLoop(name: "interest")
        defer { loop.end() }
        let (number, peer) = try socketPair()
        let ours = Peer(number)
        var heard: [ReadyEvents] = []
        let registration = try loop.register(number, ClosureHandler { heard.append($0) }, interest: [])
        peer.send("x")
        loop.turn(waiting: false)
        #expect(heard == [])
        loop.update(registration, interest: [.readable, .writable])
        loop.turn(waiting: true)
        #expect(heard == [[.readable, .writable]])
        loop.update(registration, interest: [])
        peer.close()
        heard = []
        loop.turn(waiting: true)
        #expect(heard.first?.contains(.hangup) == true)
        loop.deregister(registration)
        withExtendedLifetime(ours) {}
    }

    @Test func `an event of a closed descriptor never reaches the one that reuses its number`() throws {
        let loop = try EventLoop(name: "stale")
        defer { loop.end() }
        let (first, firstPeer) = try socketPair()
        let (second, secondPeer) = try socketPair()
        firstPeer.send("a")
        secondPeer.send("b")
        // Both are ready in one batch. Whichever is handled first replaces the other under the same number.
        var heard: [String] = []
        var registrations: [Int32: Registration] = [:]
        var replacement: Registration?
        var replacementPeer: Peer?
        func replace(_ victim: Int32) {
            guard replacement == nil, let registration = registrations[victim] else { return }
            loop.deregister(registration)
            var numbers: [Int32] = [0, 0]
            socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &numbers)
            // dup2 closes the victim and opens the new socket under its number in one step.
            dup2(numbers[0], victim)
            close(numbers[0])
            replacementPeer = Peer(numbers[1])
            replacement = try? loop.register(
                victim,
                ClosureHandler { _ in heard.append("replacement") },
                interest: .readable
            )
        }
        for (own, other) in [(first, second), (second, first)] {
            registrations[own] = try loop.register(
                own,
                ClosureHandler { _ in
                    heard.append("original")
                    replace(other)
                },
                interest: .readable
            )
        }
        loop.turn(waiting: true)
        #expect(heard == ["original"])
        #expect(replacement != nil)
        replacementPeer?.send("c")
        heard = []
        loop.turn(waiting: true)
        #expect(heard.sorted() == ["original", "replacement"])
        close(first)
        close(second)
    }

    @Test func `deregistering twice or updating what has ended changes nothing`() throws {
        let loop = try EventLoop(name: "twice")
        defer { loop.end() }
        let (number, peer) = try socketPair()
        let ours = Peer(number)
        let old = try loop.register(number, ClosureHandler { _ in }, interest: .readable)
        loop.deregister(old)
        var heard = 0
        let new = try loop.register(number, ClosureHandler { _ in heard += 1 }, interest: .readable)
        loop.deregister(old)
        loop.update(old, interest: [])
        peer.send("x")
        loop.turn(waiting: true)
        #expect(heard == 1)
        loop.deregister(new)
        withExtendedLifetime(ours) {}
    }

    @Test func `registering a descriptor twice is the kernel's error and leaves no trace`() throws {
        let loop = try EventLoop(name: "exists")
        defer { loop.end() }
        let (number, _) = try socketPair()
        let ours = Peer(number)
        _ = try loop.register(number, ClosureHandler { _ in }, interest: .readable)
        weak var handler: ClosureHandler?
        do {
            let second = ClosureHandler { _ in }
            handler = second
            #expect(throws: SystemError(code: EEXIST, call: "epoll_ctl")) {
                _ = try loop.register(number, second, interest: .readable)
            }
        }
        #expect(handler == nil)
        withExtendedLifetime(ours) {}
    }

    @Test func `a turn is events then timers then posts then hooks then flushes`() throws {
        let time = HandMovedTime()
        let loop = try EventLoop(name: "turn", time: time)
        defer { loop.end() }
        let log = Log<String>()
        let (number, peer) = try socketPair()
        let ours = Peer(number)
        let (stream, streamPeer) = try streamPair(loop)
        loop.addBeforeSleep {
            // Hooks run once more at the end of the loop.
            guard !log.entries.contains("hook") else { return }
            log.append("hook")
            #expect(streamPeer.receive() == nil)
            stream.append([1])
            stream.flushBeforeSleep()
        }
        loop.post { log.append("post") }
        loop.schedule(after: .milliseconds(5)) { log.append("timer") }
        _ = try loop.register(number, ClosureHandler { _ in log.append("event") }, interest: .readable)
        peer.send("x")
        time.advance(milliseconds: 5)
        loop.turn(waiting: true)
        #expect(log.entries == ["event", "timer", "post", "hook"])
        #expect(streamPeer.receive() == [1])
        withExtendedLifetime(ours) {}
    }

    @Test func `time is read once a turn`() throws {
        let time = HandMovedTime()
        let loop = try EventLoop(name: "time", time: time)
        defer { loop.end() }
        let before = loop.now
        let wall = loop.wallMilliseconds
        time.advance(milliseconds: 7)
        #expect(loop.now == before)
        loop.turn(waiting: false)
        #expect(loop.now.nanoseconds(since: before) == 7_000_000)
        #expect(loop.wallMilliseconds == wall + 7)
    }

    @Test func `timers run when due and only once and can be moved and cancelled`() throws {
        let time = HandMovedTime()
        let loop = try EventLoop(name: "timers", time: time)
        defer { loop.end() }
        var fired: [String] = []
        loop.schedule(after: .milliseconds(20)) { fired.append("b") }
        loop.schedule(after: .milliseconds(10)) { fired.append("a") }
        let moved = loop.schedule(after: .milliseconds(5)) { fired.append("moved") }
        let cancelled = loop.schedule(after: .milliseconds(5)) { fired.append("cancelled") }
        loop.rearm(moved, at: loop.now.advanced(by: .milliseconds(30)))
        loop.cancel(cancelled)
        time.advance(milliseconds: 9)
        loop.turn(waiting: false)
        #expect(fired == [])
        time.advance(milliseconds: 11)
        loop.turn(waiting: true)
        #expect(fired == ["a", "b"])
        time.advance(milliseconds: 10)
        loop.turn(waiting: true)
        loop.turn(waiting: false)
        #expect(fired == ["a", "b", "moved"])
    }

    @Test func `a timer that arms itself for now does not hold the turn`() throws {
        let loop = try EventLoop(name: "again", time: HandMovedTime())
        defer { loop.end() }
        var count = 0
        func again() {
            count += 1
            loop.schedule(after: .zero) { again() }
        }
        again()
        loop.turn(waiting: true)
        #expect(count == 2)
        loop.turn(waiting: true)
        #expect(count == 3)
    }

    @Test func `a timer may cancel another one that is due in the same turn`() throws {
        let time = HandMovedTime()
        let loop = try EventLoop(name: "cancel", time: time)
        defer { loop.end() }
        var fired: [Int] = []
        var second: TimerID?
        loop.schedule(after: .milliseconds(1)) {
            fired.append(1)
            if let second { loop.cancel(second) }
        }
        second = loop.schedule(after: .milliseconds(1)) { fired.append(2) }
        time.advance(milliseconds: 1)
        loop.turn(waiting: false)
        #expect(fired == [1])
    }

    @Test func `a real timer ends the loop's sleep`() throws {
        let loop = try EventLoop(name: "real")
        let start = loop.now
        loop.schedule(after: .milliseconds(3)) { loop.stop() }
        loop.run()
        #expect(loop.now.nanoseconds(since: start) >= 3_000_000)
    }

    @Test func `handlers run on the loop's thread and only there is the loop current`() throws {
        let loop = try EventLoop(name: "thread")
        let log = Log<Bool>()
        loop.post { log.append(loop.isCurrent) }
        #expect(!loop.isCurrent)
        try loop.start()
        loop.stop()
        loop.join()
        #expect(log.entries == [true])
        #expect(!loop.isCurrent)
    }

    @Test func `stop before run still runs what was posted`() throws {
        let loop = try EventLoop(name: "early")
        let log = Log<Int>()
        loop.post { log.append(1) }
        loop.stop()
        loop.run()
        #expect(log.entries == [1])
    }

    @Test func `the end of a loop lets go of handlers and timers even when they still use the loop`() throws {
        final class Owner: EventHandler {
            let stream: ByteStream
            let timer: TimerID
            init(_ stream: ByteStream) {
                self.stream = stream
                timer = stream.loop.schedule(after: .seconds(60)) {}
            }
            func ready(_ events: ReadyEvents) {}
            deinit {
                stream.loop.cancel(timer)
                stream.close()
            }
        }
        let loop = try EventLoop(name: "drop")
        var peers: [Peer] = []
        for _ in 0..<10 {
            let (stream, peer) = try streamPair(loop)
            try stream.open(Owner(stream))
            peers.append(peer)
        }
        loop.stop()
        loop.run()
        for peer in peers { #expect(peer.receive() == []) }
    }

    @Test func `a loop runs once`() async {
        await #expect(processExitsWith: .failure) {
            let loop = try EventLoop(name: "once")
            loop.stop()
            loop.run()
            loop.run()
        }
    }

    @Test func `touching a running loop from another thread traps`() async {
        await #expect(processExitsWith: .failure) {
            let loop = try EventLoop(name: "foreign")
            try loop.start()
            loop.schedule(after: .zero) {}
        }
    }

    @Test func `a bound value can be reached on its loop and traps elsewhere`() async throws {
        final class Local { var count = 0 }
        let loop = try EventLoop(name: "bound")
        let bound = LoopBound(Local(), loop: loop)
        try loop.start()
        loop.post { bound.value.count += 1 }
        loop.stop()
        loop.join()
        #expect(bound.value.count == 1)
        await #expect(processExitsWith: .failure) {
            let loop = try EventLoop(name: "bound")
            let bound = LoopBound([1], loop: loop)
            try loop.start()
            _ = bound.value
        }
    }
}
