// Every input kept from fuzzing keeps its promise: the seeds, and whatever was once found.

import Foundation
import FuzzKit
import Testing

struct FuzzInputTests {
    private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/fuzz")

    @Test(arguments: FuzzTarget.all.map(\.name))
    func `No kept input breaks its promise`(name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        let inputs = try FileManager.default.contentsOfDirectory(
            at: Self.folder.appending(path: name),
            includingPropertiesForKeys: nil
        )
        #expect(!inputs.isEmpty)
        for input in inputs {
            let broken = target.check(Array(try Data(contentsOf: input)))
            #expect(broken == nil, "\(input.lastPathComponent)")
        }
    }

    @Test(arguments: FuzzTarget.all.map(\.name))
    func `No short run of bytes breaks a promise`(name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        #expect(target.check([]) == nil)
        for first in UInt8.min...UInt8.max {
            #expect(target.check([first]) == nil)
            #expect(target.check([first, 0x0D, 0x0A]) == nil)
        }
    }
}
