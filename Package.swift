// swift-tools-version: 6.2
// What is built from what; nothing imports upwards.
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A module in Sources, or with a path elsewhere.
func module(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    path: String? = nil,
    exclude: [String] = []
) -> Target {
    .target(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings)
}

/// A program in Sources.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A folder of tests in Tests.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "parley",
    products: [.executable(name: "parley", targets: ["parley"])],
    targets: [
        // Libraries of the system.
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        // What knows nothing of chat.
        module("JSON"),
        module("Protobuf", ["JSON"]),
        module("Crypto", ["CLinux"]),
        module("HTTP"),
        module("Threads", ["CLinux"]),
        // HTTP/2 by libnghttp2, which is opened when it is first needed.
        module("HTTP2", ["CLinux"]),
        module("Reactor", ["CLinux", "Threads"]),

        // The core, and what stores it.
        module("Domain"),
        module("Storage", ["CLinux", "CSQLite", "Domain", "Threads"]),

        // Webhooks, and the library that is opened for them.
        module("CurlLibrary", ["CLinux"]),
        module("Webhooks", ["Crypto", "CurlLibrary", "Domain", "JSON", "Threads"]),

        // The declaration of routes, and the dialects.
        module("Routing", ["Domain", "HTTP", "JSON"]),
        // Pages that are part of the program: the files of Assets as literals.
        module("ConsoleUI", ["Crypto"], exclude: ["Assets"]),
        module("OperationsAPI", ["ConsoleUI", "Domain", "HTTP", "JSON", "Routing"]),
        module("PlatformAPI", ["Crypto", "Domain", "HTTP", "JSON", "Routing"]),
        module("OpenIMAPI", ["Crypto", "Domain", "HTTP", "JSON", "Routing"]),
        module("OurChatAPI", ["Crypto", "Domain", "HTTP", "JSON", "Protobuf", "Routing"]),
        module("Dialects", ["OpenIMAPI", "OperationsAPI", "OurChatAPI", "PlatformAPI", "Routing"]),

        // The program.
        module(
            "Server",
            [
                "CLinux", "Crypto", "CurlLibrary", "Domain", "HTTP", "HTTP2", "JSON", "Reactor", "Routing",
                "Storage",
                "Threads", "Webhooks",
            ]
        ),
        program(
            "parley",
            [
                "CLinux", "Crypto", "Dialects", "Domain", "HTTP", "JSON", "OpenIMAPI", "OperationsAPI",
                "OurChatAPI", "PlatformAPI", "Reactor", "Routing", "Server", "Threads", "Webhooks",
            ]
        ),
        program(
            "Benchmark",
            ["CLinux", "CSQLite", "Crypto", "Domain", "JSON", "Reactor", "Storage", "Threads"]
        ),

        // What tests stand on.
        .systemLibrary(
            name: "CCurl",
            path: "Tests/CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .target(name: "CFaultyDisk", dependencies: ["CSQLite"], path: "Tests/CFaultyDisk"),
        module("FrameKit", path: "Tests/FrameKit"),
        module("RandomKit", path: "Tests/RandomKit"),
        module("DomainKit", ["Domain", "RandomKit"], path: "Tests/DomainKit"),
        module(
            "FuzzKit",
            ["Crypto", "Domain", "HTTP", "HTTP2", "JSON", "Protobuf", "Routing"],
            path: "Tests/FuzzKit"
        ),
        module(
            "TestKit",
            [
                "CCurl", "Crypto", "Dialects", "Domain", "FrameKit", "HTTP", "JSON", "OpenIMAPI",
                "OperationsAPI",
                "OurChatAPI", "PlatformAPI", "Routing", "Threads", "Webhooks",
            ],
            path: "Tests/TestKit"
        ),

        // Tests.
        tests("CommandLineTests", ["TestKit"]),
        tests("ConsoleUITests", ["ConsoleUI", "OperationsAPI", "PlatformAPI", "Routing", "TestKit"]),
        tests("CryptoTests", ["Crypto"]),
        tests("DomainTests", ["Domain", "DomainKit", "RandomKit"]),
        tests("FuzzTests", ["FuzzKit"]),
        tests("HTTPTests", ["HTTP", "RandomKit"]),
        tests("JSONTests", ["JSON", "RandomKit"]),
        tests(
            "OpenIMAPITests",
            ["Crypto", "Domain", "HTTP", "JSON", "OpenIMAPI", "Routing", "TestKit", "Threads"]
        ),
        tests(
            "OperationsAPITests",
            ["ConsoleUI", "Domain", "HTTP", "JSON", "OperationsAPI", "Routing", "TestKit"]
        ),
        tests(
            "OurChatAPITests",
            [
                "Crypto", "Domain", "FrameKit", "HTTP", "JSON", "OurChatAPI", "Protobuf", "Routing",
                "TestKit",
                "Threads",
            ]
        ),
        tests(
            "PlatformAPITests",
            ["Domain", "HTTP", "JSON", "OperationsAPI", "PlatformAPI", "Routing", "TestKit"]
        ),
        tests("ProtobufTests", ["JSON", "Protobuf"]),
        tests("ReactorTests", ["CLinux", "RandomKit", "Reactor", "Threads"]),
        tests(
            "RoutingTests",
            [
                "Dialects", "Domain", "DomainKit", "HTTP", "JSON", "OpenIMAPI", "OperationsAPI", "OurChatAPI",
                "PlatformAPI",
                "RandomKit",
                "Routing",
                "Webhooks",
            ]
        ),
        tests("RulesTests", ["TestKit"]),
        tests(
            "ServerTests",
            [
                "CLinux", "Crypto", "Domain", "FrameKit", "HTTP", "HTTP2", "Reactor", "Routing", "Server",
                "Threads",
            ]
        ),
        tests("StorageTests", ["CFaultyDisk", "CSQLite", "Domain", "DomainKit", "Storage", "Threads"]),
        tests("SystemTests", ["FrameKit", "OurChatAPI", "Routing", "TestKit", "Threads"]),
        tests("TestKitTests", ["TestKit", "Threads"]),
        tests("ThreadsTests", ["Threads"]),
    ]
)

// Only for `make fuzz`: libFuzzer brings the entry point, so an ordinary build couldn't link it.
if Context.environment["PARLEY_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: ["FuzzKit"],
            path: "Tests/Fuzz",
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]
        )
    )
}
