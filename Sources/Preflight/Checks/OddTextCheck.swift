import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports control characters, text that was encoded twice, and characters that were lost in a conversion.
///
/// Only in rows that are kept whole (`RowBatch.Limits.rowBytes`): what is known of longer ones depends on how the input was cut.
struct OddTextCheck: Check {
    static let kinds: [FindingKind] = [.controlCharacter, .doubleEncoded, .replacementCharacter]

    private let layout: FileLayout
    private var (controlGroup, twiceGroup, replacedGroup) = (-1, -1, -1)
    /// How often each control character occurs. A finding counts runs of them.
    private var controls = [Int](repeating: 0, count: 0xA0)
    /// The values as they are and as they were meant, the first different ones.
    private var repairs: [Repair] = []

    /// Whether escapes switch character sets, as in ISO-2022-JP.
    private var switchesSets = false

    private static let mostRepairs = 3

    private struct Repair {
        var bytes: [UInt8]
        var found: VisibleText
        var meant: VisibleText
        /// How often it was encoded.
        var times: Int
    }

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let odd = judgement.oddText
        if odd.isEmpty { return }
        var cursor = RowCursor()
        for field in odd.controls { noteControls(field, row: cursor.row(of: field, in: batch), batch, judgement, log: &log) }
        cursor = RowCursor()
        for field in odd.replaced { noteReplaced(field, row: cursor.row(of: field, in: batch), batch, judgement, log: &log) }
        cursor = RowCursor()
        // The row of the field before, and whether it is kept whole.
        var last = (row: -1, isWhole: false)
        var counted = Counted()
        for field in odd.encodedTwice {
            let row = cursor.row(of: field, in: batch)
            if row != last.row { last = (row, batch.isKeptWhole(row)) }
            if last.isWhole { noteEncodedTwice(field, row: row, batch, judgement, &counted, log: &log) }
        }
        if counted.count > 0 {
            log.add(counted.count, rows: counted.rows, to: twiceGroup, lastRow: judgement.rows.number(of: counted.lastRow))
        }
    }

    /// Fields of a batch that are only counted: all of a file may be encoded twice.
    private struct Counted {
        var count = 0
        /// Rows that have no field that was noted otherwise.
        var rows = 0
        var lastRow = -1
    }

    private mutating func noteControls(
        _ field: Int, row: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog
    ) {
        guard batch.isKeptWhole(row) else { return }
        let range = batch.range(ofField: field)
        let bytes = batch.bytes[..<range.upperBound]
        var position = range.lowerBound
        while position < bytes.count {
            let start = position
            while position < bytes.count, let control = RowBatch.control(at: position, in: bytes) {
                controls[Int(control.code)] += 1
                position += control.length
            }
            if position == start {
                position += 1
                continue
            }
            if bytes[start] == 0x1B, start + 2 < bytes.count, bytes[start + 1] == UInt8(ascii: "$"), Self.sets.contains(bytes[start + 2]) {
                switchesSets = true
            }
            if controlGroup < 0 { controlGroup = log.group(.controlCharacter, column: nil, severity: nil, predicts: nil) }
            note(in: controlGroup, field: field, row: row, at: start, length: position - start, batch, judgement, log: &log)
        }
    }

    /// After `ESC $`: the sets of Japanese characters.
    private static let sets = Array("@B".utf8)

    /// Counts each character: one letter was lost for each, or one byte.
    private mutating func noteReplaced(
        _ field: Int, row: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog
    ) {
        guard batch.isKeptWhole(row) else { return }
        let range = batch.range(ofField: field)
        let bytes = batch.bytes[..<range.upperBound]
        var position = range.lowerBound
        while position + 2 < bytes.count {
            guard bytes[position] == 0xEF, bytes[position + 1] == 0xBF, bytes[position + 2] == 0xBD else {
                position += 1
                continue
            }
            if replacedGroup < 0 { replacedGroup = log.group(.replacementCharacter, column: nil, severity: nil, predicts: nil) }
            note(in: replacedGroup, field: field, row: row, at: position, length: 3, batch, judgement, log: &log)
            position += 3
        }
    }

    /// - Parameter row: one that is kept whole.
    private mutating func noteEncodedTwice(
        _ field: Int, row: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, _ counted: inout Counted, log: inout FindingLog
    ) {
        let range = batch.range(ofField: field)
        let bytes = batch.bytes[range]
        guard let offset = EncodedTwice.firstOffset(in: bytes) else { return }
        if twiceGroup < 0 { twiceGroup = log.group(.doubleEncoded, column: nil, severity: nil, predicts: nil) }
        if log.marksRows || log.wantsExample(twiceGroup) {
            note(in: twiceGroup, field: field, row: row, at: range.lowerBound + offset, length: 1, batch, judgement, log: &log)
        } else {
            counted.count &+= 1
            if row != counted.lastRow { counted.rows &+= 1 }
        }
        counted.lastRow = row
        // A column may have the same few values again and again.
        if repairs.count < Self.mostRepairs, !Self.isKept(bytes, repairs), let twice = EncodedTwice(Array(bytes)) {
            keep(
                Repair(
                    bytes: Array(bytes), found: VisibleText(field: field, in: batch, quote: layout.quote),
                    meant: VisibleText(twice.repaired, limit: 40), times: twice.times))
        }
    }

    private static func isKept(_ bytes: Span<UInt8>, _ repairs: [Repair]) -> Bool {
        for repair in repairs where repair.bytes.span.hasSameBytes(as: bytes) { return true }
        return false
    }

    private mutating func keep(_ repair: Repair) {
        if repairs.count < Self.mostRepairs, !repairs.contains(where: { $0.found == repair.found }) { repairs.append(repair) }
    }

    private func note(
        in group: Int, field: Int, row: Int, at position: Int, length: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement,
        log: inout FindingLog
    ) {
        let number = judgement.rows.number(of: row)
        log.count(in: group, row: number, field: field)
        guard log.wantsExample(group) else { return }
        let column = batch.column(ofField: field, inRow: row)
        log.addExample(to: group) {
            Finding.Example(
                field: field, ofRow: row, number: number, in: batch, column: column, lines: &$0,
                offset: batch.streamOffset(ofPosition: position), length: length, quote: layout.quote)
        }
    }

    mutating func merge(_ later: OddTextCheck, at joint: Joint) {
        if controlGroup < 0 { controlGroup = joint.group(later.controlGroup) }
        if twiceGroup < 0 { twiceGroup = joint.group(later.twiceGroup) }
        if replacedGroup < 0 { replacedGroup = joint.group(later.replacedGroup) }
        switchesSets = switchesSets || later.switchesSets
        for code in controls.indices { controls[code] += later.controls[code] }
        for repair in later.repairs { keep(repair) }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for (code, count) in controls.enumerated() where count > 0 {
            guard let scalar = Unicode.Scalar(UInt32(code)) else { continue }
            let meant = code < 0x80 ? nil : TextEncoding.windows1252.character(ofByte: UInt8(code))
            let reading = meant.map { ", which is \"\($0)\" in Windows-1252" } ?? ""
            log.addRemark("\(count == 1 ? "" : "\(count.grouped) × ")\(Lookalike.name(scalar))\(reading)", to: controlGroup)
        }
        if controls[0x80...].contains(where: { $0 > 0 }) {
            log.setHelp(twiceGroup < 0 ? Help.misreadWindows1252 : Help.partsOfEncodedTwice, of: controlGroup)
        }
        if switchesSets {
            log.addRemark("the text is ISO-2022-JP", to: controlGroup)
            log.setHelp("Convert the file: \(FileRemedy(encoding: "ISO-2022-JP").command()). Or export it as UTF-8.", of: controlGroup)
        }
        for repair in repairs {
            let times = repair.times > 2 ? ", encoded \(repair.times) times" : ""
            log.addRemark("\"\(repair.found)\" should be \"\(repair.meant)\"\(times)", to: twiceGroup)
        }
    }
}

extension OddTextCheck {
    fileprivate enum Help {
        static let removal = "Remove them in the export. In a copy: tr -d '\\001-\\010\\013\\014\\016-\\037\\177' < FILE > FILE.clean.csv"
        static let partsOfEncodedTwice = """
            They are parts of text that was encoded twice (PF108): export again with UTF-8 at every step. Without them the text could not be \
            restored.
            """
        static let misreadWindows1252 = """
            Text of Windows-1252 was probably read as ISO 8859-1: export again with the right encoding. To remove them in a copy: \
            LC_ALL=C sed $'s/\\xC2[\\x80-\\x9F]//g' FILE > FILE.clean.csv
            """
    }
}

extension OddTextCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.reference(&controlGroup)
        coder.reference(&twiceGroup)
        coder.reference(&replacedGroup)
        coder(&switchesSets)
        coder.each(&controls)
        coder.list(&repairs, blank: Repair(bytes: [], found: .blank, meant: .blank, times: 0)) { coder, repair in
            coder(&repair.bytes)
            coder(&repair.found)
            coder(&repair.meant)
            coder(&repair.times)
        }
        let isFound = (controls: switchesSets || controls.contains { $0 > 0 }, repairs: !repairs.isEmpty)
        if isFound.controls && controlGroup < 0 || isFound.repairs && twiceGroup < 0 {
            coder.fail()
            (controls, switchesSets, repairs) = (controls.map { _ in 0 }, false, [])
        }
    }
}

extension FindingKind {
    static let controlCharacter = FindingKind(
        code: "PF111", slug: "control-character", severity: .warning, about: .bytes,
        title: "Text contains control characters",
        why: """
            They cannot be seen, and no value is meant to have one. What an import does with them is undocumented: they may become a part of \
            the value, or a row of their own.
            """,
        help: OddTextCheck.Help.removal,
        message: { "Control characters at \($0.counted("place"))\($0.reasons)" })

    static let replacementCharacter = FindingKind(
        code: "PF112", slug: "replacement-character", severity: .warning, about: .bytes,
        title: "Characters were lost in an earlier conversion",
        why: """
            A program writes U+FFFD, shown as \u{FFFD}, for bytes that it cannot decode. What the character was is not in the file. The text loads \
            as it is, and an item of such a name is another item (assumed).
            """,
        help: "Export again from the source, and name its encoding at the step that reads it: the file cannot be repaired.",
        message: {
            "\($0.counted("character", "was lost", "were lost")) in an earlier conversion: U+FFFD stands for \($0.count == 1 ? "it" : "them")\($0.reasons)"
        })

    static let doubleEncoded = FindingKind(
        code: "PF108", slug: "double-encoded", severity: .note, about: .bytes,
        title: "Text looks as if it was encoded twice",
        why: """
            UTF-8 that was read as Windows-1252 and encoded again turns "é" into "Ã©". Such text would load as it is (assumed).
            """,
        help: "Check some of the values. If they are wrong, export again with UTF-8 at every step.",
        message: { "\($0.counted("value", "looks", "look")) as if encoded twice\($0.reasons)" })
}
