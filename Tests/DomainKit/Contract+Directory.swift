// The contract of the repository of tenants.

import Domain

extension Contract {
    static let directory: [ContractCase] = [
        ContractCase(promise: "An organisation is found by its name, listed by name, and its name is taken") {
            store in
            let made = try store.administer(writing: { (writer) throws(Failure) in
                [
                    try writer.insertOrganization(named: "zoo", at: start),
                    try writer.insertOrganization(named: "ant", at: later(1)),
                ]
            })
            let found = try store.administer(reading: { (reader) throws(Failure) in
                (
                    try reader.organization(named: "zoo"), try reader.organization(named: "x"),
                    try reader.organizations()
                )
            })
            try expect(found.0, is: made[0])
            try expect(found.1, is: nil)
            try expect(found.2, is: [made[1], made[0]])
            try expect(.conflict(.organization, id: "ant")) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try writer.insertOrganization(named: "ant", at: start)
                })
            }
        },
        ContractCase(promise: "An application is found by organisation and name, and listed by both") {
            store in
            let made = [
                try store.makeApplication("b", of: "org1"), try store.makeApplication("a", of: "org1"),
                try store.makeApplication("b", of: "org0"),
            ]
            let found = try store.administer(reading: { (reader) throws(Failure) in
                (
                    try reader.application(named: "b", of: "org1"),
                    try reader.application(named: "a", of: "org0"),
                    try reader.applications()
                )
            })
            try expect(found.0, is: made[0])
            try expect(found.1, is: nil)
            try expect(found.2, is: [made[2], made[1], made[0]])
            try expect(.conflict(.application, id: "a")) { try store.makeApplication("a", of: "org1") }
        },
        ContractCase(promise: "Settings are stored with a new application and replaced as a whole") { store in
            let application = try store.makeApplication()
            var settings = ApplicationSettings()
            settings.openRegistration = true
            settings.maximumContacts = 11
            settings.maximumBlocks = 12
            settings.maximumNames = 13
            settings.maximumRegistrations = 14
            settings.maximumGroupMembers = 15
            settings.maximumRoomMembers = 16
            settings.maximumJoinedGroups = 17
            settings.maximumGroups = 18
            settings.maximumMessageBytes = 19
            settings.maximumTextBytes = 20
            settings.recallSeconds = 21
            settings.maximumFileBytes = 22
            settings.proposalSeconds = 23
            settings.requiresEmailVerification = true
            let changed = settings
            let found = try store.administer(writing: { (writer) throws(Failure) in
                let before = try writer.applications().map(\.settings)
                try writer.updateSettings(changed, of: application.id)
                return before + (try writer.applications().map(\.settings))
            })
            try expect(found, is: [ApplicationSettings(), changed])
        },
        ContractCase(
            promise: "A server isn't under maintenance until that is said, and is until it is taken back"
        ) {
            store in
            for isOn in [false, true, true, false] {
                let found = try store.administer(writing: { (writer) throws(Failure) in
                    try writer.setMaintenance(isOn)
                    return try writer.isUnderMaintenance()
                })
                try expect(found, is: isOn)
                let read = try store.administer(reading: { (reader) throws(Failure) in
                    try reader.isUnderMaintenance()
                })
                try expect(read, is: isOn)
            }
        },
        ContractCase(promise: "Credentials belong to one application, oldest first, and end when revoked") {
            store in
            let apps = [try store.makeApplication("a"), try store.makeApplication("b")]
            let made = try store.administer(writing: { (writer) throws(Failure) in
                var made: [Credential] = []
                for (index, client) in [(0, "z"), (0, "y"), (1, "x")] {
                    made.append(
                        try writer.insertCredential(
                            clientID: client,
                            secretHash: [0, 1, 255],
                            of: apps[index].id,
                            at: start
                        )
                    )
                }
                return made
            })
            let found = try store.administer(reading: { (reader) throws(Failure) in
                try reader.applications().map(\.credentials)
            })
            try expect(found, is: [[made[0], made[1]], [made[2]]])
            try expect(found[0][0].secretHash, is: [0, 1, 255])
            let revoked = try store.administer(writing: { (writer) throws(Failure) in
                [
                    try writer.deleteCredential(clientID: "x", of: apps[0].id),
                    try writer.deleteCredential(clientID: "z", of: apps[0].id),
                    try writer.deleteCredential(clientID: "z", of: apps[0].id),
                ]
            })
            try expect(revoked, is: [false, true, false])
            let rest = try store.administer(reading: { (reader) throws(Failure) in
                try reader.application(named: "a", of: "org")?.credentials
            })
            try expect(rest, is: [made[1]])
        },
        ContractCase(promise: "A credential's key isn't used again, and a client id only once") { store in
            let app = try store.makeApplication().id
            let keys = try store.administer(writing: { (writer) throws(Failure) in
                let first = try writer.insertCredential(clientID: "a", secretHash: [1], of: app, at: start)
                _ = try writer.deleteCredential(clientID: "a", of: app)
                let second = try writer.insertCredential(clientID: "a", secretHash: [1], of: app, at: start)
                return [first.id.rawValue, second.id.rawValue]
            })
            try expect(keys[1] > keys[0], "a new key")
            try expect(.conflict(.credential, id: "a")) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try writer.insertCredential(clientID: "a", secretHash: [1], of: app, at: start)
                })
            }
        },
        ContractCase(
            promise: "An administrator is found by name in any spelling, and the name is taken everywhere"
        ) {
            store in
            let names = try (require(Username("Root")), require(Username("rOOT")))
            let made = try store.administer(writing: { (writer) throws(Failure) in
                let first = try writer.insertOrganization(named: "one", at: start)
                _ = try writer.insertOrganization(named: "two", at: start)
                return try writer.insertAdministrator(
                    named: names.0,
                    passwordHash: "h",
                    of: first.id,
                    at: later(1)
                )
            })
            let found = try store.administer(reading: { (reader) throws(Failure) in
                (
                    try reader.administrator(named: names.1), try reader.administrators(),
                    try reader.passwordHash(of: made.id)
                )
            })
            try expect(found.0, is: made)
            try expect(found.1, is: [made])
            try expect(found.2, is: "h")
            try expect(.conflict(.administrator, id: "rOOT")) {
                try store.administer(writing: { (writer) throws(Failure) in
                    let two = try writer.organization(named: "two")
                    return try writer.insertAdministrator(
                        named: names.1,
                        passwordHash: "h",
                        of: two?.id ?? OrganizationID(rawValue: 0),
                        at: start
                    )
                })
            }
        },
        ContractCase(promise: "A new password of an administrator raises the token generation") { store in
            let name = try require(Username("root"))
            let found = try store.administer(writing: { (writer) throws(Failure) in
                let tenant = try writer.insertOrganization(named: "one", at: start)
                let made = try writer.insertAdministrator(
                    named: name,
                    passwordHash: "h",
                    of: tenant.id,
                    at: start
                )
                try writer.setPasswordHash(of: made.id, to: "i")
                return (
                    made.tokenGeneration, try writer.administrator(named: name)?.tokenGeneration,
                    try writer.passwordHash(of: made.id)
                )
            })
            try expect(found.1, is: found.0 + 1)
            try expect(found.2, is: "i")
        },
        ContractCase(promise: "What refers to a missing organisation or application is refused") { store in
            let name = try require(Username("root"))
            let ghost = Organization(id: OrganizationID(rawValue: 4711), name: "ghost", created: start)
            try expect(.notFound(.organization, id: "ghost")) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try writer.insertApplication(
                        named: "a",
                        of: ghost,
                        uuid: .sample("a"),
                        settings: ApplicationSettings(),
                        at: start
                    )
                })
            }
            try expect(.notFound(.organization, id: "")) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try writer.insertAdministrator(named: name, passwordHash: "h", of: ghost.id, at: start)
                })
            }
            try expect(.notFound(.application, id: "")) {
                try store.administer(writing: { (writer) throws(Failure) in
                    try writer.insertCredential(
                        clientID: "c",
                        secretHash: [],
                        of: ApplicationID(rawValue: 4711),
                        at: start
                    )
                })
            }
        },
        ContractCase(
            promise: "Each change of the tenants announces it once, and what changes nothing doesn't"
        ) { store in
            let app = try store.makeApplication().id
            let nobody = ApplicationID(rawValue: 4711)
            let told = [Announcement(application: nil, event: .directoryChanged)]
            try expect(store.announced, is: told + told)
            try store.administer(writing: { (writer) throws(Failure) in
                try writer.updateSettings(ApplicationSettings(), of: nobody)
                try writer.deleteApplication(nobody)
                _ = try writer.deleteCredential(clientID: "c", of: app)
                try writer.setPasswordHash(of: AdministratorID(rawValue: 4711), to: "x")
            })
            try expect(store.announced.count, is: 2)
            try store.administer(writing: { (writer) throws(Failure) in
                _ = try writer.insertCredential(clientID: "c", secretHash: [1], of: app, at: start)
                _ = try writer.deleteCredential(clientID: "c", of: app)
                try writer.updateSettings(ApplicationSettings(), of: app)
                try writer.deleteApplication(app)
            })
            try expect(store.announced, is: Array(repeating: told[0], count: 6))
        },
    ]
}
