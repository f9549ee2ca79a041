// libnghttp2 as it is opened at run time: its functions by name, each looked up once.

import CLinux
import Glibc

/// The functions of libnghttp2, version 1.
///
/// Kept for the life of the process.
public final class NGHTTP2Library: Sendable {
    typealias Pointer = UnsafeMutableRawPointer
    typealias Holder = UnsafeMutablePointer<Pointer?>

    // One line a function, as the manual of the library declares it.
    typealias NewSession = @convention(c) (Holder, Pointer, Pointer?, Pointer) -> Int32
    typealias DeleteSession = @convention(c) (Pointer) -> Void
    typealias Receive = @convention(c) (Pointer, UnsafePointer<UInt8>?, Int) -> Int
    typealias Send = @convention(c) (Pointer, UnsafeMutablePointer<UnsafePointer<UInt8>?>) -> Int
    typealias SubmitSettings = @convention(c) (Pointer, UInt8, UnsafePointer<h2_setting>, Int) -> Int32
    typealias SubmitResponse = @convention(c) (Pointer, Int32, UnsafePointer<h2_field>, Int, UnsafePointer<h2_data_provider>?) -> Int32
    typealias SubmitTrailer = @convention(c) (Pointer, Int32, UnsafePointer<h2_field>, Int) -> Int32
    typealias SubmitHeaders = @convention(c) (Pointer, UInt8, Int32, Pointer?, UnsafePointer<h2_field>, Int, Pointer?) -> Int32
    typealias SubmitReset = @convention(c) (Pointer, UInt8, Int32, UInt32) -> Int32
    typealias SubmitGoAway = @convention(c) (Pointer, UInt8, Int32, UInt32, UnsafePointer<UInt8>?, Int) -> Int32
    typealias SubmitShutdownNotice = @convention(c) (Pointer) -> Int32
    typealias LastStream = @convention(c) (Pointer) -> Int32
    typealias ResumeData = @convention(c) (Pointer, Int32) -> Int32
    typealias Consume = @convention(c) (Pointer, Int32, Int) -> Int32
    typealias SetLocalWindow = @convention(c) (Pointer, UInt8, Int32, Int32) -> Int32
    typealias WantsRead = @convention(c) (Pointer) -> Int32
    typealias WantsWrite = @convention(c) (Pointer) -> Int32

    let newSession: NewSession
    let deleteSession: DeleteSession
    let receive: Receive
    let send: Send
    let submitSettings: SubmitSettings
    let submitResponse: SubmitResponse
    let submitTrailer: SubmitTrailer
    let submitHeaders: SubmitHeaders
    let submitReset: SubmitReset
    let submitGoAway: SubmitGoAway
    let submitShutdownNotice: SubmitShutdownNotice
    let lastStream: LastStream
    let resumeData: ResumeData
    let consume: Consume
    let setLocalWindow: SetLocalWindow
    let wantsRead: WantsRead
    let wantsWrite: WantsWrite
    /// Where the callbacks of every session lie, and its options: never changed once they are made.
    private let setup: (callbacks: UInt, options: UInt)

    /// The library of this system; nil where it isn't installed, or lacks what is needed.
    public static let shared: NGHTTP2Library? = NGHTTP2Library(fileName: "libnghttp2.so.14")

    /// Opens a library by its file name.
    public init?(fileName: String) {
        guard let handle = dlopen(fileName, RTLD_NOW | RTLD_LOCAL) else { return nil }
        let find = Finder { dlsym(handle, $0) }
        guard let newSession = find("session_server_new2", as: NewSession.self),
            let deleteSession = find("session_del", as: DeleteSession.self),
            let receive = find("session_mem_recv", as: Receive.self),
            let send = find("session_mem_send", as: Send.self),
            let submitSettings = find("submit_settings", as: SubmitSettings.self),
            let submitResponse = find("submit_response", as: SubmitResponse.self),
            let submitTrailer = find("submit_trailer", as: SubmitTrailer.self),
            let submitHeaders = find("submit_headers", as: SubmitHeaders.self),
            let submitReset = find("submit_rst_stream", as: SubmitReset.self),
            let submitGoAway = find("submit_goaway", as: SubmitGoAway.self),
            let submitShutdownNotice = find("submit_shutdown_notice", as: SubmitShutdownNotice.self),
            let lastStream = find("session_get_last_proc_stream_id", as: LastStream.self),
            let resumeData = find("session_resume_data", as: ResumeData.self),
            let consume = find("session_consume", as: Consume.self),
            let setLocalWindow = find("session_set_local_window_size", as: SetLocalWindow.self),
            let wantsRead = find("session_want_read", as: WantsRead.self),
            let wantsWrite = find("session_want_write", as: WantsWrite.self),
            let callbacks = Self.callbacks(find), let options = Self.options(find)
        else {
            dlclose(handle)
            return nil
        }
        self.newSession = newSession
        self.deleteSession = deleteSession
        self.receive = receive
        self.send = send
        self.submitSettings = submitSettings
        self.submitResponse = submitResponse
        self.submitTrailer = submitTrailer
        self.submitHeaders = submitHeaders
        self.submitReset = submitReset
        self.submitGoAway = submitGoAway
        self.submitShutdownNotice = submitShutdownNotice
        self.lastStream = lastStream
        self.resumeData = resumeData
        self.consume = consume
        self.setLocalWindow = setLocalWindow
        self.wantsRead = wantsRead
        self.wantsWrite = wantsWrite
        setup = (UInt(bitPattern: callbacks), UInt(bitPattern: options))
    }

    /// A new session, whose callbacks are given `user`; nil without memory.
    func makeSession(_ user: Pointer) -> Pointer? {
        var made: Pointer?
        guard let callbacks = Pointer(bitPattern: setup.callbacks), let options = Pointer(bitPattern: setup.options),
            newSession(&made, callbacks, user, options) == 0
        else { return nil }
        return made
    }
}
