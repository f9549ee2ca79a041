// The tenants in memory: what each request needs of its application and of the server, without a query.

import Domain
import Threads

/// Every application, credential and administrator, replaced as a whole when one of them changes.
///
/// The writer replaces it after the commit and before the replies of that commit leave, so whoever has read "revoked"
/// can rely on it.
final class Tenants: Sendable {
    private let current: Guarded<Snapshot>

    init(_ snapshot: Snapshot) { current = Guarded(snapshot) }

    /// The tenants as of the last commit.
    var snapshot: Snapshot { current.withLock { $0 } }

    /// Puts another set in its place.
    func replace(with snapshot: Snapshot) { current.withLock { $0 = snapshot } }

    /// The tenants at one moment.
    final class Snapshot: Sendable {
        private let applications: [String: [String: Application]]
        private let applicationIDs: Set<ApplicationID>
        private let suspendedIDs: Set<ApplicationID>
        private let credentialIDs: Set<CredentialID>
        private let administrators: [AdministratorID: Administrator]
        private let organizations: [String: OrganizationID]
        /// Whether the whole server is under maintenance.
        let isUnderMaintenance: Bool

        init(_ store: any AdministrationReader) throws(Failure) {
            isUnderMaintenance = try store.isUnderMaintenance()
            let all = try store.applications()
            applicationIDs = Set(all.map(\.id))
            suspendedIDs = Set(all.filter(\.settings.isSuspended).map(\.id))
            credentialIDs = Set(all.flatMap(\.credentials).map(\.id))
            applications = Dictionary(grouping: all, by: \.organization.name)
                .mapValues { Dictionary($0.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }) }
            administrators = Dictionary(
                try store.administrators().map { ($0.id, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            organizations = Dictionary(
                try store.organizations().map { ($0.name, $0.id) },
                uniquingKeysWith: { first, _ in first }
            )
        }

        func application(_ organization: String, _ name: String) -> Application? {
            applications[organization]?[name]
        }
        /// Whether there is no organisation at all.
        var isEmpty: Bool { organizations.isEmpty }
        /// The name of each application, `org/app`.
        var applicationNames: [ApplicationID: String] {
            var names: [ApplicationID: String] = [:]
            for (organization, all) in applications {
                for (name, application) in all { names[application.id] = "\(organization)/\(name)" }
            }
            return names
        }
        /// Every application.
        var all: [Application] { applications.values.flatMap(\.values) }
        /// The application of this key.
        func application(_ id: ApplicationID) -> Application? {
            for all in applications.values {
                if let found = all.values.first(where: { $0.id == id }) { return found }
            }
            return nil
        }
        /// Whether an application is suspended.
        func isSuspended(_ id: ApplicationID) -> Bool { suspendedIDs.contains(id) }
        /// Whether there still is an application of this key.
        func contains(_ id: ApplicationID) -> Bool { applicationIDs.contains(id) }
        /// Whether there still is a credential of this key.
        func contains(_ id: CredentialID) -> Bool { credentialIDs.contains(id) }
        func administrator(_ id: AdministratorID) -> Administrator? { administrators[id] }
        func organization(named name: String) -> OrganizationID? { organizations[name] }
    }
}
