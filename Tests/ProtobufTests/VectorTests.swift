// Both forms against Google's own implementation.

import JSON
import Protobuf
import Testing

@Suite struct VectorTests {
    @Test func `what Python writes is read in both forms as one message, and written back byte by byte`()
        throws
    {
        for vector in try Vectors.list("vectors") {
            let binary = try bytes(vector["binary"]?.string)
            let json = try #require(vector["json"])
            let message = try Everything(binary: binary)
            #expect(message.binary == binary)
            #expect(try Everything(json: json) == message)
            #expect(
                try JSONDocument(message.json).root.value() == json.value(),
                "\(vector["binary"]?.string ?? "")"
            )
        }
    }

    @Test func `other ways to write the same bytes are read as Python reads them`() throws {
        for vector in try Vectors.list("otherBinary") {
            let message = try Everything(binary: try bytes(vector["binary"]?.string))
            #expect(try message.binary == bytes(vector["written"]?.string), "\(vector["name"]?.string ?? "")")
        }
    }

    @Test func `bytes that are no message are refused, whole and inside another message`() throws {
        for vector in try Vectors.list("refusedBinary") {
            let name = vector["name"]?.string ?? ""
            let binary = try bytes(vector["binary"]?.string)
            #expect(throws: ProtobufError.self, "\(name)") { try Everything(binary: binary) }
        }
    }

    @Test func `other spellings in JSON are read as Python reads them`() throws {
        for vector in try Vectors.list("otherJSON") {
            let text = try #require(vector["json"]?.string)
            let message = try Everything(json: try document(text))
            #expect(try message.binary == bytes(vector["binary"]?.string), "\(text)")
        }
    }

    @Test func `JSON of the wrong type, out of range or in two spellings is refused`() throws {
        for vector in try Vectors.list("refusedJSON") {
            let text = try #require(vector.string)
            #expect(throws: ProtobufError.self, "\(text)") { try Everything(json: try document(text)) }
        }
    }
}
