// Reading files that may be empty: logs of programs that said nothing.

import Foundation

extension Data {
    /// All bytes of a file.
    ///
    /// `Data(contentsOf:)` leaks a page for each empty file (Foundation of Swift 6.3.1), which the leak sanitizer reports.
    package init(wholeFile path: String) throws {
        self = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data()
    }
}

extension String {
    /// All of a file of text; empty where there is no file.
    init(wholeFile path: String) {
        self = (try? Data(wholeFile: path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
