// Figure 18: requests beside a log that nobody reads.

import Glibc

/// The longest of many GETs of a user, one after the other, while standard error is a full pipe.
struct LogReaderFigure: Figure {
    let number = 18
    let title = "GET user beside a log that nobody reads"

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let data = try place.copy(of: seed)
        // The server's standard error is this file; held open at both ends and never read, it is full after 64 KiB.
        let pipe = data + ".log"
        guard mkfifo(pipe, 0o600) == 0 else { throw BenchmarkError.last("mkfifo") }
        let ends = open(pipe, O_RDWR | O_CLOEXEC)
        guard ends >= 0 else { throw BenchmarkError.last(pipe) }
        defer { close(ends) }

        let server = try ServerProcess(place.executable, data: data, flags: ["--loops", "1"])
        let request = Requests.one("GET", "/users/\(Seed.name(5000))", token: try seed.token(from: server))
        var connection = try server.connect()
        for _ in 0..<2000 { _ = try connection.exchangeOK(request) }
        var longest = Series()
        for _ in 0..<place.count(5, quick: 2) {
            var worst = 0.0
            for _ in 0..<place.count(10_000, quick: 2000) {
                let start = Clock.nanoseconds()
                _ = try connection.exchangeOK(request)
                worst = max(worst, Clock.seconds(since: start) * 1000)
            }
            longest.append(worst)
        }
        try server.stop()
        return [
            Row(
                "18. longest of 10 000 GETs of a user while nobody reads the log",
                ours: longest,
                unit: .milliseconds,
                bar: .atMost(5)
            )
        ]
    }
}
