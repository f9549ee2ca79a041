// Figure 5: from starting the program to its first answer.

/// How long until a fresh process has answered a request that reads a row.
struct StartFigure: Figure {
    let number = 5
    let title = "start to first answer"

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let data = try place.copy(of: seed)
        // The token outlives its server: tokens are signed, and the key stays in the folder.
        let first = try ServerProcess(place.executable, data: data)
        let request = Requests.one("GET", "/users/\(Seed.name(5000))", token: try seed.token(from: first))
        try first.stop()

        var times = Series()
        for _ in 0..<place.count(10, quick: 3) {
            let start = Clock.nanoseconds()
            let server = try ServerProcess(place.executable, data: data)
            var connection = try server.connect()
            _ = try connection.exchangeOK(request)
            times.append(Clock.seconds(since: start) * 1000)
            try server.stop()
        }
        return [Row("5. start to first GET of a user", ours: times, unit: .milliseconds, bar: .atMost(150))]
    }
}
