internal import CSVKernels

/// How the bytes are looked at. Every kernel gives the same rows, fields and anomalies; they differ in speed only.
public enum Kernel: String, Sendable, CaseIterable {
    /// Byte by byte, in Swift, on any processor: the definition that the others are held against.
    case scalar
    /// 16 bytes at a time (x86-64).
    case sse2
    /// 32 bytes at a time (x86-64 since 2013).
    case avx2
    /// 64 bytes at a time, and numbers 512 (x86-64 with AVX-512 and VBMI2, since 2019).
    case avx512
    /// 16 bytes at a time (64-bit ARM).
    case neon

    /// Whether this build has the kernel and this processor can run it.
    public var isAvailable: Bool {
        self == .scalar || csv_kernel_is_available(number)
    }

    /// The fastest one here.
    public static let best: Kernel = [.avx512, .avx2, .neon, .sse2].first(where: \.isAvailable) ?? .scalar

    /// As `CSVKernels` numbers them; 0 for the scalar machine, which is not there.
    package var number: Int32 {
        switch self {
        case .scalar: 0
        case .sse2: Int32(CSV_KERNEL_SSE2.rawValue)
        case .avx2: Int32(CSV_KERNEL_AVX2.rawValue)
        case .avx512: Int32(CSV_KERNEL_AVX512.rawValue)
        case .neon: Int32(CSV_KERNEL_NEON.rawValue)
        }
    }
}
