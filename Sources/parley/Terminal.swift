// Standard output and standard error: whole texts, written at once.

import Glibc

enum Terminal {
    /// Writes a text and a line end to standard output, without a buffer: whoever reads a pipe sees it now.
    static func say(_ text: String) { write(Array((text + "\n").utf8), to: STDOUT_FILENO) }

    /// Writes one sentence to standard error.
    ///
    /// - Returns: the exit code given, for the caller to return.
    static func complain(_ sentence: String, code: Int32) -> Int32 {
        write(Array("parley: \(sentence)\n".utf8), to: STDERR_FILENO)
        return code
    }

    /// Writes all bytes; gives up in silence when nobody reads any more.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Rows in columns as wide as their widest cell, two spaces apart.
    static func table(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[column] - cell.count + 2)
            }.joined()
        }.joined(separator: "\n")
    }

    /// A line of standard input without its end; nil when there is none.
    static func readSecretLine() -> String? { readLine(strippingNewline: true) }
}
