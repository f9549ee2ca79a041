// Comparison of secrets in a time that does not depend on where they differ.

import CLinux

/// Whether two byte strings are equal, found out in a time that depends on their lengths only.
///
/// Unequal lengths are answered at once: a length is not a secret here. Otherwise the differences of all
/// bytes are gathered and looked at once, at the end. Two things keep the optimiser from turning that into a
/// loop with an early exit: the function is never inlined, so that no caller's knowledge of the operands
/// reaches it, and every step of the sum passes through `clinux_opaque`, an empty assembler statement whose
/// result the compiler has to take for any value, so that it never knows the sum to be "already different".
@inline(never)
public func constantTimeEquals(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt64 = 0
    var position = 0
    while position &+ 8 <= left.count {
        let (one, other) = (
            left.loadUnaligned(fromByteOffset: position, as: UInt64.self),
            right.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        )
        difference = clinux_opaque(difference | (one ^ other))
        position &+= 8
    }
    while position < left.count {
        difference = clinux_opaque(difference | UInt64(left[position] ^ right[position]))
        position &+= 1
    }
    return difference == 0
}

/// Whether two byte arrays are equal, found out in a time that depends on their lengths only.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    constantTimeEquals(left[...], right[...])
}

/// Whether two parts of byte arrays are equal, found out in a time that depends on their lengths only.
public func constantTimeEquals(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    left.withUnsafeBytes { left in right.withUnsafeBytes { right in constantTimeEquals(left, right) } }
}

/// Whether two texts have the same UTF-8 bytes, found out in a time that depends on their lengths only.
///
/// Unlike `==` this does not take canonically equivalent texts for equal.
public func constantTimeEquals(_ left: String, _ right: String) -> Bool {
    var left = left
    var right = right
    return left.withUTF8 { left in
        right.withUTF8 { right in
            constantTimeEquals(UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
        }
    }
}
