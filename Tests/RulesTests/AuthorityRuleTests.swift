// The rule that only the domain decides what a caller may do in a group.

import Testing

@Suite struct AuthorityRuleTests {
    private static let dialects: Set<String> = ["PlatformAPI", "OpenIMAPI", "OurChatAPI"]

    /// The names of the methods that change groups, as their repositories declare them.
    private static func writers() -> Set<String> {
        var names: Set<String> = []
        for file in SourceTree.sources where file.path.contains("/Domain/Store/Group") {
            var isWriter = false
            for (_, line) in file.code {
                if line.contains("protocol ") { isWriter = line.contains("Writer") }
                guard isWriter, let name = line.firstMatch(of: #/func (\w+)\(/#) else { continue }
                names.insert(String(name.1))
            }
        }
        return names
    }

    @Test func `no dialect changes a group or lists its members past the rules`() {
        let writers = Self.writers()
        #expect(
            writers.isSuperset(of: ["deleteGroup", "insertMember", "setGroupMute", "setRole", "block"])
        )
        let closed = writers.union(["members", "administrators"])
        for file in SourceTree.sources where Self.dialects.contains(file.module) {
            for (number, line) in file.code {
                for call in line.matches(of: #/store\.(\w+)\(/#) {
                    #expect(!closed.contains(String(call.1)), "\(file):\(number)")
                }
            }
        }
    }

    @Test func `no dialect asks what a caller may do in a group`() {
        for file in SourceTree.sources where Self.dialects.contains(file.module) {
            for (number, line) in file.code {
                #expect(!line.contains("GroupAuthority"), "\(file):\(number)")
            }
        }
    }
}
