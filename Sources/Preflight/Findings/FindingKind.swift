package import ImportProfiles

/// One kind of finding, with everything that does not depend on the file.
///
/// Each kind is a constant in the file of the check that reports it. `all` lists them; `preflight explain`, the reports, the documentation
/// and the tests read them from there.
public struct FindingKind: Sendable {
    /// `PF` and three digits; the first is the family. Never renamed and never reused.
    public let code: String
    /// Kebab case, as stable as the code.
    package let slug: String
    /// The severity of such a finding, unless the profile or an option changes it.
    package let severity: Severity
    /// One line, without a full stop.
    package let title: String
    /// Why the import cares. Says "assumed" where Pigment's behaviour is not public.
    package let why: String
    /// What to do next.
    package let help: String
    /// The skip reason that each occurrence predicts; `nil` if the kind predicts no skip.
    package let predicts: SkipReason?

    /// What the finding is about. This decides which other findings may be its cause.
    let subject: Subject
    /// Whether the text of the file cannot be read as intended, or not completely. No profile is drafted from such a file.
    let hidesText: Bool
    /// `false` if the place is always the beginning of the file, or if the message names it.
    package let showsPlaces: Bool
    /// Whether the message may be long and quotes nothing of the file, so that it can be broken into lines.
    package let wrapsMessage: Bool
    /// Whether ``help`` says to compare settings, which is futile if no other setting reads more values.
    package let comparesSettings: Bool
    /// Texts that may replace ``help`` and quote nothing of the file.
    private let otherHelp: [String]
    private let titleWithoutHeader: String?
    private let message: Message?
    private let messageForColumns: Message?

    /// Makes the message of a finding.
    typealias Message = @Sendable (FindingMessage) -> String

    /// Declares a kind.
    ///
    /// - Parameters:
    ///   - code: `PF` and three digits.
    ///   - slug: The name in kebab case.
    ///   - severity: The usual severity.
    ///   - subject: What the finding is about.
    ///   - title: One line, without a full stop.
    ///   - titleWithoutHeader: The title for a file without a header row, if it differs.
    ///   - why: Why the import cares.
    ///   - help: What to do next.
    ///   - otherHelp: Texts that may replace `help`, depending on the file, and quote nothing of it.
    ///   - comparesSettings: Whether `help` says to compare settings.
    ///   - predicts: The skip reason that each occurrence predicts.
    ///   - hidesText: Whether the text of the file cannot be read as intended, or not completely.
    ///   - showsPlaces: Whether the report for people lists the places.
    ///   - wrapsMessage: Whether the message may be broken into lines.
    ///   - message: What was found and how often, without the column and without a full stop. The default is the title and the remarks.
    ///   - messageForColumns: The message of a finding about several columns, if it differs.
    init(
        code: String, slug: String, severity: Severity, about subject: Subject, title: String, titleWithoutHeader: String? = nil,
        why: String,
        help: String, otherHelp: [String] = [], comparesSettings: Bool = false, predicts: SkipReason? = nil, hidesText: Bool = false,
        showsPlaces: Bool = true,
        wrapsMessage: Bool = false, message: Message? = nil, messageForColumns: Message? = nil
    ) {
        self.code = code
        self.slug = slug
        self.severity = severity
        self.subject = subject
        self.title = title
        self.titleWithoutHeader = titleWithoutHeader
        self.why = why
        self.help = help
        self.otherHelp = otherHelp
        self.comparesSettings = comparesSettings
        self.predicts = predicts
        self.hidesText = hidesText
        self.showsPlaces = showsPlaces
        self.wrapsMessage = wrapsMessage
        self.message = message
        self.messageForColumns = messageForColumns
    }

    /// What a finding is about.
    enum Subject {
        /// The file and its bytes, however they are split into fields.
        case bytes
        /// How rows are split into fields.
        case rows
        /// The names in the header.
        case names
        /// The values of columns.
        case values
    }

    /// Whether rows that were split at the wrong delimiter may cause such a finding. It is omitted if the delimiter is known to be wrong.
    var mayComeFromDelimiter: Bool { subject != .bytes }

    /// Whether such a finding is omitted in a column that repeats another.
    var isRepeatedWithColumn: Bool { subject != .names }

    /// The title in a report on a file with or without a header row.
    package func title(hasHeader: Bool) -> String {
        hasHeader ? title : titleWithoutHeader ?? title
    }

    /// Whether a help quotes nothing of the file, so that it can be broken into lines.
    package func isFixed(help text: String) -> Bool {
        text == help || otherHelp.contains(text)
    }

    func message(_ context: FindingMessage) -> String {
        if context.isAboutSeveralColumns, let messageForColumns { return messageForColumns(context) }
        return message?(context) ?? title + context.reasons
    }
}

/// A kind is known by its code.
extension FindingKind: Hashable {
    /// Whether both have the same code.
    public static func == (left: FindingKind, right: FindingKind) -> Bool { left.code == right.code }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension FindingKind: CustomStringConvertible {
    /// The code.
    public var description: String { code }
}

extension FindingKind {
    /// What such a finding means for the gate.
    package enum GateEffect {
        /// Nothing is sent.
        case blocks
        /// Each row with an occurrence counts as certainly skipped.
        case countsAsSkip
        /// Each row with an occurrence counts as possibly skipped.
        case mayCountAsSkip
        /// Nothing is sent under `--fail-on warning`.
        case blocksIfWarningsDo
        /// None.
        case none
    }

    /// What a finding of the usual severity means for the gate.
    package var gateEffect: GateEffect {
        switch (severity, predicts != nil) {
        case (.error, true): .countsAsSkip
        case (_, true): .mayCountAsSkip
        case (.error, false): .blocks
        case (.warning, false): .blocksIfWarningsDo
        case (.note, false): .none
        }
    }
}
