// Bringing a server's folder back, before there is a server.

extension Server {
    /// Lays the newest whole backup of a folder, or the one that the folder is, into an empty data folder.
    ///
    /// - Throws: one sentence for the operator; where it is about the backup or the folder, nothing has been laid.
    public static func restore(_ folder: String, to data: String) throws(BackupRefusal) -> Restoration.Report
    {
        try Restoration.restore(folder, to: data, known: StoreOpening.newestSchema)
    }
}
