// A fresh folder for one test, removed with everything in it.

import Foundation

/// A folder of its own under the system's temporary folder; gone when the value is.
public final class TemporaryFolder: Sendable {
    /// Its absolute path, short enough for a Unix socket inside.
    public let path: String

    /// Makes the folder, mode 0700.
    public init() throws {
        var template = Array("/tmp/parley-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ChildProcess.StartFailure(
                description: "no temporary folder: \(String(cString: strerror(errno)))"
            )
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { remove() }

    /// Removes it now.
    ///
    /// `PARLEY_KEEP_DATA` in the environment keeps every folder for a look afterwards.
    public func remove() {
        if ProcessInfo.processInfo.environment["PARLEY_KEEP_DATA"] == nil {
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
