// Figure 7: sending texts to users beside raw inserts of the same rows.

import Domain

/// Texts from one user to another over 64 connections, beside one loop that writes the same rows with 32 messages a
/// commit.
///
/// Both sides start from a copy of the same folder, in which 5000 pairs of users have each a conversation of one message,
/// and write the same texts in the same order. The raw side writes all that a send leaves on the disk: the message (with its
/// index by conversation), its text in the full-text index, the conversation's counters, the sender's position. It
/// looks nothing up: no user, no block list, no mute, no conversation by its name. A further row, without a bar, leaves the
/// full-text index out of the raw side, which costs it more than all the rest.
struct MessageFigure: Figure {
    let number = 7
    let title = "send a text to a user ÷ raw SQLite inserts"

    private static let messagesPerCommit = 32
    private static let pairs = 5000

    func measure(in place: Workplace) throws -> [Row] {
        let seed = try place.seed(users: 10_000)
        let data = try place.copy(of: seed)
        try seed.fill(data, 0..<Self.pairs) { (number, store) throws(Failure) in
            let (sender, receiver) = Self.pair(number)
            try Self.send("hello", from: sender, to: receiver, in: store)
        }
        let raws = try [true, false].map { indexesTexts in
            let folder = try place.freshFolder("raw")
            try Folder.copyFiles(of: data, to: folder)
            return try RawMessages(
                folder,
                of: seed.applicationID,
                firstID: MessageID.first(at: Seed.moment.adding(seconds: 1)),
                indexesTexts: indexesTexts
            )
        }
        let server = try ServerProcess(place.executable, data: data)
        let token = try seed.token(from: server)
        let client = try LoadClient(port: server.port, connections: 64)
        let count = place.count(20_000, quick: 4000)
        var (done, next) = (0, 0)

        let rates = try Series.interleaved(
            rounds: place.count(7, quick: 2),
            [
                {
                    done = next
                    let run = try client.run(next..<(next + count), seconds: 5) { number, bytes in
                        let (sender, receiver) = Self.pair(number)
                        bytes += Requests.one(
                            "POST",
                            "/messages",
                            token: token,
                            body: Requests.message(
                                Self.text(number),
                                from: Seed.name(sender),
                                to: Seed.name(receiver),
                                "users"
                            )
                        )
                    }
                    next += run.replies
                    return Double(run.replies) / run.seconds
                },
                { try Self.rate(of: raws[0], done..<next) },
                { try Self.rate(of: raws[1], done..<next) },
            ]
        )
        try server.stop()
        return [
            Row(
                "7. send a text to a user, 64 connections ÷ raw SQLite, \(Self.messagesPerCommit) a commit, FULL",
                ours: rates[0],
                yardstick: rates[1],
                unit: .perSecond,
                bar: .atLeast(0.25)
            ),
            Row(
                "7. … ÷ the same without the full-text index",
                ours: rates[0],
                yardstick: rates[2],
                unit: .perSecond,
                bar: nil
            ),
        ]
    }

    private static func rate(of raw: RawMessages, _ numbers: Range<Int>) throws -> Double {
        try raw.rate(of: numbers, perCommit: messagesPerCommit) { number in
            let (sender, _) = pair(number)
            return RawMessages.Row(
                conversation: Int64(pairNumber(number) + 1),
                sequence: Int64(2 + number / pairs),
                sender: sender,
                text: text(number)
            )
        }
    }

    /// A lap visits each pair once, in no order of the file: 7919 is a prime that doesn't divide their number.
    private static func pairNumber(_ number: Int) -> Int { number % pairs * 7919 % pairs }

    private static func pair(_ number: Int) -> (sender: Int, receiver: Int) {
        let pair = pairNumber(number)
        return (2 * pair + 1, 2 * pair + 2)
    }

    private static func text(_ number: Int) -> String {
        "message \(number): see you at the station at six"
    }

    /// Sends as a user does, through the rules.
    static func send(_ text: String, from sender: Int, to receiver: Int, in store: any Writer) throws(Failure)
    {
        let outcome = try MessageRules.send(
            MessageDraft(MessageContent(kind: .text, text: text)),
            from: try MessageRules.sender(Seed.name(sender), for: .single, at: Seed.moment, in: store),
            toUser: Seed.name(receiver),
            at: Seed.moment,
            in: store
        )
        guard case .sent = outcome else { throw .notFound(.user, id: Seed.name(receiver)) }
    }
}

extension Requests {
    /// The body of a text message to one target.
    static func message(_ text: String, from sender: String, to target: String, _ kind: StaticString)
        -> [UInt8]
    {
        Array(
            #"{"target_type":"\#(kind)","target":["\#(target)"],"msg":{"type":"txt","msg":"\#(text)"},"from":"\#(sender)"}"#
                .utf8
        )
    }
}
