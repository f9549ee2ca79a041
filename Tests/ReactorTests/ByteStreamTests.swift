// Streams: reading in place, partial writes, half-close, reset, high water, and owning no buffer when idle.
import CLinux
import Glibc
import RandomKit
import Testing

@testable import Reactor

@Suite(.timeLimit(.minutes(10))) struct ByteStreamTests {
    @Test func `bytes are read once and lent until consumed`() throws {
        let loop = try EventLoop(name: "read")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        #expect(stream.fill() == .wouldBlock)
        peer.send("hello world")
        #expect(stream.fill() == .data(11))
        #expect(inputText(stream) == "hello world")
        stream.consume(6)
        #expect(inputText(stream) == "world")
        #expect(stream.withInput { $0.count } == 5)
        stream.consume(5)
        #expect(stream.inputCount == 0)
        #expect(stream.fill() == .wouldBlock)
    }

    @Test func `a request that arrives in pieces is seen whole`() throws {
        let loop = try EventLoop(name: "pieces")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        for piece in ["GE", "T /", " HTTP"] {
            peer.send(piece)
            #expect(stream.fill() == .data(piece.utf8.count))
        }
        #expect(inputText(stream) == "GET / HTTP")
    }

    @Test func `streams share one buffer without mixing their bytes`() throws {
        let loop = try EventLoop(name: "shared")
        defer { loop.end() }
        let pairs = try (0..<5).map { _ in try streamPair(loop) }
        for round in 0..<4 {
            for (index, (stream, peer)) in pairs.enumerated() {
                peer.send("\(round)\(index);")
                #expect(stream.fill() == .data(3))
            }
        }
        for (index, (stream, _)) in pairs.enumerated() {
            #expect(inputText(stream) == "0\(index);1\(index);2\(index);3\(index);")
            stream.consume(3)
            #expect(inputText(stream) == "1\(index);2\(index);3\(index);")
        }
    }

    @Test func `an idle stream owns no buffer`() throws {
        let loop = try EventLoop(name: "idle")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        let (other, otherPeer) = try streamPair(loop)
        peer.send("partial")
        _ = stream.fill()
        #expect(stream.input.capacity == 0)
        otherPeer.send("x")
        _ = other.fill()
        #expect(stream.input.capacity > 0)
        #expect(inputText(stream) == "partial")
        stream.consume(7)
        #expect(stream.input.capacity == 0)
        stream.append(Array("answer".utf8))
        #expect(stream.output.capacity > 0)
        #expect(stream.flush() == .done)
        #expect(stream.output.capacity == 0)
    }

    @Test func `a body larger than the shared buffer accumulates intact`() throws {
        let loop = try EventLoop(name: "large")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        var sent = 0
        while sent < body.count {
            let piece = Array(body[sent..<min(sent + 50_000, body.count)])
            peer.send(piece)
            sent += piece.count
            while stream.inputCount < sent { guard case .data = stream.fill() else { break } }
        }
        #expect(stream.withUnsafeInput { Array($0) } == body)
        stream.consume(299_999)
        #expect(stream.withUnsafeInput { Array($0) } == [body[299_999]])
    }

    @Test func `closing the stream that holds the shared buffer gives it up`() throws {
        let loop = try EventLoop(name: "disown")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        let (other, otherPeer) = try streamPair(loop)
        peer.send("secret")
        _ = stream.fill()
        stream.close()
        otherPeer.send("x")
        #expect(other.fill() == .data(1))
        #expect(inputText(other) == "x")
        #expect(stream.inputCount == 0)
    }

    @Test func `a stream that ends without close gives the shared buffer up too`() throws {
        let loop = try EventLoop(name: "deinit")
        defer { loop.end() }
        let (other, otherPeer) = try streamPair(loop)
        do {
            let (stream, peer) = try streamPair(loop)
            peer.send("gone")
            _ = stream.fill()
        }
        otherPeer.send("x")
        #expect(other.fill() == .data(1))
        #expect(inputText(other) == "x")
    }

    @Test func `half a close ends the input and leaves the output open`() throws {
        let loop = try EventLoop(name: "half")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        peer.send("last words")
        peer.finishSending()
        #expect(stream.fill() == .data(10))
        #expect(stream.fill() == .end)
        #expect(inputText(stream) == "last words")
        stream.append(Array("answer".utf8))
        #expect(stream.flush() == .done)
        #expect(peer.receiveText() == "answer")
    }

    @Test func `a reset by the peer is a failure`() throws {
        let loop = try EventLoop(name: "reset")
        defer { loop.end() }
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        var accepted: ByteStream?
        try listener.start(on: loop) { descriptor, _ in accepted = ByteStream(descriptor, loop: loop) }
        let client = try connectedClient(port: listener.port)
        loop.turn(waiting: true)
        let stream = try #require(accepted)
        var heard: [ReadyEvents] = []
        try stream.open(ClosureHandler { heard.append($0) })
        client.reset()
        loop.turn(waiting: true)
        #expect(heard.first?.contains(.error) == true)
        #expect(stream.fill() == .failed(SystemError(code: ECONNRESET, call: "recv")))
        stream.close()
        listener.close()
    }

    @Test func `reset tells the peer that the connection was cut`() throws {
        let loop = try EventLoop(name: "cut")
        defer { loop.end() }
        let listener = try Listener.tcp(host: "127.0.0.1", port: 0)
        try listener.start(on: loop) { descriptor, _ in ByteStream(descriptor, loop: loop).reset() }
        let client = try connectedClient(port: listener.port)
        loop.turn(waiting: true)
        var byte: UInt8 = 0
        #expect(recv(client.number, &byte, 1, 0) == -1)
        #expect(errno == ECONNRESET)
        listener.close()
    }

    @Test func `writing to a peer that is gone fails without killing the process`() throws {
        let loop = try EventLoop(name: "pipe")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        peer.close()
        stream.append([1])
        #expect(stream.flush() == .failed(SystemError(code: EPIPE, call: "send")))
    }

    @Test func `output that doesn't fit is sent as the peer reads and writability is asked for only then`()
        throws
    {
        let loop = try EventLoop(name: "partial")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        var results: [ByteStream.Flush] = []
        try stream.open(
            ClosureHandler { events in
                if events.contains(.writable) { results.append(stream.flush()) }
            }
        )
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        stream.append(body)
        #expect(stream.flush() == .pending)
        let left = stream.outputCount
        #expect(left > 0 && left < body.count)
        loop.turn(waiting: false)
        #expect(results.isEmpty)

        var received: [UInt8] = []
        while received.count < body.count {
            while let piece = peer.receive(), !piece.isEmpty { received += piece }
            loop.turn(waiting: false)
        }
        #expect(received == body)
        #expect(results.last == .done)
        #expect(stream.outputCount == 0)
        let count = results.count
        loop.turn(waiting: false)
        #expect(results.count == count)
        stream.close()
    }

    @Test func `output beyond the high-water mark shows until it is sent`() throws {
        let loop = try EventLoop(name: "high")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop, highWaterBytes: 10)
        stream.append([UInt8](repeating: 1, count: 10))
        #expect(!stream.isOverHighWater)
        stream.append([2])
        #expect(stream.isOverHighWater)
        stream.flush()
        #expect(!stream.isOverHighWater)
        #expect(peer.receive()?.count == 11)
    }

    @Test func `answers of one turn leave in one piece`() throws {
        let loop = try EventLoop(name: "coalesce")
        defer { loop.end() }
        // Datagrams keep the borders of the writes.
        var numbers: [Int32] = [0, 0]
        let kind = Int32(SOCK_SEQPACKET.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        #expect(socketpair(AF_UNIX, kind, 0, &numbers) == 0)
        let stream = ByteStream(Descriptor(owning: numbers[0]), loop: loop)
        let peer = Peer(numbers[1])
        for text in ["one ", "two ", "three"] {
            stream.append(Array(text.utf8))
            stream.flushBeforeSleep()
        }
        #expect(peer.receive() == nil)
        loop.turn(waiting: false)
        #expect(peer.receiveText() == "one two three")
        #expect(peer.receive() == nil)
    }

    @Test func `a queued flush that fails is told as an error and a closed stream is left alone`() throws {
        let loop = try EventLoop(name: "queued")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        var heard: [ReadyEvents] = []
        try stream.open(
            ClosureHandler { events in
                heard.append(events)
                stream.close()
            }
        )
        loop.post {}
        peer.finishSending()
        shutdown(peer.number, Int32(SHUT_RD))
        stream.isReading = false
        stream.append([1])
        stream.flushBeforeSleep()
        loop.turn(waiting: false)
        #expect(heard.count == 1)
        #expect(stream.isClosed)

        let (second, secondPeer) = try streamPair(loop)
        second.append([1])
        second.flushBeforeSleep()
        second.close()
        loop.turn(waiting: false)
        #expect(secondPeer.receive() == [])
    }

    @Test func `shutting the writing side waits for the output`() throws {
        let loop = try EventLoop(name: "shutdown")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        stream.append(Array("bye".utf8))
        stream.shutdownWrite()
        stream.shutdownWrite()
        #expect(peer.receive() == nil)
        #expect(stream.flush() == .done)
        #expect(peer.receiveText() == "bye")
        #expect(peer.receiveText() == "")
        peer.send("still heard")
        #expect(stream.fill() == .data(11))
    }

    @Test func `reading can be left to the kernel and taken up again`() throws {
        let loop = try EventLoop(name: "backpressure")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        var heard = 0
        try stream.open(ClosureHandler { _ in heard += 1 })
        #expect(stream.isReading)
        stream.isReading = false
        peer.send("x")
        loop.turn(waiting: false)
        #expect(heard == 0)
        stream.isReading = true
        loop.turn(waiting: true)
        #expect(heard == 1)
        #expect(stream.fill() == .data(1))
        stream.close()
        loop.turn(waiting: false)
        #expect(heard == 1)
        #expect(peer.receive() == [])
    }

    @Test func `output is written in place`() throws {
        let loop = try EventLoop(name: "place")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        stream.appendInPlace(capacity: 8) { room in
            #expect(room.count == 8)
            room[0] = 65
            room[1] = 66
            return 2
        }
        stream.append([UInt8]("C".utf8).span)
        stream.appendInPlace(capacity: 100) { _ in 0 }
        stream.flush()
        #expect(peer.receiveText() == "ABC")
    }

    @Test func `a part of a file follows its head`() throws {
        let loop = try EventLoop(name: "file")
        defer { loop.end() }
        let (stream, peer) = try streamPair(loop)
        let path = "/tmp/reactor-\(getpid())-file"
        let number = open(path, O_CREAT | O_RDWR | O_TRUNC, 0o600)
        unlink(path)
        let file = Descriptor(owning: number)
        let content = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
        try #require(write(number, content, content.count) == content.count)

        stream.append(Array("head;".utf8))
        #expect(stream.flush(moreFollows: true) == .done)
        var offset: Int64 = 100
        var left = 2_000_000
        var received: [UInt8] = []
        while left > 0 {
            let result = stream.sendFile(file, offset: &offset, count: &left)
            #expect(result == (left == 0 ? .done : .pending))
            while let piece = peer.receive(), !piece.isEmpty { received += piece }
        }
        while let piece = peer.receive(), !piece.isEmpty { received += piece }
        #expect(received == Array("head;".utf8) + content[100..<2_000_100])
        #expect(offset == 2_000_100)

        // The file is shorter than what was promised.
        offset = 2_499_999
        left = 2
        #expect(stream.sendFile(file, offset: &offset, count: &left) == .pending)
        #expect(
            stream.sendFile(file, offset: &offset, count: &left)
                == .failed(SystemError(code: EIO, call: "sendfile"))
        )
    }

    @Test func `a closed stream drops output and says so`() throws {
        let loop = try EventLoop(name: "closed")
        defer { loop.end() }
        let (stream, _) = try streamPair(loop)
        stream.close()
        stream.append([1])
        stream.flushBeforeSleep()
        stream.shutdownWrite()
        #expect(stream.outputCount == 0)
        #expect(stream.flush() == .failed(SystemError(code: EBADF, call: "send")))
    }

    @Test func `closing a stream whose input is lent traps`() async {
        await #expect(processExitsWith: .failure) {
            let loop = try EventLoop(name: "lent")
            let (stream, _) = try streamPair(loop)
            stream.withUnsafeInput { _ in stream.close() }
        }
    }

    @Test func `a queue of bytes keeps their order whatever is added and dropped`() {
        var bytes = GrowableBytes()
        var model: [UInt8] = []
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<3000 {
            if generator.next() % 3 == 0 {
                let count = Int(generator.next() % UInt64(model.count + 1))
                bytes.drop(count)
                model.removeFirst(count)
            } else {
                let piece = (0..<Int(generator.next() % 400)).map { _ in
                    UInt8(truncatingIfNeeded: generator.next())
                }
                piece.withUnsafeBytes { bytes.append($0) }
                model += piece
            }
            #expect(bytes.readable.elementsEqual(model))
            #expect(model.isEmpty == (bytes.capacity == 0))
        }
    }
}
