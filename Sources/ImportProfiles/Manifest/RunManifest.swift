import ByteSources
package import SafeText

/// Which files to push, where to, and in which order: the input of `preflight run`.
///
///     version: 1
///     stop-on-fail: true
///     defaults: {drift: warn, max-skipped: 0}
///     steps:
///       - {name: entities, files: lists/entities.csv, profile: profiles/entities.yaml, configuration: 33d0d7d0-6125-47c4-b36a-882f4ed53b33}
///       - name: actuals
///         files: exports/actuals-{yyyy-MM-dd}-*.csv.gz
///         profile: profiles/actuals.yaml
///         configuration: 5f1c2a9e-0c0f-4f7e-9b53-3b1d6a0b7c11
///         after: [entities]
///
/// Paths are relative to the folder of the manifest.
package struct RunManifest: Sendable, Equatable {
    /// Whether nothing more is sent after a step that failed. Otherwise only the steps after it are left out.
    package var stopsOnFailure = true
    /// In the order in which they run: that of the file, but each after those that it needs.
    package var steps: [Step] = []

    /// Some files of one import configuration.
    package struct Step: Sendable, Equatable {
        /// Distinct in the manifest.
        package var name: String
        package var files: FilePattern
        /// Which of the files that match.
        package var take = Taken.all
        /// What it means if none matches.
        package var missing = Missing.fail
        /// As the manifest has it; `nil` to push without a profile.
        package var profile: FilePath?
        /// A UUID, or `Application/Block/Name`; `nil` for that of the profile.
        package var configuration: String?
        /// Names of steps that must be done before.
        package var after: [String] = []
        package var maxSkipped: SkipLimit?
        package var failOn: Severity?
        package var drift: Drift?
        package var expectations: [Expectation] = []

        package init(name: String, files: FilePattern) {
            (self.name, self.files) = (name, files)
        }
    }

    /// Which of the files that match a pattern, in the order of their names. The raw values are the words of a manifest.
    package enum Taken: String, Sendable, CaseIterable {
        case all
        /// The last one by name: the newest, if names have ISO dates.
        case last
    }

    /// What it means if no file matches.
    package enum Missing: String, Sendable, CaseIterable {
        case fail
        case skip
    }

    /// Whether a file that differs from earlier ones is reported or stopped.
    package enum Drift: String, Sendable, CaseIterable {
        case off
        case warn
        case fail
    }

    /// Reads a manifest.
    ///
    /// - Throws: every mistake that was found; an unreadable file is a mistake as well.
    package static func load(path: FilePath) throws(ProfileError) -> RunManifest {
        let name = path.description
        let bytes: [UInt8]
        do throws(SmallFile.Refusal) {
            bytes = try SmallFile.read(path: path, limit: Profile.sizeLimit)
        } catch {
            throw ProfileError([ProfileMistake(file: name, line: 1, column: 1, message: error.message)])
        }
        return try RunManifest(yaml: bytes, fileName: name)
    }

    /// - Parameter fileName: for messages, already escaped.
    package init(yaml: [UInt8], fileName: String) throws(ProfileError) {
        let document = try ProfileDocument(yaml: yaml, fileName: fileName)
        var reader = ManifestReader(fileName: fileName)
        let manifest = reader.read(document.root)
        guard let manifest, reader.nodes.mistakes.isEmpty else { throw ProfileError(reader.nodes.mistakes) }
        self = manifest
    }

    init(stopsOnFailure: Bool, steps: [Step]) {
        (self.stopsOnFailure, self.steps) = (stopsOnFailure, steps)
    }
}
