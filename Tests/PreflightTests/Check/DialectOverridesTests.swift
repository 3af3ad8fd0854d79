import CSVTokenizer
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight

/// Whatever is given and whatever the profile says, the delimiter is not the quote.
@Suite struct DialectOverridesTests {
    private static let bytes: [UInt8?] = [nil] + [0x00, 0x0A, 0x0D, 0x80, 0xFF].map(Optional.some) + ",;\t\"'|".utf8.map(Optional.some)

    @Test func noPairOfEqualBytesCanBeMade() {
        for delimiter in Self.bytes {
            for quote in Self.bytes {
                let isAllowed = [delimiter, quote].allSatisfy { $0.map(Dialect.isAllowed) ?? true }
                let isPair = delimiter == nil || delimiter != quote ?? UInt8(ascii: "\"")
                #expect((DialectOverrides(delimiter: delimiter, quote: quote) != nil) == (isAllowed && isPair))
            }
        }
    }

    @Test func theProfileYieldsWhereItContradicts() throws {
        let (comma, semicolon, double, single) = (UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"))
        let table: [(given: DialectOverrides?, profile: Profile.Dialect, delimiter: UInt8?, quote: UInt8?)] = [
            (.some(.none), Profile.Dialect(), nil, nil),
            (.some(.none), Profile.Dialect(delimiter: semicolon, quote: single), semicolon, single),
            (DialectOverrides(delimiter: comma), Profile.Dialect(delimiter: semicolon, quote: single), comma, single),
            (DialectOverrides(quote: double), Profile.Dialect(delimiter: semicolon, quote: single), semicolon, double),
            (DialectOverrides(delimiter: single), Profile.Dialect(delimiter: semicolon, quote: single), single, nil),
            (DialectOverrides(quote: semicolon), Profile.Dialect(delimiter: semicolon, quote: double), nil, semicolon),
        ]
        for row in table {
            let completed = try #require(row.given).completed(by: row.profile)
            #expect(completed.delimiter == row.delimiter)
            #expect(completed.quote == row.quote)
        }
    }

    /// No combination stops the program: each gives a report.
    @Test func everyCombinationIsChecked() {
        let content = Array("a,b;c'd\"e\n'1','2';\"3\"\n".utf8)
        for given in Self.bytes.flatMap({ delimiter in Self.bytes.compactMap { DialectOverrides(delimiter: delimiter, quote: $0) } }) {
            for profile in [",'", "'\""].map({ Array($0.utf8) }) {
                var named = Profile(columns: [])
                named.dialect = Profile.Dialect(delimiter: profile[0], quote: profile[1])
                let report = report(on: content, options: CheckOptions(profile: named, dialect: given))
                #expect(report.input.dialect.delimiter != report.input.dialect.quote)
            }
        }
    }
}
