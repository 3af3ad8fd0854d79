import ByteSources
import Dispatch
import SystemCalls

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the process begins.
@main
enum EntryPoint {
    static func main() {
        system_share_memory()
        // Before anything else is opened.
        guard StandardDescriptors.secure() else { _exit(ExitStatus.unable.rawValue) }
        Interruption.install()
        let arguments = Array(ArgumentText.processArguments.dropFirst())
        // A check waits for nothing, and does without the threads of the concurrency library: their start takes as long as a small file.
        if let check = CheckCommand.quick(arguments) {
            do {
                try check.run()
            } catch {
                Program.leave(error)
            }
        }
        Task(priority: .userInitiated) { await Program.run(arguments) }
        dispatchMain()
    }
}
