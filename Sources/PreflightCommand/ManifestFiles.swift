import ImportProfiles
import PigmentImport
import SafeText

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Finds the files that a manifest means.
struct ManifestFiles {
    /// Whose folder paths are relative to.
    let manifest: FilePath
    let day: CalendarDay

    /// The files of a step, in the order of their names, byte by byte. A name that is not UTF-8 matches no pattern.
    func paths(of step: RunManifest.Step) throws(CommandFailure) -> [FilePath] {
        guard let glob = step.files.glob(on: day) else {
            throw CommandFailure(.unable, "\(manifest): the date in \"files\" of step \(VisibleText(step.name)) is out of range on \(day).")
        }
        var found = [glob.isAbsolute ? "/" : ""]
        for name in glob.names {
            found = found.flatMap { folder in
                GlobPattern.isPattern(name)
                    ? names(in: folder).filter { GlobPattern.matches($0, pattern: name) }.map { Self.joined(folder, $0) }
                    : [Self.joined(folder, name)]
            }
        }
        let files = found.filter(isFile).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { path($0) }
        return step.take == .all ? files : files.suffix(1)
    }

    /// The path of a file that the manifest names.
    func path(_ text: String) -> FilePath { manifest.sibling(FilePath(text)) }

    /// Of what cannot be read there are none: that no file was found is then reported.
    private func names(in folder: String) -> [String] {
        let path = path(folder.isEmpty ? "." : folder).text
        return (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    private func isFile(_ text: String) -> Bool {
        // Through links, which attributes are not read through.
        let path = path(text).text
        guard FileManager.default.fileExists(atPath: path) else { return false }
        return (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType != .typeDirectory
    }

    private static func joined(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}

extension CalendarDay {
    /// Today, where this machine is.
    static var today: CalendarDay {
        let parts = Calendar.current.dateComponents([.year, .month, .day], from: Date.now)
        return CalendarDay(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1) ?? CalendarDay("1970-01-01")!
    }
}
