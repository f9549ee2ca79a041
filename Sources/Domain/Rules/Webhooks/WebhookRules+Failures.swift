// Deliveries that were given up, by periods of ten minutes, and how all of a period are tried again.

/// Ten minutes, as `YYYYMMDDHHmm` in UTC names them.
public struct FailedPeriod: Hashable, Sendable {
    /// The number of the period since 1970.
    private let number: Int64

    private static let milliseconds: Int64 = 600_000

    /// The period that a moment is in.
    public init(containing moment: Timestamp) { number = moment.milliseconds / Self.milliseconds }

    /// Reads twelve digits; nil for another text, and for a time that isn't in the calendar or begins no period.
    public init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 12, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        let time = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):00Z"
        guard let milliseconds = InternetTime.milliseconds(time), milliseconds % Self.milliseconds == 0 else {
            return nil
        }
        number = milliseconds / Self.milliseconds
    }

    /// Its name.
    public var text: String {
        let time = Timestamp(milliseconds: number * Self.milliseconds).internetText
        return String(time.filter(\.isNumber).prefix(12))
    }
}

/// The deliveries that have failed in one period.
public struct PeriodFailures: Sendable {
    /// When the events were recorded.
    public let period: FailedPeriod
    /// Deliveries.
    public internal(set) var count = 0
    /// Attempts by hand that one of them has had, at most.
    public internal(set) var retries = 0
}

extension WebhookRules {
    /// Failed deliveries that are looked at, an endpoint: the newest.
    public static let maximumFailures = 10_000

    /// All endpoints of an application, by key; few rows.
    public static func all(in store: any Reader) throws(Failure) -> [Webhook] {
        try store.webhooks(after: nil, limit: maximumEndpoints)
    }

    /// The failed deliveries to endpoints of a form, by period, the newest first.
    ///
    /// Costs a row for each.
    public static func failures(in format: WebhookFormat, _ store: any Reader) throws(Failure)
        -> [PeriodFailures]
    {
        var periods: [FailedPeriod: PeriodFailures] = [:]
        for webhook in try all(in: store) where webhook.format == format {
            for delivery in try failures(at: webhook, store) {
                let period = FailedPeriod(containing: delivery.created)
                var failures = periods[period] ?? PeriodFailures(period: period)
                failures.count += 1
                failures.retries = max(failures.retries, delivery.attempts - 1 - retrySeconds.count)
                periods[period] = failures
            }
        }
        return periods.values.sorted { $0.period.text > $1.period.text }
    }

    /// Tries again what has failed in a period.
    ///
    /// - Parameter url: the address of the endpoints that are meant; nil for all.
    /// - Throws: `.invalid("url", …)` where no endpoint of the form has it, `.notFound(.delivery, …)` where nothing has failed.
    public static func retryFailed(
        in period: FailedPeriod,
        _ format: WebhookFormat,
        url: String?,
        _ store: any Writer
    ) throws(Failure) {
        let webhooks = try all(in: store).filter { $0.format == format && (url == nil || $0.url == url) }
        guard !webhooks.isEmpty || url == nil else {
            throw .invalid(field: "url", .refused("must be the address of a rule"))
        }
        var isFound = false
        for webhook in webhooks where webhook.isActive {
            for delivery in try failures(at: webhook, store)
            where FailedPeriod(containing: delivery.created) == period {
                _ = try retry(delivery, to: webhook, in: store)
                isFound = true
            }
        }
        guard isFound else { throw .notFound(.delivery, id: period.text) }
    }

    private static func failures(at webhook: Webhook, _ store: any Reader) throws(Failure)
        -> [WebhookDelivery]
    {
        var failures: [WebhookDelivery] = []
        while failures.count < maximumFailures {
            let page = try store.deliveries(
                to: webhook.id,
                in: [.failed],
                before: failures.last?.id,
                limit: 500
            )
            failures += page
            if page.count < 500 { break }
        }
        return failures
    }
}
