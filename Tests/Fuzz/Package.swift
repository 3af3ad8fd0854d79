// swift-tools-version: 6.2
import PackageDescription

// Fuzzing, a package of its own: the sources of the project, built with sanitizers. `./run` builds and runs it.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"), .enableExperimentalFeature("Lifetimes"),
    .unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing", "-parse-as-library"]),
]

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    traits: [.trait(name: "ISAL")],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: [
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CISAL"),
        .target(name: "CSVKernels", dependencies: ["CViews"], cSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]),
        .target(name: "CViews"),
        .target(name: "Checksums", dependencies: ["CViews"]),
        .target(name: "SystemCalls", dependencies: ["CViews"]),
        .target(name: "ByteSpans", dependencies: ["CViews"], swiftSettings: settings),
        .target(name: "CSVTokenizer", dependencies: ["ByteSpans", "CSVKernels"], swiftSettings: settings),
        .target(name: "SafeText", dependencies: ["ByteSpans"], swiftSettings: settings),
        .target(
            name: "ByteSources",
            dependencies: [
                "CViews", "SystemCalls", "Checksums", "ByteSpans", "CSVTokenizer", "SafeText", "CZlib",
                .target(name: "CISAL", condition: .when(traits: ["ISAL"])),
            ],
            swiftSettings: settings),
        .target(name: "ValueFormats", dependencies: ["ByteSpans", "SafeText"], swiftSettings: settings),
        .target(
            name: "ImportProfiles", dependencies: ["ByteSpans", "CSVTokenizer", "SafeText", "ByteSources", "ValueFormats", "Yams"],
            swiftSettings: settings),
        .target(
            name: "Preflight",
            dependencies: [
                "SystemCalls", "ByteSpans", "CSVKernels", "CSVTokenizer", "SafeText", "ByteSources", "ValueFormats", "ImportProfiles",
            ],
            exclude: ["Preflight.docc"], swiftSettings: settings),
        .target(
            name: "PreflightReports",
            dependencies: [
                "ByteSpans", "CSVTokenizer", "SafeText", "ByteSources", "ValueFormats", "ImportProfiles", "Preflight",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            exclude: ["report-v1.schema.json", "columns-v1.schema.json"], swiftSettings: settings),
        // What reads documents of servers, without the network below it.
        .target(
            name: "PigmentImport", dependencies: ["ByteSpans", "Preflight", "SafeText", "ImportProfiles", "ValueFormats", "ByteSources"],
            swiftSettings: settings),
        .target(name: "SeededRandom", swiftSettings: settings),
        .target(
            name: "Oracles", dependencies: ["ByteSpans", "CSVTokenizer", "ByteSources", "CZlib", "SeededRandom"], swiftSettings: settings),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "ByteSpans", "CSVTokenizer", "SafeText", "ByteSources", "ValueFormats", "ImportProfiles", "Preflight", "PreflightReports",
                "PigmentImport", "Oracles",
            ],
            swiftSettings: settings,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]),
    ])
