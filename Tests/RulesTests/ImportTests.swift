// Which module may know of which: the layers of the house, which the package manager doesn't hold apart.

import Testing

@Suite struct ImportTests {
    /// The modules of this repository that each module may import: those that the package's description names for it.
    ///
    /// The package manager refuses circles, but neither an import that isn't declared nor an arrow between two dialects.
    private static let allowed: [String: Set<String>] = {
        let declaration = #/(?:module|program)\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?/#
        let text = (try? SourceTree.read("Package.swift")) ?? ""
        return Dictionary(
            text.matches(of: declaration).map { found in
                let names = (found.2 ?? "").matches(of: #/"(\w+)"/#).map { String($0.1) }
                return (String(found.1), Set(names))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }()

    /// The modules that must not import more than this, whatever the description says.
    private static let foundations: [String: Set<String>] = [
        "Domain": [], "HTTP": [], "JSON": [], "Storage": ["CLinux", "CSQLite", "Domain", "Threads"],
        "Routing": ["Domain", "HTTP", "JSON"],
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
        for (module, allowed) in Self.foundations {
            #expect(Self.allowed[module]?.subtracting(allowed).sorted() == [], "\(module)")
        }
    }

    @Test func `no module of the program imports Foundation, which would link 45 MB`() {
        for file in SourceTree.sources { #expect(!file.imports.contains("Foundation"), "\(file)") }
    }

    @Test func `no two dialects know each other, nor the server one of them`() {
        for file in SourceTree.sources where file.module.hasSuffix("API") || file.module == "Server" {
            #expect(file.imports.allSatisfy { !$0.hasSuffix("API") }, "\(file)")
        }
    }

    @Test func `one file of the server knows which storage engine there is`() {
        let files = SourceTree.sources.filter { $0.module == "Server" && $0.imports.contains("Storage") }
        #expect(files.map(\.path) == ["Sources/Server/StoreOpening.swift"])
    }
}
