// swift-tools-version: 6.2
import PackageDescription

/// As in the package that is measured.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A package of its own, so that what only measuring needs is no dependency of the product.
let package = Package(
    name: "csv-preflight-benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "generate", targets: ["generate"])
    ],
    dependencies: [
        .package(name: "csv-preflight", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
    ],
    targets: [
        .target(name: "Generators", swiftSettings: settings),
        .executableTarget(
            name: "generate",
            dependencies: ["Generators", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Stages",
            dependencies: [
                "Generators",
                .product(name: "CSVTokenizer", package: "csv-preflight"),
                .product(name: "Preflight", package: "csv-preflight"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Stages",
            swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
)
