// Figure 2: registering users beside hashing their passwords and nothing else.

import Crypto
import Glibc

/// Users registered one by one over 64 connections at the cheapest password hash, beside bare `crypt_r` at that cost on
/// all processors: what is missing from 1 is the price of all else, the load client included.
struct RegistrationFigure: Figure {
    let number = 2
    let title = "register users ÷ bare crypt_r"

    private static let password = "correct horse battery"

    func measure(in place: Workplace) throws -> [Row] {
        let cost = PasswordCost.fastest
        let seed = try place.seed(users: 10_000)
        let server = try place.server(on: seed, flags: ["--password-cost", String(cost.value)])
        let token = try seed.token(from: server)
        let client = try LoadClient(port: server.port, connections: 64)
        let seconds = place.isQuick ? 1.0 : 2.5
        var next = 0

        let rates = try Series.interleaved(
            rounds: place.count(7, quick: 2),
            [
                {
                    let run = try client.run(next..<(next + 1_000_000), seconds: seconds) { number, bytes in
                        bytes += Requests.one(
                            "POST",
                            "/users",
                            token: token,
                            body: Array(#"{"username":"new\#(number)","password":"\#(Self.password)"}"#.utf8)
                        )
                    }
                    next += run.replies
                    return Double(run.replies) / run.seconds
                },
                { try CryptYardstick.hashesPerSecond(seconds: seconds, password: Self.password, cost: cost) },
            ]
        )
        try server.stop()
        return [
            Row(
                "2. register, 64 connections, cost \(cost.value) ÷ crypt_r on all processors",
                ours: rates[0],
                yardstick: rates[1],
                unit: .perSecond,
                bar: .atLeast(0.85)
            )
        ]
    }
}
