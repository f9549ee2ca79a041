// A multipart body with one file in it.

/// `multipart/form-data` as a browser sends it.
public enum MultipartForm {
    /// The Content-Type of the bodies made here.
    public static let contentType = "multipart/form-data; boundary=b"

    /// A body with one file.
    public static func file(_ data: [UInt8], name: String = "a.txt", type: String = "text/plain") -> [UInt8] {
        let disposition = "form-data; name=\"file\"; filename=\"\(name)\""
        let head = "--b\r\nContent-Disposition: \(disposition)\r\nContent-Type: \(type)\r\n\r\n"
        return Array(head.utf8) + data + Array("\r\n--b--\r\n".utf8)
    }
}
