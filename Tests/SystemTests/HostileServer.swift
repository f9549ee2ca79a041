// A server for hostile clients, and what must hold of it after every one of them.

import Foundation
import TestKit
import Testing

/// A server of its own for one test of hostile clients.
struct HostileServer {
    let server: TestServer
    /// Resident memory that no client may push it beyond, in KiB.
    static let memoryMaximum = 120 * 1024

    init(flags: [String] = []) async throws {
        server = try await TestServer.start(flags: flags)
    }

    /// Whether it answers somebody who behaves.
    func isHealthy() async throws -> Bool { try await server.client().get("/healthz").status == 200 }

    /// Holds it to what no client may change: it answers, its memory is bounded, it ends with 0 at SIGTERM, and each
    /// line of its log is one JSON object without control characters.
    func endUnharmed(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(try await isHealthy(), sourceLocation: sourceLocation)
        expectBoundedMemory(sourceLocation: sourceLocation)
        #expect(
            try await server.stop() == .exited(code: 0),
            "\(server.log().suffix(2000))",
            sourceLocation: sourceLocation
        )
        let log = server.log()
        #expect(log.hasSuffix("\n"), sourceLocation: sourceLocation)
        for line in log.split(separator: "\n") {
            let entry = try? TestJSON(parsing: String(line))
            #expect(entry?.members != nil, "\(line.prefix(500))", sourceLocation: sourceLocation)
            #expect(
                !line.utf8.contains { $0 < 0x20 || $0 == 0x7F },
                "\(line.prefix(500))",
                sourceLocation: sourceLocation
            )
        }
    }

    /// Its resident memory stays below the maximum; not asked of a sanitized build, whose shadow memory counts too.
    func expectBoundedMemory(sourceLocation: SourceLocation = #_sourceLocation) {
        guard let memory = try? ProcessMemory(of: server.processID), !memory.isSanitized else { return }
        #expect(memory.residentKiB < Self.memoryMaximum, sourceLocation: sourceLocation)
    }
}

/// The memory of a process by `/proc/PID/status`.
struct ProcessMemory {
    let residentKiB: Int
    /// Sanitizers reserve terabytes of address space.
    let isSanitized: Bool

    init(of process: Int32) throws {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        func value(_ name: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            return line.flatMap { $0.split(whereSeparator: { " \t".contains($0) }).dropFirst().first }.flatMap
            { Int($0) } ?? 0
        }
        residentKiB = value("VmRSS")
        isSanitized = value("VmPeak") > 1 << 30
    }
}

/// A socket that an array can hold.
final class HostileClient {
    var socket: RawSocket

    init(_ server: TestServer, receiveBufferBytes: Int? = nil, timeoutSeconds: Double = Deadline.patience)
        throws
    {
        socket = try server.rawSocket(receiveBufferBytes: receiveBufferBytes, timeoutSeconds: timeoutSeconds)
    }

    /// The status of the next response, or nil where the server closes instead.
    func status(to method: String = "GET") throws -> Int? {
        do {
            return try socket.readResponse(to: method).status
        } catch is RawSocket.Failure where socket.pendingBytes.isEmpty {
            return nil
        }
    }

    /// Whether the connection ends without another byte.
    func isClosed() throws -> Bool { try socket.isClosed(withinSeconds: Deadline.patience) }
}

/// Descriptors for thousands of sockets in this process too.
func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}
