// A number as a word of an index of texts: it narrows a search to one conversation or application.

/// Three characters for private use, which stand in no word that anybody writes.
func searchScope(_ number: Int64) -> String {
    var scope = String.UnicodeScalarView()
    for shift in [32, 16, 0] as [Int64] {
        let part = UInt32(truncatingIfNeeded: number >> shift & 0xFFFF)
        if let scalar = Unicode.Scalar(0xF0000 + part) { scope.append(scalar) }
    }
    return String(scope)
}
