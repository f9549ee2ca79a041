// Figure 1: reading a user by name beside nginx answering the same bytes from memory.

import Glibc

/// GET of a user with a bearer token, one event loop, 32 connections, the 10 000 users in turn.
///
/// The bar is for the default settings, with an access log line for each request, beside an nginx that writes none; the
/// rows where both write a log, or neither does, are for comparison. Processor time is told beside the rate: other work on the machine takes from
/// the rate, and hardly from that.
struct UserLookupFigure: Figure {
    let number = 1
    let title = "GET user ÷ nginx return 200"

    func measure(in place: Workplace) throws -> [Row] {
        let name = "1. GET user, 32 connections, one loop ÷ nginx return 200"
        let seed = try place.seed(users: 10_000)
        let logging = try place.server(on: seed, flags: ["--loops", "1"])
        let silent = try place.server(on: seed, flags: ["--loops", "1", "--access-log", "off"])
        let token = try seed.token(from: logging)
        var connection = try logging.connect()
        let request = Requests.one("GET", "/users/\(Seed.name(seed.users))", token: token)
        let body = try connection.exchangeOK(request).body

        guard let load = try WrkLoad(seed, token: token, seconds: place.count(3, quick: 1), in: place) else {
            return [Row(name, absent: "wrk is not installed (apt-get install wrk)", isFailure: false)]
        }
        guard let nginx = try NginxYardstick(body: body, in: place),
            let loggingNginx = try NginxYardstick(body: body, logs: true, in: place)
        else {
            return [
                Row(name, absent: "nginx is not installed (apt-get install nginx-light)", isFailure: false)
            ]
        }
        var costs = [Series(), Series(), Series(), Series()]
        let targets = [
            (logging.port, logging.processID), (nginx.port, nginx.processID), (silent.port, silent.processID),
            (loggingNginx.port, loggingNginx.processID),
        ]
        let rates = try Series.interleaved(
            rounds: place.count(5, quick: 2),
            targets.enumerated().map { index, target in
                {
                    let before = try ProcessFacts.processorSeconds(target.1)
                    let run = try load.run(port: target.0)
                    let processorSeconds = try ProcessFacts.processorSeconds(target.1) - before
                    costs[index].append(processorSeconds / Double(run.requests) * 1e6)
                    return Double(run.requests) / run.seconds
                }
            }
        )
        try logging.stop()
        try silent.stop()
        return [
            Row(name, ours: rates[0], yardstick: rates[1], unit: .perSecond, bar: .atLeast(0.70)),
            Row(
                "1. … processor time a request",
                ours: costs[0],
                yardstick: costs[1],
                unit: .microseconds,
                bar: nil
            ),
            Row(
                "1. … ÷ the same with --access-log off",
                ours: rates[0],
                yardstick: rates[2],
                unit: .perSecond,
                bar: .atLeast(0.92)
            ),
            Row("1. … both with a log", ours: rates[0], yardstick: rates[3], unit: .perSecond, bar: nil),
            Row(
                "1. … with --access-log off",
                ours: rates[2],
                yardstick: rates[1],
                unit: .perSecond,
                bar: nil
            ),
            Row(
                "1. … processor time a request",
                ours: costs[2],
                yardstick: costs[1],
                unit: .microseconds,
                bar: nil
            ),
        ]
    }
}
