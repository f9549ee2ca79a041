// Where the OpenIM dialect answers at the root.

import OpenIMAPI
import Routing

/// The application served at the root stands for itself here; only what the paths begin with matters.
enum OpenIMRoot {
    static let alias = OpenIMAPI.alias(organization: "org", application: "app")
    static let firstSegments = alias.firstSegments.sorted()
}
