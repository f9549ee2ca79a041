// Every reason for refusing a message, each named, with the status and the sentence it deserves.

/// Why a request was refused.
///
/// After any of these the framing is in doubt, so the connection is answered and closed.
public enum ParseError: Error, Sendable, Hashable, CaseIterable {
    // MARK: Lines (RFC 9112 section 2.2)

    /// A line feed that does not follow a carriage return.
    case bareLF
    /// A carriage return that is not followed by a line feed.
    case bareCR
    /// A NUL byte in the head, a chunk-size line, a trailer or a form (RFC 9110 section 5.5).
    case nulByte
    /// A control byte other than HTAB where text is expected (RFC 9110 section 5.5).
    case controlByte

    // MARK: Request line (RFC 9112 section 3)

    /// Not `method SP target SP version`.
    case malformedRequestLine
    /// The request line is longer than the limit.
    case requestLineTooLong
    /// The method is a token we do not know (RFC 9110 section 9.1).
    case unknownMethod
    /// The last word of the request line is not `HTTP/` digit `.` digit (RFC 9112 section 2.3).
    case malformedVersion
    /// A well-formed version other than 1.0 and 1.1 (RFC 9110 section 15.6.6).
    case unsupportedVersion

    // MARK: Request target (RFC 9112 section 3.2, RFC 3986)

    /// The target has none of the forms that its method allows.
    case invalidTarget
    /// A byte in the target that is not visible ASCII, or a backslash in its path.
    case invalidTargetByte
    /// A `#` in the target; fragments are never sent.
    case fragmentInTarget
    /// `%` without two hexadecimal digits (RFC 3986 section 2.1).
    case invalidPercentEncoding
    /// `%00`.
    case percentEncodedNUL
    /// Decoded text that is not UTF-8.
    case invalidUTF8
    /// A path segment `.` or `..`, also when percent-encoded (RFC 3986 section 3.3).
    case dotSegment
    /// Two slashes in a row in the path.
    case emptySegment
    /// More `name=value` pairs than the limit.
    case tooManyPairs

    // MARK: Field lines (RFC 9112 section 5)

    /// A line that starts with a blank continues the one before (RFC 9112 section 5.2).
    case obsFold
    /// A blank at the start of the first line after the request line (RFC 9112 section 2.2).
    case whitespaceBeforeFirstField
    /// A blank between a field name and its colon (RFC 9112 section 5.1).
    case whitespaceBeforeColon
    /// A field line without a colon.
    case missingColon
    /// A field name that is empty or not a token (RFC 9110 section 5.1).
    case invalidFieldName
    /// The whole head is longer than the limit (RFC 6585 section 5).
    case headTooLarge
    /// More field lines than the limit (RFC 6585 section 5).
    case tooManyFields
    /// `Authorization` or `Content-Type` more than once; which counts is a guess (RFC 9110 section 5.3).
    case duplicateSingletonField
    /// An expectation other than `100-continue` (RFC 9110 section 10.1.1).
    case unsupportedExpectation

    // MARK: Host (RFC 9112 section 3.2)

    /// No `Host` in an HTTP/1.1 request.
    case missingHost
    /// More than one `Host` line.
    case duplicateHost
    /// A `Host` or an authority that is not `host` or `host:port` (RFC 3986 section 3.2).
    case invalidHost

    // MARK: Body framing (RFC 9112 section 6)

    /// More than one `Content-Length` line, also when they agree.
    case duplicateContentLength
    /// Not digits only, a leading zero, or more than an integer holds (RFC 9110 section 8.6).
    case invalidContentLength
    /// Both `Content-Length` and `Transfer-Encoding` (RFC 9112 section 6.3).
    case contentLengthWithTransferEncoding
    /// `Transfer-Encoding` twice, empty, a list or with parameters (RFC 9112 section 6.1).
    case invalidTransferEncoding
    /// One transfer coding, but not `chunked` (RFC 9112 section 6.1).
    case unsupportedTransferEncoding
    /// `Transfer-Encoding` in an HTTP/1.0 request (RFC 9112 section 6.1).
    case transferEncodingInHTTP10

    // MARK: Chunked bodies (RFC 9112 section 7.1)

    /// A chunk size that is empty, not hexadecimal, surrounded by blanks or more than an integer holds.
    case invalidChunkSize
    /// A chunk extension that is not `;name`, `;name=token` or `;name="text"`.
    case invalidChunkExtension
    /// Chunk extensions longer than the limit of a line or of a body.
    case chunkExtensionTooLarge
    /// Chunk data not followed by CRLF.
    case missingChunkEnd
    /// The trailer section is longer than the limit.
    case trailersTooLarge
    /// The decoded body is longer than the caller's limit (RFC 9110 section 15.5.14).
    case contentTooLarge

    /// The status to answer with.
    public var status: Status {
        switch self {
        case .contentTooLarge, .chunkExtensionTooLarge: .contentTooLarge
        case .requestLineTooLong: .uriTooLong
        case .unsupportedExpectation: .expectationFailed
        case .headTooLarge, .tooManyFields, .trailersTooLarge: .requestHeaderFieldsTooLarge
        case .unknownMethod, .unsupportedTransferEncoding: .notImplemented
        case .unsupportedVersion: .versionNotSupported
        default: .badRequest
        }
    }

    /// One sentence for the client; it quotes nothing from the request, so it is safe to send and to log.
    public var explanation: String {
        switch self {
        case .bareLF: "A line ends with LF alone; lines end with CRLF."
        case .bareCR: "A CR is not followed by LF."
        case .nulByte: "The request has a NUL byte outside its body."
        case .controlByte: "The request has a control byte where text is expected."
        case .malformedRequestLine:
            "The request line is not a method, a target and a version with single spaces."
        case .requestLineTooLong: "The request line is too long."
        case .unknownMethod: "The method is not implemented."
        case .malformedVersion: "The request line does not end with HTTP/1.1."
        case .unsupportedVersion: "Only HTTP/1.1 and HTTP/1.0 are supported."
        default: targetExplanation ?? fieldExplanation ?? bodyExplanation
        }
    }

    private var targetExplanation: String? {
        switch self {
        case .invalidTarget: "The request target has a form that its method does not allow."
        case .invalidTargetByte: "The request target has a byte that must be percent-encoded."
        case .fragmentInTarget: "The request target has a fragment."
        case .invalidPercentEncoding: "A % is not followed by two hexadecimal digits."
        case .percentEncodedNUL: "An encoded NUL is not accepted."
        case .invalidUTF8: "Percent-decoded text is not UTF-8."
        case .dotSegment: "The path has a . or .. segment."
        case .emptySegment: "The path has an empty segment."
        case .tooManyPairs: "There are too many parameters."
        default: nil
        }
    }

    private var fieldExplanation: String? {
        switch self {
        case .obsFold: "A field line is folded over two lines."
        case .whitespaceBeforeFirstField: "There is white space before the first field line."
        case .whitespaceBeforeColon: "There is white space between a field name and its colon."
        case .missingColon: "A field line has no colon."
        case .invalidFieldName: "A field name is not a token."
        case .headTooLarge: "The request head is too large."
        case .tooManyFields: "The request head has too many fields."
        case .duplicateSingletonField: "Authorization or Content-Type stands more than once."
        case .unsupportedExpectation: "The only expectation supported is 100-continue."
        case .missingHost: "An HTTP/1.1 request needs a Host field."
        case .duplicateHost: "There is more than one Host field."
        case .invalidHost: "The host is not a valid host or host:port."
        default: nil
        }
    }

    private var bodyExplanation: String {
        switch self {
        case .duplicateContentLength: "There is more than one Content-Length field."
        case .invalidContentLength: "Content-Length is not a plain decimal number."
        case .contentLengthWithTransferEncoding: "Content-Length and Transfer-Encoding exclude each other."
        case .invalidTransferEncoding: "Transfer-Encoding is not exactly chunked."
        case .unsupportedTransferEncoding: "The only transfer coding supported is chunked."
        case .transferEncodingInHTTP10: "An HTTP/1.0 request cannot have Transfer-Encoding."
        case .invalidChunkSize: "A chunk size is not a plain hexadecimal number."
        case .invalidChunkExtension: "A chunk extension is malformed."
        case .chunkExtensionTooLarge: "The chunk extensions are too long."
        case .missingChunkEnd: "Chunk data is not followed by CRLF."
        case .trailersTooLarge: "The trailer section is too large."
        case .contentTooLarge: "The body is too large."
        default: "The request is malformed."
        }
    }
}
