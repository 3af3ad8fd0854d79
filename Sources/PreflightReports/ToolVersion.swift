/// The version that reports, `--version` and the `User-Agent` header name.
public enum ToolVersion {
    public static let current = "0.1.0"
}
