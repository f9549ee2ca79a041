// Folders that are made for a measurement: made, copied, removed.

import CLinux
import Glibc

/// Operations on folders, by path.
enum Folder {
    /// A fresh folder inside another one.
    static func make(in parent: String, prefix: String) throws -> String {
        var template = "\(parent)/\(prefix)-XXXXXX".utf8CString.map { $0 }
        guard mkdtemp(&template) != nil else { throw BenchmarkError.last("mkdtemp in \(parent)") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Copies the plain files of a folder into another one.
    static func copyFiles(of folder: String, to target: String) throws {
        for name in names(in: folder) where kind(of: "\(folder)/\(name)") == S_IFREG {
            try copyFile("\(folder)/\(name)", to: "\(target)/\(name)")
        }
    }

    private static func copyFile(_ path: String, to target: String) throws {
        let source = clinux_open(path, O_RDONLY | O_CLOEXEC, 0)
        guard source >= 0 else { throw BenchmarkError.last("open \(path)") }
        defer { close(source) }
        let copy = clinux_open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard copy >= 0 else { throw BenchmarkError.last("open \(target)") }
        defer { close(copy) }
        while true {
            let count = sendfile(copy, source, nil, 1 << 30)
            guard count >= 0 else { throw BenchmarkError.last("copy \(path)") }
            if count == 0 { return }
        }
    }

    /// Removes a folder with all that is in it, as far as that can be done.
    static func remove(_ folder: String) {
        for name in names(in: folder) {
            let path = "\(folder)/\(name)"
            if kind(of: path) == S_IFDIR { remove(path) } else { unlink(path) }
        }
        rmdir(folder)
    }

    private static func kind(of path: String) -> mode_t {
        var facts = stat()
        return lstat(path, &facts) == 0 ? facts.st_mode & S_IFMT : 0
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
