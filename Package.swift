// swift-tools-version: 6.2

import PackageDescription

/// What tools of the build are compiled with: what the language will be, and no warning tolerated.
let tooling: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// `make fuzz` sets POSTERN_FUZZ. Only then there is a fuzzer to build, and our targets count what an input reaches.
let fuzzing = Context.environment["POSTERN_FUZZ"] != nil

/// Set once for every Swift target.
let house: [SwiftSetting] =
    tooling + (fuzzing ? [.unsafeFlags(["-sanitize=fuzzer,address", "-assert-config", "Debug"])] : [])

/// Targets that touch C spell out every unsafe use.
let touchingC: [SwiftSetting] = house + [.strictMemorySafety()]

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "postern",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "postern", targets: ["postern"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML", "Reloading"]),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", "6.0.0"..<"7.0.0"),
    ],
    targets: [
        // C libraries.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CAllocator"),

        // The functional core: values and decisions, no I/O.
        .target(name: "Mail", swiftSettings: house),
        .target(name: "SenderTrust", dependencies: ["Mail"], swiftSettings: house),
        .target(name: "Registry", dependencies: ["Mail"], swiftSettings: house),
        .target(name: "Reading", dependencies: ["CXML2"], swiftSettings: touchingC),
        .target(
            name: "Judging", dependencies: ["Mail", "SenderTrust", "Registry", "Reading"], swiftSettings: house),

        // Adapters: each knows one library.
        .target(name: "MailParsing", dependencies: ["Mail", "CGMime"], swiftSettings: touchingC),
        .target(
            name: "Replies",
            dependencies: [
                "Mail", "Registry", "Judging", crypto, .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: house),
        .target(name: "Store", dependencies: ["Mail", "Registry", "Judging", crypto, grdb], swiftSettings: house),
        .target(name: "CurlTransport", dependencies: ["Mail", "CCurl"], swiftSettings: touchingC),
        .target(name: "Operations", dependencies: [logging, crypto], swiftSettings: touchingC),

        // The defaults under Config/, carried inside the binary.
        .executableTarget(name: "EmbedConfigTool", swiftSettings: tooling),
        .plugin(
            name: "EmbedConfig", capability: .buildTool(), dependencies: ["EmbedConfigTool"],
            path: "Sources/EmbedConfig"),
        .target(name: "Defaults", dependencies: [yams], swiftSettings: house, plugins: ["EmbedConfig"]),

        // The shell: what moves mail, and the program.
        .target(
            name: "Service",
            dependencies: ["Mail", "Registry", "Judging", "Operations", lifecycle, logging],
            swiftSettings: house),
        .executableTarget(
            name: "postern",
            dependencies: [
                "Mail", "SenderTrust", "Registry", "Reading", "Judging", "MailParsing", "Replies", "Store",
                "CurlTransport", "Operations", "Defaults", "Service", "CAllocator", lifecycle, logging, yams,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house),

        // Tests and benchmarks.
        .executableTarget(
            name: "PosternBench",
            dependencies: [
                "Mail", "SenderTrust", "Registry", "Reading", "Judging", "MailParsing", "CurlTransport", "Defaults",
                "Store",
            ],
            path: "Tests/Benchmarks/PosternBench", swiftSettings: house),
        .target(
            name: "PortContracts", dependencies: ["Mail", "Registry", "Judging", "Service"],
            path: "Tests/PortContracts",
            swiftSettings: house),
        .target(
            name: "MailServers", path: "Tests/MailServers",
            exclude: [
                "by-hand.py", "confined.py", "deliver.py", "demo-report.py", "demo.sh", "mail-servers.sh",
                "on-terminal.py", "room.sh", "samples",
                "walkthrough.sh",
            ],
            sources: ["ChildProcess.swift", "RealServers.swift"],
            swiftSettings: house),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Mail", "SenderTrust", "Registry", "Reading", "Judging", "MailParsing", "Replies", "CurlTransport",
                "Defaults",
            ],
            path: "Tests/Fuzz/FuzzTargets", swiftSettings: touchingC),
        .testTarget(name: "FuzzReplayTests", dependencies: ["FuzzTargets"], swiftSettings: house),
        .testTarget(name: "MailTests", dependencies: ["Mail"], swiftSettings: house),
        .testTarget(name: "SenderTrustTests", dependencies: ["Mail", "SenderTrust"], swiftSettings: house),
        .testTarget(name: "RegistryTests", dependencies: ["Mail", "Registry", "Defaults"], swiftSettings: house),
        .testTarget(name: "ReadingTests", dependencies: ["Reading", "Defaults"], swiftSettings: house),
        .testTarget(
            name: "JudgingTests",
            dependencies: ["Mail", "SenderTrust", "Registry", "Reading", "Judging", "MailParsing", "Defaults"],
            swiftSettings: house),
        .testTarget(name: "MailParsingTests", dependencies: ["Mail", "MailParsing"], swiftSettings: house),
        .testTarget(
            name: "RepliesTests",
            dependencies: [
                "Mail", "SenderTrust", "Registry", "Reading", "Judging", "Replies", "MailParsing", "Defaults",
            ],
            swiftSettings: house),
        .testTarget(
            name: "StoreTests", dependencies: ["Mail", "Registry", "Judging", "Store", grdb], swiftSettings: house),
        .testTarget(
            name: "CurlTransportTests", dependencies: ["Mail", "CurlTransport", "MailServers"], swiftSettings: house),
        .testTarget(
            name: "AttackTests",
            dependencies: [
                "Mail", "SenderTrust", "Registry", "Reading", "Judging", "Replies", "MailParsing", "Defaults",
                "MailServers", "postern",
            ],
            swiftSettings: house),
        .testTarget(name: "OperationsTests", dependencies: ["Operations", logging], swiftSettings: house),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Mail", "SenderTrust", "Registry", "Reading", "Judging", "Operations", "Service", "Defaults",
                "PortContracts", lifecycle, logging,
            ],
            swiftSettings: house),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Mail", "SenderTrust", "Registry", "Judging", "MailParsing", "Store", "CurlTransport", "Service",
                "Operations", "Defaults", "MailServers", "PortContracts", "postern", logging,
            ],
            swiftSettings: house),
    ]
)

if fuzzing {
    package.targets.append(
        .executableTarget(
            name: "PosternFuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/PosternFuzz",
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]))
}
