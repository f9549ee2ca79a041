// The seam between the hub, which hears of commits, and answers that go on with the server's state.

/// Follows the server's state.
///
/// Called on its loop's thread only.
protocol StateWatcher: AnyObject {
    /// The directory, to which the state belongs, has changed; the state itself perhaps.
    func stateMayHaveChanged()
}

extension Hub {
    /// Calls the watcher from now on.
    func watch(_ watcher: any StateWatcher) { watchers[ObjectIdentifier(watcher)] = watcher }

    /// Calls it no more.
    func unwatch(_ watcher: any StateWatcher) { watchers[ObjectIdentifier(watcher)] = nil }

    func directoryChanged() {
        for watcher in Array(watchers.values) { watcher.stateMayHaveChanged() }
        endOrphans()
    }
}
