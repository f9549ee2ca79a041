// The latency of two pages of one list, asked for in turns.

/// A page far into a list, and its first page.
struct Paging {
    private let first: [UInt8]
    private let deep: [UInt8]

    /// The pages at these paths.
    init(first: String, deep: String, token: String) {
        self.first = Requests.one("GET", first, token: token)
        self.deep = Requests.one("GET", deep, token: token)
    }

    /// Requests alternate on one connection; a round is the median of each kind.
    ///
    /// - Parameters:
    ///   - checkFirst: throws when the first page isn't what it should be.
    ///   - checkDeep: the same for the other one.
    func measure(
        _ figure: String,
        on server: ServerProcess,
        in place: Workplace,
        _ checkFirst: (HTTPConnection.Reply) throws -> Void,
        _ checkDeep: (HTTPConnection.Reply) throws -> Void
    ) throws -> Row {
        var connection = try server.connect()
        try checkFirst(try connection.exchangeOK(first))
        try checkDeep(try connection.exchangeOK(deep))
        var series = (deep: Series(), first: Series())
        for _ in 0..<place.count(9, quick: 3) {
            var round = (deep: Series(), first: Series())
            for _ in 0..<place.count(200, quick: 50) {
                round.first.append(try Clock.seconds { _ = try connection.exchangeOK(first) })
                round.deep.append(try Clock.seconds { _ = try connection.exchangeOK(deep) })
            }
            series.first.append(round.first.median * 1e6)
            series.deep.append(round.deep.median * 1e6)
        }
        return Row(
            figure,
            ours: series.deep,
            yardstick: series.first,
            unit: .microseconds,
            bar: .atMost(1.2)
        )
    }
}
