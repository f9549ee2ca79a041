// A sanitizer's finding in a program under test fails the run, whichever test started that program.

import Foundation

/// Looks for reports of the thread, address and leak sanitizers in what a program wrote to standard error.
///
/// Only where `make tsan` or `make asan` is running, which set the sanitizers' variables.
enum SanitizerReports {
    private static let isOn = ["TSAN_OPTIONS", "ASAN_OPTIONS"].contains {
        ProcessInfo.processInfo.environment[$0] != nil
    }

    /// Once there is a report, the process that runs the tests ends with 1, after all of them.
    private static let failure: Void = {
        atexit { _exit(1) }
    }()

    static func look(in log: @autoclosure () -> String) {
        guard isOn else { return }
        let log = log()
        guard let start = log.range(of: "Sanitizer:") else { return }
        let report = log[start.lowerBound...].prefix(8000)
        FileHandle.standardError.write(Data("A program under test was reported: \(report)\n".utf8))
        _ = failure
    }
}
