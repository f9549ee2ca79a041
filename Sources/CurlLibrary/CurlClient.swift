// A set of transfers on one thread: begun, carried on, and ended by their completions.

import CLinux
import Glibc

/// Sends requests over HTTP, many at a time; one thread uses it.
///
/// TLS is verified, redirects aren't followed, the environment's proxies aren't used, and every address is looked at when it
/// is connected to.
public final class CurlClient {
    private let library: CurlLibrary
    private let multi: CurlLibrary.Handle
    private let permits: (ArraySlice<UInt8>) -> Bool
    private let agent: String
    private var transfers: [CurlLibrary.Handle: CurlTransfer] = [:]
    private var idle: [CurlLibrary.Handle] = []

    /// Handles that are kept for later requests.
    private static let maximumIdle = 64

    /// Opens the library, and a set without transfers.
    ///
    /// - Parameters:
    ///   - agent: the product that the requests name.
    ///   - permits: whether an address of 4 or 16 bytes may be connected to.
    public init(agent: String, permits: @escaping (ArraySlice<UInt8>) -> Bool) throws(CurlMissing) {
        library = try CurlLibrary.shared.get()
        guard let multi = library.multiInit() else {
            throw CurlMissing(description: "libcurl has no memory.")
        }
        self.multi = multi
        self.permits = permits
        self.agent = agent
        library.setConnections(256, on: multi)
    }

    deinit {
        for (handle, transfer) in transfers {
            _ = library.multiRemove(multi, handle)
            library.easyCleanup(handle)
            library.listFree(transfer.list)
        }
        for handle in idle { library.easyCleanup(handle) }
        _ = library.multiCleanup(multi)
    }

    /// Why there is no client on this system; nil where there is.
    public static var obstacle: String? {
        if case .failure(let missing) = CurlLibrary.shared { missing.description } else { nil }
    }

    /// How many transfers are under way.
    public var count: Int { transfers.count }

    /// The descriptor that ends a wait, from any thread, as long as the client is there.
    public var waker: CurlWaker { CurlWaker(library: library, multi: multi) }

    /// Begins a request; the completion is called by `perform`.
    public func begin(_ request: OutgoingRequest, _ completion: @escaping (IncomingAnswer) -> Void) {
        let transfer = CurlTransfer(
            request,
            started: Self.monotonicNanoseconds(),
            permits: permits,
            completion
        )
        guard let handle = idle.popLast() ?? library.easyInit() else {
            return completion(transfer.answer(code: 27, explanation: "Out of memory", at: transfer.started))
        }
        for (name, value) in request.fields {
            transfer.list = library.listAppend(transfer.list, "\(name): \(value)")
        }
        // Neither is said by itself.
        for name in ["Accept:", "Expect:"] { transfer.list = library.listAppend(transfer.list, name) }
        set(transfer, on: handle)
        transfers[handle] = transfer
        _ = library.multiAdd(multi, handle)
    }

    private func set(_ transfer: CurlTransfer, on handle: CurlLibrary.Handle) {
        let request = transfer.request
        let pointer = Unmanaged.passUnretained(transfer).toOpaque()
        library.set(.url, request.url, on: handle)
        library.set(.protocols, "http,https", on: handle)
        library.set(.proxy, "", on: handle)
        library.set(.userAgent, agent, on: handle)
        library.set(.httpVersion, 2, on: handle)
        library.set(.noSignal, 1, on: handle)
        library.set(.followLocation, 0, on: handle)
        library.set(.timeoutMilliseconds, request.timeoutMilliseconds, on: handle)
        library.set(.connectTimeoutMilliseconds, min(request.timeoutMilliseconds, 10_000), on: handle)
        library.set(.httpHeader, transfer.list, on: handle)
        library.set(.post, 1, on: handle)
        library.set(.postFieldSize, request.body.count, on: handle)
        request.body.withUnsafeBytes { body in
            // 10165, COPYPOSTFIELDS: the library's own copy lives as long as it needs it.
            library.setBody(body, on: handle)
        }
        library.set(.writeData, pointer, on: handle)
        library.set(.headerData, pointer, on: handle)
        library.set(.openSocketData, pointer, on: handle)
        library.set(.writeFunction, unsafeBitCast(takeBody, to: UnsafeMutableRawPointer.self), on: handle)
        library.set(.headerFunction, unsafeBitCast(takeHead, to: UnsafeMutableRawPointer.self), on: handle)
        library.set(
            .openSocketFunction,
            unsafeBitCast(openSocket, to: UnsafeMutableRawPointer.self),
            on: handle
        )
    }

    /// Carries transfers on, and ends those that are done.
    public func perform() {
        var running: Int32 = 0
        _ = library.multiPerform(multi, &running)
        var left: Int32 = 0
        while let message = library.multiInfoRead(multi, &left) {
            // struct CURLMsg: what it says (1: done), the transfer's handle, the result.
            guard message.load(as: Int32.self) == 1,
                let handle = message.load(fromByteOffset: 8, as: CurlLibrary.Handle?.self)
            else { continue }
            end(handle, code: message.load(fromByteOffset: 16, as: Int32.self))
        }
    }

    private func end(_ handle: CurlLibrary.Handle, code: Int32) {
        guard let transfer = transfers.removeValue(forKey: handle) else { return }
        _ = library.multiRemove(multi, handle)
        library.listFree(transfer.list)
        if idle.count < Self.maximumIdle {
            library.easyReset(handle)
            idle.append(handle)
        } else {
            library.easyCleanup(handle)
        }
        let explanation = library.explanation(code)
        transfer.completion(
            transfer.answer(code: code, explanation: explanation, at: Self.monotonicNanoseconds())
        )
    }

    /// Waits until a transfer can go on, the waker is used, or the time is over.
    public func wait(milliseconds: Int) {
        _ = library.multiPoll(multi, nil, 0, Int32(clamping: milliseconds), nil)
    }

    private static func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// Ends a client's wait from any thread.
///
/// `@unchecked Sendable`: `curl_multi_wakeup` may be called by any thread while the set is there, and whoever has the waker
/// lets go of it before.
public struct CurlWaker: @unchecked Sendable {
    fileprivate let library: CurlLibrary
    fileprivate let multi: CurlLibrary.Handle

    /// Ends the wait of now, or the next one.
    public func wake() { _ = library.multiWakeup(multi) }
}

private typealias DataCallback = @convention(c) (UnsafeRawPointer?, Int, Int, UnsafeMutableRawPointer?) -> Int
private typealias SocketCallback =
    @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafeRawPointer?) -> Int32

private let takeBody: DataCallback = { bytes, size, count, pointer in
    guard let pointer else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(pointer).takeUnretainedValue()
    return transfer.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private let takeHead: DataCallback = { bytes, size, count, pointer in
    guard let pointer else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(pointer).takeUnretainedValue()
    return transfer.takeHead(UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private let openSocket: SocketCallback = { pointer, _, address in
    guard let pointer, let address else { return -1 }
    return Unmanaged<CurlTransfer>.fromOpaque(pointer).takeUnretainedValue().openSocket(address)
}
