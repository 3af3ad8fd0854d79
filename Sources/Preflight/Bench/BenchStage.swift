import ByteSources
import SafeText

/// One part of the work on a file that is timed by itself. Each does what the one before it does, and its own work on top.
package enum BenchStage: Sendable, Hashable {
    /// The stored bytes into a buffer that is used again.
    case read
    /// Of gzip only: the stored bytes to the content, checksums verified.
    case inflate
    /// The content to rows and fields. UTF-8 is checked in the same pass, in the same registers: that cannot be switched off.
    case scan
    /// All that `check` does.
    case judge(threadCount: Int)
    /// What `push` does before it sends: `check`, and the digest that the second pass is held against.
    case judgeWithDigest(threadCount: Int)

    /// As in the reports, without the threads.
    package var name: String {
        switch self {
        case .read: "read"
        case .inflate: "inflate"
        case .scan: "scan + UTF-8"
        case .judge: "judge"
        case .judgeWithDigest: "judge + digest"
        }
    }

    /// Threads that do the work of the stage.
    package var threadCount: Int {
        switch self {
        case .read, .inflate, .scan: 1
        case .judge(let count), .judgeWithDigest(let count): count
        }
    }

    /// The name, with the threads where there are several: `judge, 2 threads`.
    package var title: String {
        threadCount == 1 ? name : "\(name), \(threadCount.counted("thread"))"
    }

    /// What one file is measured by, in the order of a round.
    ///
    /// - Parameters:
    ///   - threadLimit: judging is measured on 1, 2, 4, … threads up to as many.
    ///   - pushThreadCount: threads of the check before a push; `nil` where there is no digest to measure it with.
    static func all(compression: Compression, threadLimit: Int, pushThreadCount: Int?) -> [BenchStage] {
        var stages: [BenchStage] = compression == .gzip ? [.read, .inflate, .scan] : [.read, .scan]
        var count = 1
        while count < threadLimit {
            stages.append(.judge(threadCount: count))
            count *= 2
        }
        stages.append(.judge(threadCount: threadLimit))
        if let pushThreadCount { stages.append(.judgeWithDigest(threadCount: pushThreadCount)) }
        return stages
    }
}
