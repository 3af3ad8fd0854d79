#if canImport(Glibc)
    import Glibc
#endif

/// How the allocator of the C library keeps what was freed.
enum Allocator {
    /// Makes the memory of a run nearly independent of the number of threads. glibc gives each thread an arena of its own, and raises the size from
    /// which freed blocks go back to the system: with eight threads that is half of what a file with many columns takes.
    static func shareMemory() {
        #if canImport(Glibc)
            // The module of glibc for Swift leaves <malloc.h> out; the function is looked up by its name, and has this type since it exists.
            guard let address = unsafe dlsym(nil, "mallopt") else { return }
            let set = unsafe unsafeBitCast(address, to: (@convention(c) (Int32, Int32) -> Int32).self)
            _ = set(arenaMax, 2)
            _ = set(mmapThreshold, 256 << 10)
        #endif
    }

    // Of <malloc.h>.
    private static let arenaMax: Int32 = -8
    private static let mmapThreshold: Int32 = -3
}
