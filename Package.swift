// swift-tools-version: 6.2
import PackageDescription

// A warning is an error with the compilers that the project is built with; a newer one may know warnings that nobody has seen yet.
#if compiler(<6.4)
    let warnings: [SwiftSetting] = [.treatAllWarnings(as: .error)]
#else
    let warnings: [SwiftSetting] = []
#endif

/// The settings of every Swift target: Swift 6 language mode comes with the tools version.
let settings: [SwiftSetting] =
    warnings + [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        // Functions that return a span say whose bytes it has.
        .enableExperimentalFeature("Lifetimes"),
    ]

/// Of what is shipped: each use of memory that the compiler cannot check is marked.
let sourceSettings = settings + [.strictMemorySafety()]

/// A debug build of this package itself optimizes what reads, judges and reports: most of the tests' time is spent there. Assertions stay.
/// `UNOPTIMIZED=1 swift build` is for a debugger. In a package that depends on this one, it is built like that package's own code.
let isOptimizedInDebug = !Context.packageDirectory.contains("/checkouts/") && Context.environment["UNOPTIMIZED"] == nil

let optimized: [SwiftSetting] =
    (isOptimizedInDebug ? [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))] : [])
let coreSettings = sourceSettings + optimized
let kernelSettings: [CSetting] = isOptimizedInDebug ? [.unsafeFlags(["-O2"], .when(configuration: .debug))] : []

let package = Package(
    name: "csv-preflight",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "CSVTokenizer", targets: ["CSVTokenizer"]),
        .library(
            name: "Preflight", targets: ["SafeText", "ByteSources", "ValueFormats", "ImportProfiles", "Preflight"]),
        .library(name: "PreflightReports", targets: ["PreflightReports"]),
        .library(name: "PigmentImport", targets: ["PigmentImport"]),
        .library(name: "PigmentHTTP", targets: ["PigmentHTTP"]),
        .library(name: "RehearsalServer", targets: ["RehearsalServer"]),
        .executable(name: "preflight", targets: ["PreflightCommand"]),
    ],
    traits: [
        .trait(name: "ISAL", description: "Decompress gzip with ISA-L (libisal) instead of zlib, at twice its rate or more.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        // Patch releases only: PigmentHTTP looks into the connection, see `ConnectionWatch`. Run its tests before you raise it.
        .package(url: "https://github.com/swift-server/async-http-client", .upToNextMinor(from: "1.37.0")),
        // Builds the documentation; a command plugin, so nothing of it is compiled otherwise.
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["libz-dev"]), .brew(["zlib"])]
        ),
        .systemLibrary(name: "CISAL"),
        .target(name: "CSVKernels", dependencies: ["CViews"], cSettings: kernelSettings),
        .target(name: "CViews"),
        .target(name: "Checksums", dependencies: ["CViews"], cSettings: kernelSettings),
        // Linux has `iconv` in its C library.
        .target(
            name: "SystemCalls", dependencies: ["CViews"], linkerSettings: [.linkedLibrary("iconv", .when(platforms: [.macOS]))]),
        .target(name: "ByteSpans", dependencies: ["CViews"], swiftSettings: coreSettings),
        .target(name: "CSVTokenizer", dependencies: ["ByteSpans", "CSVKernels"], swiftSettings: coreSettings),
        .target(name: "SafeText", dependencies: ["ByteSpans"], swiftSettings: coreSettings),
        .target(
            name: "ByteSources",
            dependencies: [
                "CViews", "SystemCalls", "Checksums", "ByteSpans", "CSVTokenizer", "SafeText", "CZlib",
                .target(name: "CISAL", condition: .when(traits: ["ISAL"])),
            ],
            swiftSettings: coreSettings
        ),
        .target(name: "ValueFormats", dependencies: ["ByteSpans", "SafeText"], swiftSettings: coreSettings),
        .target(
            name: "ImportProfiles",
            dependencies: ["ByteSpans", "CSVTokenizer", "SafeText", "ByteSources", "ValueFormats", "Yams"],
            exclude: ["Manifest/manifest-v1.schema.json"],
            swiftSettings: coreSettings
        ),
        .target(
            name: "Preflight",
            dependencies: [
                "SystemCalls", "ByteSpans", "CSVKernels", "CSVTokenizer", "SafeText", "ByteSources", "ValueFormats", "ImportProfiles",
            ],
            swiftSettings: coreSettings
        ),
        .target(
            name: "PreflightReports",
            dependencies: [
                "ByteSpans", "CSVTokenizer", "SafeText", "ByteSources", "ValueFormats", "ImportProfiles", "Preflight",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            exclude: ["report-v1.schema.json", "columns-v1.schema.json", "run-v1.schema.json", "doctor-v1.schema.json"],
            swiftSettings: coreSettings
        ),
        .target(
            name: "PigmentImport",
            dependencies: [
                "SystemCalls", "ByteSpans", "Preflight", "SafeText", "ByteSources", "ValueFormats", "ImportProfiles",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            exclude: ["Ledger/ledger-v1.schema.json", "Ledger/baselines-v1.schema.json", "Diagnosis/diagnosis-v1.schema.json"],
            swiftSettings: coreSettings
        ),
        .target(
            name: "PigmentHTTP",
            dependencies: [
                "SystemCalls", "ByteSpans", "PigmentImport", "SafeText",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: sourceSettings
        ),
        .target(
            name: "RehearsalServer",
            dependencies: [
                "ByteSpans", "Preflight", "SafeText", "ByteSources", "ImportProfiles",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: sourceSettings
        ),
        .target(name: "EmptyICUData"),
        .executableTarget(
            name: "PreflightCommand",
            dependencies: [
                "SystemCalls", "ByteSpans", "CSVTokenizer", "SafeText", "ByteSources", "ValueFormats", "ImportProfiles", "Preflight",
                "PreflightReports", "PigmentImport", "PigmentHTTP", "RehearsalServer", "EmptyICUData",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["plan-v1.schema.json"],
            swiftSettings: sourceSettings,
            // A statically linked release exports every symbol otherwise: 5 MB that nothing looks up.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--no-export-dynamic"], .when(platforms: [.linux], configuration: .release))]
        ),
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: settings + optimized),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "ScriptedServer",
            dependencies: [
                "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/ScriptedServer",
            swiftSettings: settings
        ),
        .testTarget(
            name: "CSVKernelsTests",
            dependencies: ["ByteSpans", "CSVKernels", "CSVTokenizer", "SeededRandom", "TestSupport"],
            exclude: ["CrossCheck"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CSVTokenizerTests", dependencies: ["ByteSpans", "CSVTokenizer", "SeededRandom", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "PreflightTests",
            dependencies: [
                "ByteSpans", "Preflight", "PreflightReports", "CSVTokenizer", "SafeText", "ByteSources", "ValueFormats", "ImportProfiles",
                "CZlib", "SeededRandom", "TestSupport",
            ],
            exclude: ["Findings/stable-codes.txt", "Values/value-table.tsv"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PigmentImportTests",
            dependencies: [
                "ByteSpans", "PigmentImport", "Preflight", "SafeText", "ByteSources", "ImportProfiles", "ValueFormats", "SeededRandom",
                "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PigmentHTTPTests",
            dependencies: [
                "ByteSpans", "PigmentHTTP", "PigmentImport", "Preflight", "ByteSources", "ScriptedServer",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "RehearsalServerTests",
            dependencies: [
                "ByteSpans", "RehearsalServer", "Preflight", "SafeText", "ByteSources", "ImportProfiles",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "ScriptedServerTests", dependencies: ["ScriptedServer"], swiftSettings: settings),
        .testTarget(
            name: "UploadFaultTests",
            dependencies: [
                "ByteSpans", "PigmentImport", "PigmentHTTP", "Preflight", "SafeText", "ByteSources", "ImportProfiles", "ScriptedServer",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "ByteSpans", "PreflightCommand", "Preflight", "PreflightReports", "SafeText", "ByteSources", "ValueFormats",
                "ImportProfiles",
                "PigmentImport", "PigmentHTTP", "RehearsalServer", "ScriptedServer", "SeededRandom", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Cases"],
            swiftSettings: settings
        ),
    ]
)
