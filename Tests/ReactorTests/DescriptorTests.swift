// Descriptors are closed once; errors and points in time say what they are.
import CLinux
import Glibc
import Reactor
import Testing

@Suite struct DescriptorTests {
    @Test func `a descriptor is closed when its owner ends`() throws {
        let (number, peer) = try socketPair()
        do {
            let descriptor = Descriptor(owning: number)
            #expect(descriptor.number == number)
            #expect(peer.receive() == nil)
        }
        #expect(peer.receive() == [])
    }

    @Test func `a descriptor taken out is not closed`() throws {
        let (number, peer) = try socketPair()
        let descriptor = Descriptor(owning: number)
        #expect(descriptor.take() == number)
        #expect(peer.receive() == nil)
        close(number)
        #expect(peer.receive() == [])
    }

    @Test func `a descriptor is closed exactly once so that a new one with its number stays open`() async {
        // In a process of its own, where nobody else opens descriptors.
        await #expect(processExitsWith: .success) {
            let loop = try EventLoop(name: "once")
            // Far above the numbers that the threads of the runtime get for what they open meanwhile.
            let number = fcntl(try socketPair().0, F_DUPFD_CLOEXEC, 500)
            let stream = ByteStream(Descriptor(owning: number), loop: loop)
            stream.close()
            let reused = fcntl(open("/dev/null", O_RDONLY), F_DUPFD_CLOEXEC, 500)
            try #require(reused == number)
            stream.close()
            stream.reset()
            #expect(fcntl(reused, F_GETFD) >= 0)
            #expect(stream.descriptorNumber == -1)
        }
    }

    @Test func `an error names its call and its reason`() {
        let error = SystemError(code: EADDRINUSE, call: "bind")
        #expect("\(error)" == "bind: Address already in use")
        #expect(error == SystemError(code: EADDRINUSE, call: "bind"))
        #expect(error != SystemError(code: EADDRINUSE, call: "listen"))
    }

    @Test(arguments: [(ECONNRESET, true), (EPIPE, true), (ETIMEDOUT, true), (EMFILE, false), (EBADF, false)])
    func `only a peer that went away counts as a disconnect`(code: Int32, expected: Bool) {
        #expect(SystemError(code: code, call: "recv").isDisconnect == expected)
    }

    @Test(
        arguments: [
            (Duration.seconds(-1), 0), (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(1500), 1_500_000_000),
            (.seconds(Int64.max), UInt64.max),
        ] as [(Duration, UInt64)]
    )
    func `durations become nanoseconds without trapping`(duration: Duration, expected: UInt64) {
        #expect(duration.wholeNanoseconds == expected)
    }

    @Test func `points in time saturate instead of wrapping`() {
        let late = MonotonicInstant(nanoseconds: .max - 1)
        #expect(late.advanced(byNanoseconds: 5) == .distantFuture)
        #expect(late.advanced(by: .seconds(-5)) == late)
        #expect(MonotonicInstant(nanoseconds: 5).nanoseconds(since: late) == 0)
        #expect(MonotonicInstant(nanoseconds: 9).nanoseconds(since: MonotonicInstant(nanoseconds: 4)) == 5)
    }
}
