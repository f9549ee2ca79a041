// The door through which libFuzzer comes in; `make fuzz` builds it, nothing else does.

import FuzzKit
import Glibc

private let target: FuzzTarget = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget.named(name) else {
        preconditionFailure("FUZZ_TARGET must be one of \(FuzzTarget.all.map(\.name)).")
    }
    return target
}()

/// Called with each input; a broken promise stops the process, which libFuzzer reports with the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    if let broken = target.check(input) { preconditionFailure(broken) }
    return 0
}
