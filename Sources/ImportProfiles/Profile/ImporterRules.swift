import ByteSources
package import SafeText
import ValueFormats

/// How a hidden importer really reads files, in a rehearsal: a profile whose doubts are all settled, and how it reports what it skips.
///
/// It is YAML. What it leaves open is that of the profile that the file is checked with:
///
///     version: 1
///     defaults: {number: {decimal: "."}}
///     doubts: accepted
///     assume: {trailing-sign: rejected, count: rows}
///     columns:
///       - {name: Posting Date, date: {format: MM/dd/yyyy}}
///       - {name: Entity, items: [FR01, FR02], assume: {item-case: rejected}}
///     samples: 3
///
/// `defaults` and `columns` have the keys of a profile and replace its settings, key by key. `doubts` settles every doubt that `assume` leaves
/// open, in the importer or in one of its columns. What the profile assumes is not asked: it is the user's opinion.
package struct ImporterRules: Sendable, Equatable {
    /// Under which nothing is doubtful.
    package var profile: Profile
    package var count: SkipCount
    /// Values that the report shows of each column and reason, 1 to 10.
    package var samples: Int

    package static let usualSamples = 3
    package static let sampleLimits = 1...10

    /// An importer that has the settings of a profile, and accepts every doubt that the profile does not reject.
    ///
    /// - Parameter acceptsDoubts: what it does with the doubts that the profile leaves open.
    package init(
        _ profile: Profile, acceptsDoubts: Bool = true, count: SkipCount = .cells, samples: Int = usualSamples
    ) {
        self.profile = profile
        self.count = count
        self.samples = samples
        settleDoubts(accepting: acceptsDoubts)
    }

    /// Settles every doubt that is open in a column.
    mutating func settleDoubts(accepting accepts: Bool) {
        let all = DoubtSet(Doubt.allCases)
        let usual = Assumptions(accepted: accepts ? all : [], rejected: accepts ? [] : all)
        profile.assume(usual)
    }

    /// Reads the rules of an importer and the items files they name, whose paths are relative to their folder.
    ///
    /// - Parameter profile: that the file is checked with.
    /// - Throws: every mistake that was found, in the order of the file; an unreadable file is a mistake as well.
    package static func load(path: FilePath, over profile: Profile) throws(ProfileError) -> ImporterRules {
        let fileName = path.description
        let yaml: [UInt8]
        do {
            yaml = try SmallFile.read(path: path, limit: Profile.sizeLimit)
        } catch {
            throw ProfileError([ProfileMistake(file: fileName, line: 1, column: 1, message: error.message)])
        }
        return try ImporterRules(yaml: yaml, fileName: fileName, over: profile) { name throws(SmallFile.Refusal) in
            try SmallFile.read(path: path.sibling(FilePath(name)), limit: ItemsFile.sizeLimit)
        }
    }

    /// Reads the rules of an importer from their text.
    init(
        yaml: [UInt8], fileName: String, over profile: Profile, readItems: @escaping (String) throws(SmallFile.Refusal) -> [UInt8]
    ) throws(ProfileError) {
        let document = try ProfileDocument(yaml: yaml, fileName: fileName)
        var reader = ProfileReader(fileName: fileName, text: document.text, readItems: readItems)
        let rules = reader.readImporter(document.root, over: profile)
        guard let rules, reader.mistakes.isEmpty else { throw ProfileError(reader.mistakes) }
        self = rules
    }
}
