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
            try store.write(app) { (writer) throws(Failure) in try writer.setEmail(address, of: ann.id) }
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
                    try writer.setEmail(address, of: users[0])
                    try writer.setEmail(address, of: users[0])
                }
                try expect(.conflict(.email, id: "x@example.org")) {
                    try store.write(app) { (writer) throws(Failure) in
                        try writer.setEmail(address, of: users[1])
                    }
                }
                try store.write(app) { (writer) throws(Failure) in
                    try writer.setEmail(next, of: users[0])
                    try writer.setEmail(address, of: users[1])
                }
                let found = try store.read(app) { (reader) throws(Failure) in
                    try reader.user(withEmail: address)?.id
                }
                try expect(found, is: users[1])
            }
        },
    ]
}
