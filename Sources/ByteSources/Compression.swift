/// How a file is stored.
public enum Compression: String, Sendable {
    case none
    case gzip
}
