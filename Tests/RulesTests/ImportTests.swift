// Which module may know of which: the layers of the house, which the package manager doesn't hold apart.

import Testing

@Suite struct ImportTests {
    /// The modules of this repository that each module may import.
    ///
    /// Nothing imports upwards.
    private static let allowed: [String: Set<String>] = [
        "JSON": [],
        "Protobuf": ["JSON"],
        "Crypto": ["CLinux"],
        "HTTP": [],
        "Threads": ["CLinux"],
        "HTTP2": ["CLinux"],
        "Reactor": ["CLinux", "Threads"],
        "Domain": [],
        "Storage": ["CLinux", "CSQLite", "Domain", "Threads"],
        "CurlLibrary": ["CLinux"],
        "Webhooks": ["Crypto", "CurlLibrary", "Domain", "JSON", "Threads"],
        "Routing": ["Domain", "HTTP", "JSON"],
        "ConsoleUI": ["Crypto"],
        "OperationsAPI": ["ConsoleUI", "Domain", "HTTP", "JSON", "Routing"],
        "PlatformAPI": ["Crypto", "Domain", "HTTP", "JSON", "Routing"],
        "OpenIMAPI": ["Crypto", "Domain", "HTTP", "JSON", "Routing"],
        "OurChatAPI": ["Crypto", "Domain", "HTTP", "JSON", "Protobuf", "Routing"],
        "Server": [
            "CLinux", "Crypto", "CurlLibrary", "Domain", "HTTP", "HTTP2", "JSON", "Reactor", "Routing",
            "Storage",
            "Threads", "Webhooks",
        ],
        "parley": [
            "CLinux", "Crypto", "Domain", "HTTP", "JSON", "OpenIMAPI", "OperationsAPI", "OurChatAPI",
            "PlatformAPI",
            "Reactor", "Routing", "Server", "Storage", "Threads", "Webhooks",
        ],
        "Benchmark": [
            "CLinux", "CSQLite", "Crypto", "Domain", "HTTP", "JSON", "Reactor", "Routing", "Storage",
            "Threads",
        ],
    ]

    /// The modules of the system and the compiler, and the modules that may import each.
    ///
    /// Parsers and rules do without all of it.
    private static let system: [String: Set<String>] = [
        "Glibc": [
            "Benchmark", "Crypto", "CurlLibrary", "HTTP2", "Reactor", "Server", "Storage", "Threads",
            "parley",
        ],
        "Synchronization": ["Benchmark", "Reactor", "Storage", "parley"],
        "FoundationEssentials": ["Benchmark", "parley"],
    ]

    @Test func `a module imports what lies below it and nothing else`() {
        var count = 0
        for file in SourceTree.sources {
            for imported in file.imports {
                count += 1
                let isAllowed =
                    Self.allowed[file.module]?.contains(imported) == true
                    || Self.system[imported]?.contains(file.module) == true
                #expect(isAllowed, "\(file) imports \(imported)")
            }
        }
        #expect(count > 100)
    }

    @Test func `every module has its place among the layers`() {
        for module in Set(SourceTree.sources.map(\.module)) {
            #expect(Self.allowed[module] != nil, "\(module)")
        }
    }

    @Test func `no module of the program imports Foundation, which would link 45 MB`() {
        for file in SourceTree.sources { #expect(!file.imports.contains("Foundation"), "\(file)") }
    }

    @Test func `no two faces know each other`() {
        for file in SourceTree.sources where file.module.hasSuffix("API") {
            #expect(file.imports.allSatisfy { !$0.hasSuffix("API") }, "\(file)")
        }
    }

    @Test func `one file of the server knows which storage engine there is`() {
        let files = SourceTree.sources.filter { $0.module == "Server" && $0.imports.contains("Storage") }
        #expect(files.map(\.path) == ["Sources/Server/StoreOpening.swift"])
    }
}
