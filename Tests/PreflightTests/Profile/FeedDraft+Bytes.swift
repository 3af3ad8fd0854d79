@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

extension FeedDraft {
    /// The draft from a file that holds some bytes.
    init(of bytes: [UInt8], options: CheckOptions = CheckOptions()) throws(DraftFailure) {
        guard let folder = try? ScratchFolder(), let path = try? folder.write(bytes, to: "export.csv") else {
            throw .refused("the scratch folder cannot be written")
        }
        try self.init(paths: [FilePath(path)], options: options, today: nil)
    }
}
