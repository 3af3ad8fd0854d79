/// The version that reports, `--version` and the `User-Agent` header name.
package enum ToolVersion {
    package static let current = "0.1.0"
}
