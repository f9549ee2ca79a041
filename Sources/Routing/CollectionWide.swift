// Calls that change many things at once: what such a call says and isn't understood is refused.

public import Domain
public import HTTP

extension Route {
    /// Refuses a query parameter that a call on a whole collection doesn't know.
    ///
    /// A parameter that narrows the call elsewhere would be dropped here, and the call would change more than was meant.
    public func admit(query target: RequestTarget) throws(Failure) {
        guard isCollectionWide, target.queryCount > 0 else { return }
        for (name, _) in target.query where !action.query.contains(where: { $0.name == name }) {
            throw .invalid(field: String(name.prefix(64)), .unknownParameter)
        }
    }
}
