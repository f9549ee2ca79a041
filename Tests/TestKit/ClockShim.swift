// A clock that a test sets, for a program that doesn't know: a library that is loaded before it.

import Foundation

/// Moves the wall clock of programs that run with `environment`; the monotonic clock stays as it is.
public struct ClockShim: Sendable {
    private static let source = """
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <time.h>
        #include <unistd.h>

        int clock_gettime(clockid_t clock, struct timespec *time) {
            long code = syscall(SYS_clock_gettime, clock, time);
            const char *path = getenv("CLOCK_SHIM");
            if (code != 0 || clock != CLOCK_REALTIME || path == NULL) return (int)code;
            int file = open(path, O_RDONLY | O_CLOEXEC);
            char text[32] = {0};
            if (file >= 0) { if (read(file, text, sizeof text - 1) > 0) time->tv_sec += atoll(text); close(file); }
            return 0;
        }
        """

    private let folder: TemporaryFolder

    /// Builds the library.
    ///
    /// - Throws: where there is no C compiler.
    public init() throws {
        folder = try TemporaryFolder()
        try Data(Self.source.utf8).write(to: URL(fileURLWithPath: folder.path + "/shim.c"))
        try set(seconds: 0)
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = [
            "clang", "-shared", "-fPIC", "-o", folder.path + "/shim.so", folder.path + "/shim.c",
        ]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else {
            throw Project.Missing(description: "no C compiler; the clock shim can't be built")
        }
    }

    /// What the program has to be started with.
    public var environment: [String: String] {
        ["LD_PRELOAD": folder.path + "/shim.so", "CLOCK_SHIM": folder.path + "/offset"]
    }

    /// Moves the clock so many seconds away from the true time.
    public func set(seconds: Int64) throws {
        try Data("\(seconds)".utf8).write(to: URL(fileURLWithPath: folder.path + "/offset"), options: .atomic)
    }
}
