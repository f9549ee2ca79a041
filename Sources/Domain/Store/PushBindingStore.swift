// The repository of devices that are bound to push services.

/// A device of a user, and the token by which a push service reaches it.
public struct PushBinding: Equatable, Sendable {
    /// The device as its client names it, 1–256 characters.
    public let device: String
    /// The push service's token of the device.
    public let token: String
    /// The name of the push service's certificate.
    public let notifier: String

    /// Memberwise.
    public init(device: String, token: String, notifier: String) {
        self.device = device
        self.token = token
        self.notifier = notifier
    }
}

/// Reads bindings of devices.
public protocol PushBindingReader {
    /// A user's bindings by device. Costs a row each, bounded by how many a user may have.
    func pushBindings(of user: UserID) throws(Failure) -> [PushBinding]
}

/// Changes bindings of devices.
public protocol PushBindingWriter: PushBindingReader {
    /// Adds a binding, or replaces the device's; nothing happens to a user who doesn't exist.
    func setPushBinding(_ binding: PushBinding, of user: UserID) throws(Failure)
    /// Removes a device's binding, if there is one.
    func deletePushBinding(of device: String, of user: UserID) throws(Failure)
}
