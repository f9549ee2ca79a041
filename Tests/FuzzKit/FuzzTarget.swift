// The fuzzed readers: for each reader of untrusted bytes, the promise that must hold for any bytes at all.

/// One reader with its promise.
public struct FuzzTarget: Sendable {
    /// The name, and the folder of its inputs in Fixtures/fuzz.
    public let name: String
    /// Holds the promise against one input.
    ///
    /// - Returns: the broken promise in a sentence; nil when it is kept.
    public let check: @Sendable ([UInt8]) -> String?

    /// Every target.
    public static let all: [FuzzTarget] = [
        FuzzTarget(name: "request-head", check: requestHead),
        FuzzTarget(name: "chunked-body", check: chunkedBody),
        FuzzTarget(name: "request-target", check: requestTarget),
        FuzzTarget(name: "form", check: form),
        FuzzTarget(name: "websocket", check: webSocket),
        FuzzTarget(name: "http2", check: http2),
        FuzzTarget(name: "gzip", check: gzip),
        FuzzTarget(name: "envelopes", check: envelopes),
        FuzzTarget(name: "json", check: json),
        FuzzTarget(name: "protobuf", check: protobuf),
        FuzzTarget(name: "token", check: token),
        FuzzTarget(name: "jwt", check: jwt),
        FuzzTarget(name: "cursor", check: cursor),
    ]

    /// The target of this name.
    public static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}
