import ByteSpans
import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Control totals: how they are written, and what a check says of them. `Tests/Totals/generated` compares sums with those of Python.
@Suite("Control totals") struct ExpectationTests {
    // MARK: How they are written

    @Test(arguments: [
        ("rows=1000", "rows", "1000"), ("rows=900..1100", "rows", "900..1100"), ("rows=1000±2%", "rows", "980..1020"),
        ("rows=1000+-20", "rows", "980..1020"), ("bytes=0", "bytes", "0"), ("sum.Amount=-12.50", "sum.Amount", "-12.5"),
        ("sum.A.B[Entity=FR 03]=1", "sum.A.B[Entity=FR 03]", "1"), ("sum.A=B=5", "sum.A=B", "5"), ("sum.[x]=5", "sum.[x]", "5"),
        ("distinct.Entity=12", "distinct.Entity", "12"), ("min.Date=2026-01-31", "min.Date", "2026-01-31"),
        ("max.Date=2026-01-01..2026-01-31", "max.Date", "2026-01-01..2026-01-31"), ("max.Amount=-5..5.5", "max.Amount", "-5..5.5"),
        ("sum.A=-100±10%", "sum.A", "-110..-90"),
    ]) func areRead(_ text: String, key: String, value: String) throws {
        let expectation = try Expectation(text, origin: "test")
        #expect(expectation.quantity.key == key)
        #expect(expectation.wanted.setting == value)
    }

    @Test(arguments: [
        "rows", "=5", "rows=", "rows=many", "rows=1e3", "rows=0x10", "rows=5..", "rows=9..1", "rows=2026-01-31", "line=5", "sum=5",
        "sum.=5",
        "sum.A[Entity]=5", "sum.A=2026-01-31", "min.Date=2026-02-30", "min.Date=31/01/2026", "sha256=abc", "rows=5±x%", "sum.A=1,5",
        "sum.A=.5", "sum.A=5.", "sum.A=--5", "sum.A=1234567890123456789012345678901",
    ]) func areRefused(_ text: String) {
        #expect(throws: Expectation.Mistake.self) { try Expectation(text, origin: "test") }
    }

    @Test func areWrittenAsTheyAreRead() throws {
        let yaml = """
            version: 1
            columns:
              - {name: Entity, type: text}
            expect: {rows: 900..1100, "sum.Amount[Entity=FR: 03]": 1234567.89, max.Date: 2026-12-31}
            """
        let profile = try Profile(yaml: yaml)
        #expect(profile.expectations.map(\.quantity.key) == ["rows", "sum.Amount[Entity=FR: 03]", "max.Date"])
        let again = try Profile(yaml: ProfileWriter.text(of: profile))
        #expect(again.expectations.map(\.quantity) == profile.expectations.map(\.quantity))
        #expect(again.expectations.map(\.wanted) == profile.expectations.map(\.wanted))
    }

    @Test func aMistakeInTheProfileHasItsPlace() throws {
        let error = #expect(throws: ProfileError.self) {
            try Profile(yaml: "version: 1\ncolumns:\n  - {name: A, type: text}\nexpect:\n  lines: 5\n")
        }
        #expect(error.map { "\($0)" }?.contains("5:3") == true)
    }

    // MARK: Files of totals

    private static func keys(_ text: String, _ form: TotalsFile.Form, export: String = "in/f.csv") throws -> [String] {
        try TotalsFile(Array(text.utf8), form: form, fileName: "totals", export: Array(export.utf8)).expectations.map {
            "\($0.quantity.key)=\($0.wanted.setting)"
        }
    }

    private static let digest = String(repeating: "0f", count: 32)

    @Test func controlFiles() throws {
        let text =
            "\u{FEFF}# made on Monday\r\nfile=f.csv\r\nRECORD_COUNT: 1000\r\n\"sum.Amount\"|12.5\r\nFile size = 77\r\nsum.A[E=x]=3\r\n"
        #expect(try Self.keys(text, .control) == ["rows=1000", "sum.Amount=12.5", "bytes=77", "sum.A[E=x]=3"])
        // A control file of a database loader has the same name.
        #expect(try Self.keys("LOAD DATA INFILE 'f.csv'\nINTO TABLE t\nFIELDS TERMINATED BY ','\n", .control) == [])
    }

    @Test func digests() throws {
        for line in ["\(Self.digest)  f.csv\n", "\(Self.digest) *f.csv\n", "SHA256 (f.csv) = \(Self.digest)\n", Self.digest] {
            #expect(try Self.keys(line, .digest) == ["sha256=\(Self.digest)"], "\(line)")
        }
        let two = String(repeating: "a", count: 64) + "  other.csv\n\(Self.digest.uppercased())  out/f.csv\n"
        #expect(try Self.keys(two, .digest) == ["sha256=\(Self.digest)"])
        #expect(throws: ProfileError.self) { try Self.keys(two, .digest, export: "g.csv") }
        #expect(throws: ProfileError.self) { try Self.keys("nothing\n", .digest) }
    }

    @Test func totalsInYAML() throws {
        #expect(try Self.keys("rows: 5\nsum.A: 1.50\n", .totals) == ["rows=5", "sum.A=1.5"])
        #expect(try Self.keys("expect: {rows: 5}\n", .totals) == ["rows=5"])
        #expect(throws: ProfileError.self) { try Self.keys("row: 5\n", .totals) }
    }

    @Test func namesOfFilesOfTotals() {
        let names = TotalsFile.paths(beside: FilePath("d/f.csv.gz")).map(\.path.text)
        #expect(names.prefix(3) == ["d/f.csv.gz.totals.yaml", "d/f.csv.totals.yaml", "d/f.totals.yaml"])
        #expect(TotalsFile.paths(beside: FilePath("f")).map(\.path.text) == ["f.totals.yaml", "f.sha256", "f.ctl"])
    }

    // MARK: What is found

    private static let profile = """
        version: 1
        columns:
          - {name: Entity, type: text, null: ["-"]}
          - {name: Date, type: date, date: {format: dd/MM/yyyy}}
          - {name: Amount, type: number, number: {decimal: ",", group: "."}}
        """

    /// `key=value` to what the result says: what was found, and whether it holds.
    private static func results(_ text: String, _ totals: [String], profile: String? = profile) throws -> [String] {
        var options = CheckOptions(profile: try profile.map { try Profile(yaml: $0) }, delimiter: UInt8(ascii: ";"))
        options.expectations = try totals.map { try Expectation($0, origin: "test") }
        return steadyReport(on: Array(text.utf8), options: options).expectations.map { result in
            "\(result.found ?? "?") " + (result.holds.map { $0 ? "holds" : "differs by \(result.difference?.text ?? "?")" } ?? "unknown")
        }
    }

    @Test func theLaterOneCounts() throws {
        #expect(try Self.results(Self.rows, ["sum.Amount=806.25", "sum.Amount=800"]) == ["806.25 differs by 6.25"])
    }

    private static let rows = """
        Entity;Date;Amount
        FR01;31/01/2026;1.204,50
        FR01;01/02/2026;-88,25
        "DE;02";15/12/2025;(310,00)
        -;15/12/2025;

        """

    @Test func ofAColumn() throws {
        let results = try Self.results(
            Self.rows,
            [
                "rows=4", "sum.Amount=806.25", "sum.Amount[Entity=FR01]=1116.25", "sum.Amount[Entity=DE;02]=-310",
                "distinct.Entity=2", "min.Date=2025-12-15", "max.Date=2026-01-31", "max.Amount=1000..1100", "min.Amount=-310",
            ])
        #expect(
            results == [
                "4 holds", "806.25 holds", "1116.25 holds", "-310 holds", "2 holds", "2025-12-15 holds",
                "2026-02-01 differs by ?", "1204.5 differs by 104.5", "-310 holds",
            ])
    }

    @Test func whatCannotBeRead() throws {
        let text = Self.rows + "IT03;2026-01-01;12.5\nIT03;01/01/2026\n"
        let report = try {
            var options = CheckOptions(profile: try Profile(yaml: Self.profile), delimiter: UInt8(ascii: ";"))
            options.expectations = try ["sum.Amount=806.25", "sum.Betrag=1", "max.Date=2026-02-01", "max.Entity=5", "min.Date=5"].map {
                try Expectation($0, origin: "test")
            }
            return steadyReport(on: Array(text.utf8), options: options)
        }()
        let remarks = report.expectations.map { $0.remark ?? "" }
        #expect(remarks[0].contains("1 value that cannot be read, first in row 5"))
        #expect(remarks[0].contains("1 row with another number of fields"))
        #expect(report.expectations[0].holds == true)
        #expect(remarks[1].contains("no column \"Betrag\""))
        #expect(report.expectations[1].holds == nil)
        #expect(report.expectations[3].holds == nil)
        #expect(report.expectations[4].holds == nil)
        #expect(report.findings.filter { $0.code == "PF706" }.count == 3)
    }

    @Test func withoutAProfileTheSeparatorThatReadsMoreCounts() throws {
        let point = "a;b\nx;1.5\ny;2.25\nz;1,000.5\n"
        let comma = "a;b\nx;1,5\ny;2,25\nz;1.000,5\n"
        #expect(try Self.results(point, ["sum.b=1004.25"], profile: nil) == ["1004.25 holds"])
        #expect(try Self.results(comma, ["sum.b=1004.25"], profile: nil) == ["1004.25 holds"])
    }

    /// A value that is kept only in part is no number. It is reported among the values that are left out.
    @Test(arguments: ["sum.b=4", "max.b=2.5"], [Kernel.scalar, .best])
    func withoutAProfileALongValueIsTold(total: String, kernel: Kernel) throws {
        var options = CheckOptions(delimiter: UInt8(ascii: ";"))
        options.kernel = kernel
        options.expectations = [try Expectation(total, origin: "test")]
        let text = "a;b\nx;1.5\ny;" + String(repeating: "9", count: 5_000) + "\nz;2.5\n"
        let found = report(on: text, options: options).expectations[0]
        #expect(found.holds == true)
        #expect(found.remark?.contains("without 1 value that cannot be read, first in row 2") == true, "\(found.remark ?? "")")
    }

    /// Kernels read most values of many rows: the sum, what is left out of it and where first are those of one value after the other.
    @Test(arguments: 0..<12)
    func withoutAProfileManyRows(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let odd = ["", "x", "\"2.5\"", "1,000.5", "1.000,5", "12", ".", "3.125", "3,125", "-4.5", "0,5", "1 000"]
        var (text, hundredths) = ("a;b\n", 0)
        let isOdd = seed >= 6
        for row in 0..<1_500 {
            let number = random.below(1_000_000) - 500_000
            let (sign, whole, part) = (number < 0 ? "-" : "", "\(number.magnitude / 100)", "\(number.magnitude % 100)")
            let padded = String(repeating: "0", count: 2 - part.utf8.count) + part
            let usual =
                switch seed % 6 {
                case 0, 1: "\(sign)\(whole).\(padded)"
                case 2: "\(sign)\(whole),\(padded)"
                case 3: "\(sign)\(whole).\(padded)0"
                case 4: "\(sign)\(whole)\(padded)"
                default: row == 0 ? "\(sign)\(whole),\(padded)" : "\(sign)\(whole).\(padded)"
                }
            let isUsual = !isOdd || random.below(20) > 0
            text += "x;\(isUsual ? usual : random.element(of: odd))\n"
            // A comma is no decimal point, where most values have one.
            if isUsual, seed % 6 != 5 || row > 0 { hundredths += seed % 6 == 4 ? number * 100 : number }
        }
        var options = CheckOptions(delimiter: UInt8(ascii: ";"))
        let sum = ExactDecimal(units: Int128(hundredths), scale: 2).text
        options.expectations = [try Expectation("sum.b=\(sum)", origin: "test")]
        let found = steadyReport(on: Array(text.utf8), options: options)
        options.kernel = .scalar
        #expect(report(on: text, options: options).expectations == found.expectations)
        #expect(isOdd || found.expectations[0].holds == true, "\(found.expectations[0].text)")
    }

    @Test func aFileWithoutRows() throws {
        #expect(try Self.results("", ["rows=0", "sum.Amount=0"]) == ["0 holds", "? unknown"])
        #expect(
            try Self.results("Entity;Date;Amount\n", ["rows=0", "sum.Amount=0", "max.Date=2026-01-01"]) == [
                "0 holds", "0 holds", "? unknown",
            ])
    }

    @Test func aDamagedFileProvesNothing() throws {
        var options = CheckOptions(delimiter: UInt8(ascii: ";"))
        options.expectations = [try Expectation("rows=2", origin: "test")]
        let damage = GzipDamage(kind: .truncated, member: 1, compressedOffset: 5, decompressedOffset: 12)
        let found = report(on: Array("a;b\n1;2\n3;4\n".utf8), options: options, damage: damage)
        #expect(found.expectations[0].holds == nil)
    }

    @Test func sumsOfManyDigitsAreExact() throws {
        let text =
            "Entity;Date;Amount\n" + String(repeating: "x;01/01/2026;9.007.199.254.740.993,01\n", count: 3) + "x;01/01/2026;0,0000000001\n"
        #expect(try Self.results(text, ["sum.Amount=27021597764222979.0300000001"]) == ["27021597764222979.0300000001 holds"])
    }

    /// Each total, read in a batch of plain numbers alone, which needs no index of fields otherwise.
    @Test func amongPlainNumbersOnly() throws {
        let profile = "version: 1\ncolumns:\n  - {name: a, type: number}\n  - {name: b, type: integer}\n"
        var (text, sum) = ("a;b\n", 0)
        for row in 0..<5_000 {
            text += "\(row).25;\(row * 7)\n"
            sum += row * 7
        }
        #expect(try Self.results(text, ["sum.b=\(sum)", "max.a=4999.25"], profile: profile) == ["\(sum) holds", "4999.25 holds"])
    }
}

@Suite("Exact decimals") struct ExactDecimalTests {
    @Test(arguments: ["0", "-1", "12.5", "-0.001", "123456789012345678901234567890", "0.0000000000000000000000000001"])
    func areWrittenAsTheyAreRead(_ text: String) {
        #expect(ExactDecimal(text)?.text == text)
    }

    @Test func order() {
        let ascending = [
            "-99999999999999999999999999999", "-2", "-1.5", "0", "0.0000000000000000000000000001", "1", "1.5",
            "99999999999999999999999999999",
        ]
        .compactMap { ExactDecimal($0) }
        #expect(ascending.count == 8)
        for (left, right) in zip(ascending, ascending.dropFirst()) {
            #expect(left < right && !(right < left), "\(left.text) \(right.text)")
        }
    }

    /// Against a reading digit by digit, over all lengths, places of the point, and texts that are no plain number.
    @Test func eightDigitsAtATime() {
        var random = SeededGenerator(seed: 1)
        let alphabet = Array("0123456789012345678901234567890123456789..,-+ e'".utf8)
        for round in 0..<(isDebugBuild ? 200_000 : 2_000_000) {
            let length = 1 + random.below(18)
            let decimal = UInt8(ascii: round % 2 == 0 ? "." : ",")
            var text = (0..<length).map { _ in
                random.below(12) == 0 ? alphabet[random.below(alphabet.count)] : UInt8(ascii: "0") + UInt8(random.below(10))
            }
            if random.below(3) == 0 { text[random.below(length)] = decimal }
            if random.below(4) == 0 { text[0] = UInt8(ascii: "-") }
            // What follows must not matter.
            let padded = text + (0..<16).map { _ in UInt8(random.below(256)) }
            let found = DecimalDigits.read(padded.span[..<length], decimal: decimal)
            let wanted = Self.read(text, decimal: decimal)
            if found?.units != wanted?.units || found?.scale != wanted?.scale {
                Issue.record("\(String(decoding: text, as: UTF8.self)): \(String(describing: found)), not \(String(describing: wanted))")
                return
            }
        }
    }

    private static func read(_ text: [UInt8], decimal: UInt8) -> (units: Int64, scale: Int)? {
        let isNegative = text.first == UInt8(ascii: "-")
        let body = isNegative ? Array(text.dropFirst()) : text
        let parts = body.split(separator: decimal, omittingEmptySubsequences: false)
        guard body.count <= 16, parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(ASCII.isDigit) }) else { return nil }
        guard let units = Int64(String(decoding: parts.joined(), as: UTF8.self)) else { return nil }
        return (isNegative ? -units : units, parts.count == 2 ? parts[1].count : 0)
    }
}
