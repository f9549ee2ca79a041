// The contract of the repository of e-mail addresses.

import Domain

extension Contract {
    static let emails: [ContractCase] = [
        ContractCase(
            promise: "An address finds its user in any case, is kept as given, and goes with the user"
        ) {
            store in
            let app = try store.makeApplication().id
            let ann = try store.register("ann", in: app)
            let address = try require(EmailAddress("Ann.Lee@Example.org"))
            try store.write(app) { (writer) throws(Failure) in
                try writer.setEmail(address, of: ann.id, isVerified: true)
            }
            let other = try require(EmailAddress("ann.lee@EXAMPLE.ORG"))
            let found = try store.read(app) { (reader) throws(Failure) in
                (try reader.user(withEmail: other)?.id, try reader.email(of: ann.id)?.text)
            }
            try expect(found.0, is: ann.id)
            try expect(found.1, is: "Ann.Lee@Example.org")
            try store.write(app) { (writer) throws(Failure) in try writer.delete(ann.id) }
            try expect(
                try store.read(app) { (reader) throws(Failure) in try reader.user(withEmail: other)?.id },
                is: nil
            )
        },
        ContractCase(promise: "An address is one user's in its application, and a user has one") { store in
            let apps = try ["a", "b"].map { try store.makeApplication($0).id }
            let address = try require(EmailAddress("x@example.org"))
            let next = try require(EmailAddress("y@example.org"))
            for app in apps {
                let users = try store.register(["ann", "bob"], in: app).map(\.id)
                try store.write(app) { (writer) throws(Failure) in
                    try writer.setEmail(address, of: users[0], isVerified: true)
                    try writer.setEmail(address, of: users[0], isVerified: true)
                }
                try expect(.conflict(.email, id: "x@example.org")) {
                    try store.write(app) { (writer) throws(Failure) in
                        try writer.setEmail(address, of: users[1], isVerified: true)
                    }
                }
                try store.write(app) { (writer) throws(Failure) in
                    try writer.setEmail(next, of: users[0], isVerified: true)
                    try writer.setEmail(address, of: users[1], isVerified: true)
                }
                let found = try store.read(app) { (reader) throws(Failure) in
                    try reader.user(withEmail: address)?.id
                }
                try expect(found, is: users[1])
            }
        },
        ContractCase(promise: "A proof is kept until it is given, and goes with the address it is of") {
            store in
            let app = try store.makeApplication().id
            let users = try store.register(["ann", "bob"], in: app).map(\.id)
            let addresses = try ["x@example.org", "y@example.org"].map { try require(EmailAddress($0)) }
            let first = EmailVerification(user: users[0], secretHash: [1], sent: start)
            let second = EmailVerification(user: users[0], secretHash: [2], sent: later(1))
            let found = try store.write(app) { (writer) throws(Failure) in
                try writer.setEmail(addresses[0], of: users[0], isVerified: false)
                // Without an address there is nothing to prove.
                try writer.setVerification(EmailVerification(user: users[1], secretHash: [3], sent: start))
                try writer.setVerification(first)
                try writer.setVerification(second)
                return [
                    try writer.verification(of: users[0]), try writer.verification(of: users[1]),
                ]
            }
            try expect(found, is: [second, nil])
            let proven = try store.write(app) { (writer) throws(Failure) in
                let before = [
                    try writer.isEmailVerified(of: users[0]), try writer.isEmailVerified(of: users[1]),
                ]
                try writer.confirmEmail(of: users[0])
                let after = [
                    try writer.isEmailVerified(of: users[0]), try writer.verification(of: users[0]) == nil,
                ]
                try writer.setEmail(addresses[1], of: users[0], isVerified: false)
                try writer.setVerification(first)
                try writer.setEmail(addresses[0], of: users[0], isVerified: true)
                return before + after + [
                    try writer.isEmailVerified(of: users[0]), try writer.verification(of: users[0]) == nil,
                ]
            }
            try expect(proven, is: [false, nil, true, true, true, true])
        },
        ContractCase(
            promise: "A link proves an address once, for five minutes, and a mail is sent once a minute"
        ) {
            store in
            let application = try store.makeApplication()
            let ann = try store.register("ann", in: application.id)
            let address = try require(EmailAddress("x@example.org"))
            let token = VerificationRules.token(of: ann, secret: "secret")
            try store.write(application.id) { (writer) throws(Failure) in
                try writer.setEmail(address, of: ann.id, isVerified: false)
                try writer.setVerification(
                    EmailVerification(user: ann.id, secretHash: Array("secret".utf8), sent: start)
                )
            }
            func confirm(_ token: String, _ now: Timestamp) throws(Failure) {
                try store.write(application.id) { (writer) throws(Failure) in
                    try VerificationRules.confirm(token, at: now, in: writer, with: PlainSecrets())
                }
            }
            let refused = Failure.invalid(field: "token", .illegal(value: ""))
            for wrong in ["", "-", "secret", "\(ann.id.rawValue)-", "\(ann.id.rawValue)-x", "4711-secret"] {
                try expect(refused) { try confirm(wrong, start) }
            }
            try expect(refused) { try confirm(token, later(300)) }
            try confirm(token, later(299))
            try expect(store.announced.last?.event, is: .emailVerified(ann.id))
            try expect(refused) { try confirm(token, later(299)) }
            let nothing = try store.write(application.id) { (writer) throws(Failure) in
                try VerificationRules.begin(ann, secretHash: [1], at: later(300), in: writer)
            }
            try expect(nothing, is: nil)
        },
        ContractCase(
            promise:
                "What a link is held against is kept before its mail, once a minute, and taken back with a mail that fails"
        ) { store in
            let application = try store.makeApplication()
            let ann = try store.register("ann", in: application.id)
            let address = try require(EmailAddress("x@example.org"))
            func begin(_ hash: [UInt8], _ now: Timestamp) throws(Failure) -> BegunVerification? {
                try store.write(application.id) { (writer) throws(Failure) in
                    try VerificationRules.begin(ann, secretHash: hash, at: now, in: writer)
                }
            }
            func withdraw(_ begun: BegunVerification) throws(Failure) {
                try store.write(application.id) { (writer) throws(Failure) in
                    try VerificationRules.withdraw(begun, in: writer)
                }
            }
            func kept() throws -> [UInt8]? {
                try store.read(application.id) { (reader) throws(Failure) in
                    try reader.verification(of: ann.id)?.secretHash
                }
            }
            // Without an address there is nothing to prove.
            try expect(try begin([0], start), is: nil)
            try store.write(application.id) { (writer) throws(Failure) in
                try writer.setEmail(address, of: ann.id, isVerified: false)
            }
            let first = try require(try begin([1], start))
            try expect(first.address, is: address)
            try expect(try kept(), is: [1])
            try expect(.throttled(retryAfterSeconds: 2)) { _ = try begin([2], later(59)) }
            try expect(try kept(), is: [1])
            // The first mail fails: the user may ask again at once.
            try withdraw(first)
            try expect(try kept(), is: nil)
            let second = try require(try begin([3], later(1)))
            // A later one fails: the link of the one before is still good.
            let third = try require(try begin([4], later(61)))
            try withdraw(third)
            try expect(try kept(), is: [3])
            // A repeated request isn't taken back.
            let fourth = try require(try begin([5], later(61)))
            try withdraw(second)
            try expect(try kept(), is: [5])
            // Nor is a proof.
            try store.write(application.id) { (writer) throws(Failure) in try writer.confirmEmail(of: ann.id)
            }
            try withdraw(fourth)
            try expect(try kept(), is: nil)
        },
    ]
}
