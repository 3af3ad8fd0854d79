import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// One fault, one finding: consequences are not reported as well.
@Suite(.computing) struct CausesTests {
    private static func profile(_ columns: String, delimiter: String = ",", more: String = "") throws -> CheckOptions {
        CheckOptions(
            profile: try Profile(yaml: "version: 1\ndialect: {delimiter: \"\(delimiter)\"}\n\(more)columns: [\(columns)]\n"))
    }

    private static let five =
        "{name: Entity, type: text}, {name: Account, type: text}, {name: Day, type: date}, "
        + "{name: Amount, type: number}, {name: Note, type: text, required: true}"

    /// A wrong delimiter is the cause of whatever the rows look like.
    @Test(arguments: [
        "Entity;Account;Day;Amount;Note\nA;\"1\";2026-01-31;5;x\nB;\"2\";2026-01-31;6;\n",
        "Entity;Account;Day;Amount;Note\nA;1;2026-01-31;5,5;x\nB;2;2026-01-31;6,5;y\nTotal;;;12,0;\n",
        "Entity;Account;Day;Amount, net;Note\nA;1;2026-01-31;5;x\nB;2;2026-01-31;6;y\nC;3;2026-01-31;6;y\n",
    ])
    func wrongDelimiter(text: String) throws {
        let report = steadyReport(on: Array(text.utf8), options: try Self.profile(Self.five))
        #expect(report.findings.map(\.kind) == [.otherDelimiter])
        #expect(report.findings[0].message.contains("configured: comma; with semicolon"))
        #expect(report.refusals(under: GatePolicy()) == [.finding(.otherDelimiter, count: 1)])
        #expect(report.prediction.skippedRows == .zero)
    }

    /// What is true of the bytes stays.
    @Test func wrongDelimiterAndOtherFaults() throws {
        let report = steadyReport(
            on: Array("\u{FEFF}Entity;Account\r\nA;1\n\nB;\u{0}\n".utf8), options: try Self.profile("{name: Entity, type: text}"))
        #expect(report.findings.map(\.kind) == [.byteOrderMark, .nulByte, .blankLine, .mixedLineEnds, .otherDelimiter])
    }

    /// The delimiter is right, and some rows are ragged: everything is reported.
    @Test func rightDelimiter() throws {
        let report = steadyReport(
            on: Array("Entity,Day\nA,2026-01-31\nB;x\nC,2026-01-31\n".utf8),
            options: try Self.profile("{name: Entity, type: text}, {name: Day, type: date}"))
        #expect(report.findings.map(\.kind) == [.tooFewFields])
    }

    static let renames: [(header: String, codes: [FindingKind], words: String)] = [
        // The only one of each, in any place.
        ("Entity,Account,Value", [.missingColumn], "\"Amount\" (renamed? the file has \"Value\" in column 3)"),
        ("Value,Entity,Account", [.missingColumn], "\"Amount\" (renamed? the file has \"Value\" in column 1)"),
        // Case, spaces and punctuation.
        ("entity,ACCOUNT,Amount", [.missingColumn], "\"Entity\" (renamed? the file has \"entity\" in column 1), \"Account\" (renamed?"),
        ("Amount ,Entity,Account", [.missingColumn], "(column 1 looks the same, but is written with an extra U+0020 space, at byte 6)"),
        // The same place and a similar name.
        ("Entity ID,Account,Amount (EUR)", [.missingColumn], "the file has \"Amount (EUR)\" in column 3"),
        ("Entity,Acount,Amont", [.missingColumn], "\"Account\" (renamed? the file has \"Acount\" in column 2), \"Amount\" (renamed?"),
        // No pairs.
        ("Entity,Account", [.missingColumn], "Not in the header: \"Amount\""),
        ("Entity,Account,Amount,Extra", [.unexpectedColumn], ""),
        ("Entity,X,Y", [.missingColumn, .unexpectedColumn, .unexpectedColumn], "\"Account\", \"Amount\""),
        ("Entity,Account,X,Y", [.missingColumn, .unexpectedColumn, .unexpectedColumn], "\"Amount\""),
    ]

    @Test(arguments: renames) func renamedColumn(header: String, codes: [FindingKind], words: String) throws {
        let columns = "{name: Entity, type: text}, {name: Account, type: text}, {name: Amount, type: text}"
        let row = header.split(separator: ",").map { _ in "x" }.joined(separator: ",")
        for extra in ["warn", "error"] {
            let options = try Self.profile(columns, more: "extra-columns: \(extra)\n")
            let report = report(on: "\(header)\n\(row)\n", options: options)
            #expect(report.findings.map(\.kind) == codes)
            #expect(report.findings.first { $0.kind == .missingColumn }?.message.contains(words) ?? words.isEmpty)
            #expect(report.refusals(under: GatePolicy()).isEmpty == (codes == [.unexpectedColumn] && extra == "warn"))
        }
        let ignoring = try Self.profile(columns, more: "extra-columns: ignore\n")
        let report = report(on: "\(header)\n\(row)\n", options: ignoring)
        #expect(report.findings.map(\.kind) == codes.filter { $0 != .unexpectedColumn })
    }

    /// A column that repeats another in every row is reported once, and its values are not reported again.
    @Test func repeatedColumn() throws {
        let text = "Amount,Day,Amount\nx,2026-01-31,x\n1,2026-02-31,1\n(5),2026-01-31,(5)\n1.234,2026-01-31,1.234\n"
        let options = try Self.profile("{name: Amount, type: number}, {name: Day, type: date}")
        let report = steadyReport(on: Array(text.utf8), options: options)
        #expect(
            report.findings.map { "\($0.code) \($0.column?.index ?? 0)" } == [
                "PF302 3", "PF401 1", "PF403 2", "PF411 1", "PF601 1",
            ])
        #expect(report.findings[0].message == "Named like column 1; same values as column 1 in every row")
        #expect(report.prediction.columns.map(\.column.index) == [1, 2])
        #expect(report.prediction.parsingErrorCells == Bounds(min: 2, max: 3))
        #expect(report.prediction.skippedRows == Bounds(min: 2, max: 3))
        #expect(report.prediction.advice.map(\.column.index) == [1, 2])
        #expect(report.refusals(under: GatePolicy()).contains(.finding(.duplicateColumnName, count: 1)))
    }

    @Test(arguments: ["Amount,Day,Amount\nx,a,x\n1,b,2\n", "Amount,Day,Amount\nx,a,x\n1,b\nx,c,x\n"])
    func columnOfOneNameAndOtherValues(text: String) throws {
        let report = steadyReport(on: Array(text.utf8), options: try Self.profile("{name: Amount, type: number}, {name: Day, type: text}"))
        #expect(report.findings.filter { $0.kind == .notANumber }.map(\.column?.index) == [1, 3])
        #expect(report.findings.first { $0.kind == .duplicateColumnName }?.message == "Named like column 1")
    }

    /// Without a profile, and in columns of nothing but numbers.
    @Test func repeatedColumnWithoutAProfile() throws {
        let rows = String(repeating: "1,5,1\n", count: 30)
        let report = steadyReport(on: Array(("n,m,n\n" + rows + "n/a,5,n/a\n" + rows).utf8))
        #expect(report.findings.map { "\($0.code) \($0.column?.index ?? 0)" } == ["PF302 3", "PF420 1"])
        #expect(report.prediction.parsingErrorCells == Bounds(min: 0, max: 1))
        let plain = steadyReport(
            on: Array(("n,m,n\n" + rows).utf8), options: try Self.profile("{name: n, type: number}, {name: m, type: number}"))
        #expect(plain.findings.map(\.message) == ["Named like column 1; same values as column 1 in every row"])
    }
}
