import CSVTokenizer
import SafeText

/// A source of findings: its file declares the kinds that it reports.
protocol FindingSource: SendableMetatype {
    /// All kinds that it reports.
    static var kinds: [FindingKind] { get }
}

/// Turns the facts that ``RowJudge`` found in the rows into findings, batch after batch in file order. A batch without such facts costs the check
/// one test.
///
/// A new check is a file with a conformance and its kinds, a line in ``Checks/all``, and a sample folder for each kind.
protocol Check: FindingSource, CodedState {
    /// Makes the check for one file.
    ///
    /// - Returns: `nil` if the check does not apply to the file.
    init?(layout: FileLayout, plan: ColumnPlan)

    /// Explains what was found in the rows of one batch.
    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog)

    /// Adds what the same check found in the range after this one, as if one check had seen both ranges. No batch follows.
    ///
    /// Merging is associative: limits depend on counts and positions, never on which check saw something first.
    mutating func merge(_ later: Self, at joint: Joint)

    /// Called at the end of the file: reports what is known only then.
    mutating func finish(log: inout FindingLog, prediction: inout Prediction)
}

extension Check {
    static var kinds: [FindingKind] { [] }

    func finish(log: inout FindingLog, prediction: inout Prediction) {}

    /// Merges the check at the same index of a later range: it has the same type.
    mutating func merge(other later: any Check, at joint: Joint) {
        guard let later = later as? Self else { preconditionFailure("the checks of two ranges are not in one order") }
        merge(later, at: joint)
    }
}

/// The list of everything that reports findings.
enum Checks {
    /// A source of findings, by when it is asked. It is not found out by a cast: to see that a type does *not* conform, all conformances of the
    /// program are searched, at each start.
    enum Entry {
        case file(any FileCheck.Type)
        case rows(any Check.Type)
        /// Called by name.
        case other(any FindingSource.Type)

        var source: any FindingSource.Type {
            switch self {
            case .file(let type): type
            case .rows(let type): type
            case .other(let type): type
            }
        }
    }

    /// In the order in which they finish: ``RepeatedColumnCheck`` folds findings of the others.
    static let all: [Entry] = [
        .file(SourceCheck.self),
        .file(EncodingCheck.self),
        .file(DialectCheck.self),
        .file(TableShapeCheck.self),
        .file(LineEndCheck.self),
        .other(HeaderCheck.self),
        .file(BlankLineCheck.self),
        .rows(WidthCheck.self),
        .rows(QuotingCheck.self),
        .rows(CharacterCheck.self),
        .rows(OddTextCheck.self),
        .rows(MisreadTextCheck.self),
        .rows(EscapedTextCheck.self),
        .rows(LostDigitsCheck.self),
        .rows(PercentSignCheck.self),
        .rows(DecoratedValueCheck.self),
        .rows(LookalikeValueCheck.self),
        .rows(HiddenRowsCheck.self),
        .rows(SubtotalCheck.self),
        .rows(FooterCheck.self),
        .rows(RepeatedHeaderCheck.self),
        .rows(LateHeaderCheck.self),
        .rows(RepeatedRowsCheck.self),
        .rows(KeyCheck.self),
        .rows(InferenceCheck.self),
        .rows(YearCheck.self),
        .rows(ValueCheck.self),
        .rows(SettingsCheck.self),
        .rows(SliceCheck.self),
        .rows(TotalsCheck.self),
        .rows(ExpectationCheck.self),
        .other(DriftCheck.self),
        .rows(RepeatedColumnCheck.self),
    ]

    /// The checks of a file as a whole.
    static func ofFile() -> [any FileCheck] {
        all.compactMap { if case .file(let type) = $0 { type.init() } else { nil } }
    }

    /// The checks of rows that apply to one file.
    static func ofRows(_ layout: FileLayout, plan: ColumnPlan) -> [any Check] {
        all.compactMap { if case .rows(let type) = $0 { type.init(layout: layout, plan: plan) } else { nil } }
    }
}

extension FindingKind {
    /// Every kind, by code.
    package static let all: [FindingKind] = Checks.all.flatMap { $0.source.kinds }.sorted { $0.code < $1.code }

    /// The kind with exactly this code.
    init?(code: String) {
        guard let match = Self.all.first(where: { $0.code == code }) else { return nil }
        self = match
    }

    /// The kind with a code like `PF203` or a slug; letter case does not matter.
    package init?(argument: String) {
        let wanted = argument.lowercased()
        guard let match = Self.all.first(where: { $0.code.lowercased() == wanted || $0.slug == wanted }) else { return nil }
        self = match
    }
}
