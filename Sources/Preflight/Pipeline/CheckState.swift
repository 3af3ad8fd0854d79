import ByteSources
import CSVTokenizer
import SafeText

/// What was found in a range of a file: the facts about its bytes, the findings and the state of every check, before the file is known to end.
///
/// An ordered monoid: the state of one range merged with that of the next range is the state of both together, and the order of merging does not
/// matter. A range begins at the start of a row. Its rows and lines count from there and are shifted when it is merged: see ``Joint``. No limit
/// depends on the order in which a check sees things.
struct CheckState {
    var content = ContentState()
    var log: FindingLog
    /// Where in the file findings occur; `nil` if nobody asked.
    var positions: PositionMap?
    /// What the columns hold; `nil` if columns are not counted, or no row was read.
    var columns: TableTally?
    /// The different values of the columns; `nil` if they are not counted, or no row was read.
    var values: ValueTally?
    private(set) var fileChecks: [any FileCheck] = Checks.ofFile()
    /// Created after the first row.
    private(set) var checks: [any Check] = []
    private(set) var rowCount = 0
    private(set) var cutRowCount = 0
    /// Physical lines of the header, in the range that has it.
    var headerLineCount = 0
    /// How the rows were judged.
    private(set) var paths: JudgingPaths = []

    init(options: CheckOptions) {
        log = FindingLog(samples: options.samples, differInRow: options.samplesDifferInRow)
        if options.mapsPositions { positions = PositionMap() }
    }

    // MARK: Batches

    /// Reports what the beginning of the file tells.
    mutating func begin(_ facts: FileFacts) {
        for check in fileChecks { check.begin(facts, log: &log) }
    }

    /// Creates the checks of rows, after the first row.
    mutating func begin(_ schema: Schema) {
        checks = Checks.ofRows(schema.layout, plan: schema.plan)
    }

    /// Explains what was found in the next batch.
    ///
    /// - Parameter lineEnds: The line ends up to the end of this batch.
    mutating func explain(_ batch: inout RowBatch, _ judgement: inout BatchJudgement, lineEnds: InputSummary.LineEnds) {
        log.beginBatch()
        judgement.number(from: rowCount + 1)
        rowCount += judgement.rows.dataRowCount
        cutRowCount += judgement.rows.cut.count
        paths.formUnion(judgement.paths)
        for index in checks.indices { checks[index].explain(batch, judgement, log: &log) }
        for index in fileChecks.indices { fileChecks[index].explain(&batch, judgement, lineEnds: lineEnds, log: &log) }
    }

    /// Changes the check of a type, if there is one.
    mutating func with<Wanted: Check>(_ type: Wanted.Type, _ body: (inout Wanted) -> Void) {
        for index in checks.indices {
            guard var check = checks[index] as? Wanted else { continue }
            body(&check)
            checks[index] = check
        }
    }

    // MARK: Ranges

    /// Where the next range begins.
    var joint: Joint { Joint(rows: rowCount, lines: content.lineCount) }

    /// Adds the state of the range after this one. No batch follows.
    ///
    /// - Returns: if rows are marked, by key the rows of the later range that have the key of an earlier one, ascending.
    @discardableResult
    mutating func merge(_ later: CheckState) -> [[KeyPlace]] {
        var joint = joint
        joint.groups = log.merge(later.log, at: joint)
        let keys = log.marksRows ? keyCheck : nil
        keys?.keepRepeatedRows()
        for index in checks.indices { checks[index].merge(other: later.checks[index], at: joint) }
        for index in fileChecks.indices { fileChecks[index].merge(other: later.fileChecks[index], at: joint) }
        if let other = later.positions { positions?.merge(other, at: joint) }
        let repeated = keys?.takeRepeatedRows()
        if let repeated {
            let starts = repeated.new.lazy.map { RowRuler.Start(row: $0.row, line: $0.line) }
            positions?.record(.duplicateKey, FindingKind.duplicateKey.severity, rows: starts)
        }
        if let other = later.columns {
            columns?.merge(other)
            columns = columns ?? other
        }
        if let other = later.values {
            values?.merge(other)
            values = values ?? other
        }
        content.merge(later.content)
        rowCount += later.rowCount
        cutRowCount += later.cutRowCount
        headerLineCount += later.headerLineCount
        paths.formUnion(later.paths)
        return repeated?.byKey ?? []
    }

    // MARK: The end of the file

    /// The check of the profile's keys, if it has any.
    var keyCheck: KeyCheck? { checks.lazy.compactMap { $0 as? KeyCheck }.first }

    /// Why the profile's keys could not be compared; asked when the checks are finished.
    var keyFailure: Descriptor.Failure? { keyCheck?.failure }

    /// What was measured for control totals; `nil` if nothing was.
    var expectationCheck: ExpectationCheck? { checks.lazy.compactMap { $0 as? ExpectationCheck }.first }

    /// Whether keys were put aside, so that not every row that repeats one was marked.
    var hasPutKeysAside: Bool { keyCheck?.hasPutAside == true }

    /// Reports what can only be known at the end.
    mutating func finish(_ facts: FileFacts?, _ end: FileEnd, prediction: inout Prediction) {
        if let facts { for check in fileChecks { check.finish(facts, end, log: &log) } }
        for var check in checks { check.finish(log: &log, prediction: &prediction) }
    }
}

extension CheckState {
    /// Writes the state of a range, or reads one into a state that has just begun with the same schema: see ``begin(_:)-(Schema)``.
    ///
    /// - Parameter schema: `nil` where no row was read.
    mutating func code(_ coder: inout StateCoder, schema: Schema?) {
        coder.begin("content")
        coder(&content)
        coder(&rowCount)
        coder(&cutRowCount)
        coder(&headerLineCount)
        coder.raw(&paths)
        coder.end()
        coder.begin("findings")
        coder(&log)
        coder.end()
        coder.referentCount = log.groups.count
        for index in fileChecks.indices {
            coder.begin(Self.name(of: type(of: fileChecks[index]), index))
            fileChecks[index].code(&coder)
            coder.end()
        }
        coder.begin("checks of rows")
        var count = checks.count
        coder(&count)
        if count != checks.count { coder.fail() }
        coder.end()
        for index in checks.indices {
            coder.begin(Self.name(of: type(of: checks[index]), index))
            checks[index].code(&coder)
            coder.end()
        }
        coder.begin("positions")
        coder(&positions)
        coder.end()
        coder.begin("columns")
        var hasColumns = columns != nil
        coder(&hasColumns)
        if hasColumns, var table = columns ?? schema.map(TableTally.init) {
            coder(&table)
            columns = table
        }
        coder.end()
        coder.begin("values")
        var hasValues = values != nil
        coder(&hasValues)
        if hasValues, var tally = values ?? schema.map({ ValueTally($0, kernel: .scalar) }) {
            coder(&tally)
            values = tally
        }
        coder.end()
    }

    /// The name of a check's section. To describe a type, all conformances of the program are searched for one that it does not have.
    private static func name(of type: any FindingSource.Type, _ index: Int) -> String { type.kinds.first?.slug ?? "check \(index)" }
}
