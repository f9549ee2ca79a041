// libcurl, found at run time: no header, no link, no package.

import CLinux
import Glibc

/// The functions of libcurl that are used, looked up by name in the library that the system has.
///
/// Their types are written down here and checked by no compiler: they are part of libcurl's ABI, which has been
/// `libcurl.so.4` since 2006.
///
/// `@unchecked Sendable`: pointers into code, which never change.
struct CurlLibrary: @unchecked Sendable {
    typealias Handle = UnsafeMutableRawPointer
    typealias Text = UnsafePointer<CChar>

    let easyInit: @convention(c) () -> Handle?
    let easyCleanup: @convention(c) (Handle?) -> Void
    let easyReset: @convention(c) (Handle?) -> Void
    let easyError: @convention(c) (Int32) -> Text?
    let listAppend: @convention(c) (Handle?, Text) -> Handle?
    let listFree: @convention(c) (Handle?) -> Void
    let multiInit: @convention(c) () -> Handle?
    let multiCleanup: @convention(c) (Handle?) -> Int32
    let multiAdd: @convention(c) (Handle?, Handle?) -> Int32
    let multiRemove: @convention(c) (Handle?, Handle?) -> Int32
    let multiPerform: @convention(c) (Handle?, UnsafeMutablePointer<Int32>) -> Int32
    let multiPoll: @convention(c) (Handle?, Handle?, UInt32, Int32, UnsafeMutablePointer<Int32>?) -> Int32
    let multiWakeup: @convention(c) (Handle?) -> Int32
    let multiInfoRead: @convention(c) (Handle?, UnsafeMutablePointer<Int32>) -> UnsafeRawPointer?
    /// `curl_easy_setopt`, a variadic.
    private let easySetOption: UnsafeMutableRawPointer
    /// `curl_multi_setopt`, a variadic.
    private let multiSetOption: UnsafeMutableRawPointer

    /// The library, or why there is none; opened when it is first asked for, and then for good.
    static let shared: Result<CurlLibrary, CurlMissing> = Result { () throws(CurlMissing) in
        try CurlLibrary("libcurl.so.4")
    }

    private init(_ name: String) throws(CurlMissing) {
        guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            throw CurlMissing(description: "\(name) can't be opened: install the package libcurl4.")
        }
        func symbol(_ name: String) throws(CurlMissing) -> UnsafeMutableRawPointer {
            guard let symbol = dlsym(library, name) else {
                throw CurlMissing(
                    description: "The system's libcurl has no \(name): 7.85 or newer is needed."
                )
            }
            return symbol
        }
        func find<Function>(_ name: String, _: Function.Type = Function.self) throws(CurlMissing) -> Function
        {
            unsafeBitCast(try symbol(name), to: Function.self)
        }
        easyInit = try find("curl_easy_init")
        easyCleanup = try find("curl_easy_cleanup")
        easyReset = try find("curl_easy_reset")
        easyError = try find("curl_easy_strerror")
        listAppend = try find("curl_slist_append")
        listFree = try find("curl_slist_free_all")
        multiInit = try find("curl_multi_init")
        multiCleanup = try find("curl_multi_cleanup")
        multiAdd = try find("curl_multi_add_handle")
        multiRemove = try find("curl_multi_remove_handle")
        multiPerform = try find("curl_multi_perform")
        multiPoll = try find("curl_multi_poll")
        multiWakeup = try find("curl_multi_wakeup")
        multiInfoRead = try find("curl_multi_info_read")
        easySetOption = try symbol("curl_easy_setopt")
        multiSetOption = try symbol("curl_multi_setopt")
        let begin: @convention(c) (Int) -> Int32 = try find("curl_global_init")
        // CURL_GLOBAL_DEFAULT: with TLS.
        guard begin(3) == 0 else { throw CurlMissing(description: "libcurl can't be initialised.") }
    }

    /// Sets an option that is a number.
    ///
    /// - Returns: whether the library knows it.
    @discardableResult
    func set(_ option: CurlOption, _ value: Int, on handle: Handle) -> Bool {
        clinux_call_long(easySetOption, handle, option.rawValue, value) == 0
    }

    /// Sets an option that is a pointer: memory, a function or a text.
    @discardableResult
    func set(_ option: CurlOption, _ value: UnsafeMutableRawPointer?, on handle: Handle) -> Bool {
        clinux_call_pointer(easySetOption, handle, option.rawValue, value) == 0
    }

    /// Sets an option that is a text; the library copies it.
    @discardableResult
    func set(_ option: CurlOption, _ value: String, on handle: Handle) -> Bool {
        value.withCString { set(option, UnsafeMutableRawPointer(mutating: $0), on: handle) }
    }

    /// Sets the body of a POST, whose size has been set; the library copies it.
    func setBody(_ body: UnsafeRawBufferPointer, on handle: Handle) {
        // An empty buffer may have no address, and without one the library would read a body from a callback.
        guard let address = body.baseAddress else {
            set(.copyPostFields, "", on: handle)
            return
        }
        set(.copyPostFields, UnsafeMutableRawPointer(mutating: address), on: handle)
    }

    /// Sets how many connections a set of transfers leaves open.
    func setConnections(_ count: Int, on handle: Handle) {
        _ = clinux_call_long(multiSetOption, handle, 6, count)
    }

    /// The fault of a transfer, as a phrase.
    func explanation(_ code: Int32) -> String {
        easyError(code).map { String(cString: $0) } ?? "error \(code)"
    }
}

/// The system has no libcurl that can be used.
public struct CurlMissing: Error, Equatable, Sendable, CustomStringConvertible {
    /// One sentence for the operator.
    public let description: String
}

/// The options of a transfer, by the library's numbers.
enum CurlOption: Int32 {
    case writeData = 10_001
    case url = 10_002
    case proxy = 10_004
    case userAgent = 10_018
    case httpHeader = 10_023
    case headerData = 10_029
    case openSocketData = 10_164
    case copyPostFields = 10_165
    case protocols = 10_318
    case writeFunction = 20_011
    case headerFunction = 20_079
    case openSocketFunction = 20_163
    case post = 47
    case followLocation = 52
    case postFieldSize = 60
    case httpVersion = 84
    case noSignal = 99
    case timeoutMilliseconds = 155
    case connectTimeoutMilliseconds = 156
}
