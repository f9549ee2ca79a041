// The delivery of webhooks, as handlers see it.

/// The delivery of webhooks, as handlers see it.
public protocol WebhookService: Sendable {
    /// The networks in which endpoints may be.
    var networks: WebhookNetworks { get }
    /// Why nothing can be delivered by this server, one sentence; nil where it can.
    var obstacle: String? { get }
    /// Sends a ping that isn't queued, and calls the completion with what came back.
    ///
    /// - Parameter application: `org#app`.
    /// - Returns: false where the server stops; then the completion isn't called.
    func ping(
        _ webhook: Webhook,
        of application: String,
        id: String,
        completion: @escaping @Sendable (PingAnswer) -> Void
    ) -> Bool
}

/// The answer of an endpoint.
public struct PingAnswer: Equatable, Sendable {
    /// The status; nil where none came.
    public let status: Int?
    /// The beginning of the body as text.
    public let body: String
    /// Why there is no status.
    public let error: String?
    /// How long it took.
    public let durationMilliseconds: Int

    /// Memberwise.
    public init(status: Int?, body: String, error: String?, durationMilliseconds: Int) {
        self.status = status
        self.body = body
        self.error = error
        self.durationMilliseconds = durationMilliseconds
    }
}

/// In the place of a delivery that isn't there.
public struct NoWebhooks: WebhookService {
    /// Nothing is delivered.
    public init() {}
    /// Public addresses only.
    public var networks: WebhookNetworks { WebhookNetworks() }
    /// There is no delivery.
    public var obstacle: String? { "This server delivers no webhooks." }
    /// Doesn't send.
    public func ping(
        _ webhook: Webhook,
        of application: String,
        id: String,
        completion: @escaping @Sendable (PingAnswer) -> Void
    ) -> Bool { false }
}
