// The repository of session generations: how the sessions of one platform end while those of others live on.

/// Reads session generations of the caller's application.
public protocol SessionReader {
    /// How often the user's sessions on a platform were ended; 0 where never. One look-up.
    func sessionGeneration(of id: UserID, platform: Int) throws(Failure) -> Int
}

/// Ends sessions.
public protocol SessionWriter: SessionReader {
    /// Raises the generation, which ends every session of the user on the platform.
    func raiseSessionGeneration(of id: UserID, platform: Int) throws(Failure)
}
