// The contract of the audit: a row with each change that has an authority behind it, and with no other.

import Domain

extension Contract {
    private static func origin(
        _ actor: Actor? = Actor(label: "client:a", name: "mailer"),
        route: String = "updateUser",
        target: String? = "path",
        reason: String? = nil,
        after seconds: Int64 = 0,
        application: ApplicationID? = nil,
        isReading: Bool = false,
        isRefused: Bool = false
    ) -> Origin {
        Origin(
            caller: .operator,
            route: route,
            requestID: "r1",
            peer: "192.0.2.1",
            actor: actor,
            time: later(seconds),
            target: target,
            reason: reason,
            application: application,
            isReading: isReading,
            isRefused: isRefused
        )
    }

    private static func rows(
        _ store: some Store,
        _ application: ApplicationID,
        _ filter: AuditFilter = AuditFilter(),
        before id: Int64? = nil,
        limit: Int = 100
    ) throws -> [AuditRecord] {
        try store.read(application) { (reader) throws(Failure) in
            try reader.audit(filter, before: id, limit: limit)
        }
    }

    static let audit: [ContractCase] = [
        ContractCase(promise: "A change leaves a row with its caller, its target and its reason") { store in
            let application = try store.makeApplication()
            let other = try store.makeApplication("b")
            try store.register("ann", in: application.id)
            let act = origin(reason: "spam", after: 3)
            try store.write(application.id, by: act) { (writer) throws(Failure) in
                _ = try UserRules.update("ann", at: start, in: writer) { $0.nickname = "x" }
            }
            let expected = AuditRecord(
                id: 1,
                time: later(3),
                actor: Actor(label: "client:a", name: "mailer"),
                address: "192.0.2.1",
                requestID: "r1",
                route: "updateUser",
                target: "ann",
                outcome: .ok,
                reason: "spam"
            )
            try expect(try rows(store, application.id), is: [expected])
            try expect(try rows(store, other.id), is: [])
        },
        ContractCase(promise: "A change that fails, a user's own and the server's own leave no row") {
            store in
            let application = try store.makeApplication()
            let user = try store.register("ann", in: application.id)
            try expect(.notFound(.user, id: "bob")) {
                try store.write(application.id, by: origin()) { (writer) throws(Failure) in
                    try UserRules.update("bob", at: start, in: writer) { $0.nickname = "x" }
                }
            }
            for act in [Origin(server: "test"), origin(nil), Origin(server: "test", for: .user(user))] {
                try store.write(application.id, by: act) { (writer) throws(Failure) in
                    _ = try UserRules.update("ann", at: start, in: writer) { $0.nickname = "x" }
                }
            }
            try expect(try rows(store, application.id), is: [])
        },
        ContractCase(promise: "Without events the path is the target, on one line and not endless") { store in
            let application = try store.makeApplication()
            let long = String(repeating: "x", count: 1000)
            for target in ["u1,u2", "a\nb\u{7F}c", long, nil] {
                try store.write(application.id, by: origin(target: target)) { (_) throws(Failure) in }
            }
            let found = try rows(store, application.id).map(\.target)
            let expected = [
                "", String(repeating: "x", count: AuditRules.maximumTargetBytes), "a b c", "u1,u2",
            ]
            try expect(found, is: expected)
        },
        ContractCase(
            promise: "A reading says how many messages and where; a refused attempt that it was refused"
        ) {
            store in
            let application = try store.makeApplication()
            try store.write(application.id, by: origin(route: "searchMessages", isReading: true)) {
                (writer) throws(Failure) in
                writer.noteReading(of: 7, in: "ann:bob")
            }
            try store.write(application.id, by: origin(route: "listAudit", isRefused: true)) {
                (_) throws(Failure) in
            }
            let found = try rows(store, application.id)
            try expect(found.map(\.route), is: ["listAudit", AuditRules.reading])
            try expect(found.map(\.outcome), is: [.refused, .ok])
            try expect(found.map(\.target), is: ["path", "ann:bob"])
            try expect(found.map(\.count), is: [nil, 7])
        },
        ContractCase(
            promise: "Rows come newest first, page by page, by caller, name, operation, target and time"
        ) {
            store in
            let application = try store.makeApplication()
            for number in 1...5 {
                let act = origin(
                    Actor(label: "client:\(number % 2)", name: "n\(number)"),
                    route: number == 3 ? "other" : "updateUser",
                    target: "u\(number),shared",
                    after: Int64(number)
                )
                try store.write(application.id, by: act) { (_) throws(Failure) in }
            }
            let numbers = { (change: (inout AuditFilter) -> Void) throws -> [Int64] in
                var filter = AuditFilter()
                change(&filter)
                return try rows(store, application.id, filter).map(\.id)
            }
            try expect(try rows(store, application.id, limit: 2).map(\.id), is: [5, 4])
            try expect(try rows(store, application.id, before: 4, limit: 2).map(\.id), is: [3, 2])
            try expect(try numbers { $0.caller = "client:0" }, is: [4, 2])
            try expect(try numbers { $0.caller = "n3" }, is: [3])
            try expect(try numbers { $0.route = "other" }, is: [3])
            try expect(try numbers { $0.target = "u2" }, is: [2])
            try expect(try numbers { $0.target = "u" }, is: [])
            try expect(try numbers { $0.target = "shared" }, is: [5, 4, 3, 2, 1])
            try expect(try numbers { $0.after = later(4) }, is: [5, 4])
            try expect(try numbers { $0.before = later(2) }, is: [1])
        },
        ContractCase(promise: "A change of the tenants is filed with its application, else with the server") {
            store in
            let application = try store.makeApplication()
            for act in [origin(route: "a", application: application.id), origin(route: "b")] {
                try store.administer(by: act, writing: { (_) throws(Failure) in })
            }
            try expect(try rows(store, application.id).map(\.route), is: ["a"])
            let whole = try store.administer(reading: { (reader) throws(Failure) in
                try reader.audit(AuditFilter(), before: nil, limit: 10).map(\.route)
            })
            try expect(whole, is: ["b"])
        },
        ContractCase(promise: "Rows whose time is over are removed a slice a time, the oldest first") {
            store in
            let application = try store.makeApplication()
            for number in 1...5 {
                try store.write(application.id, by: origin(after: Int64(number))) { (_) throws(Failure) in }
            }
            let sweep = { () throws -> Bool in
                try store.administer(writing: { (writer) throws(Failure) in
                    try writer.removeAudit(before: later(4), limit: 2)
                })
            }
            try expect(try sweep(), is: true)
            try expect(try rows(store, application.id).map(\.id), is: [5, 4, 3])
            try expect(try sweep(), is: false)
            try expect(try sweep(), is: false)
            try expect(try rows(store, application.id).map(\.id), is: [5, 4])
        },
    ]
}
