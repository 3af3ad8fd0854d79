import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Whether the first lines are a title, or the header itself is odd.
@Suite(.computing) struct TitleTests {
    private static let odd = "name,city\nalpha,Bob,Paris\nbeta,Eve,Rome\ngamma,Al,Oslo\ndelta,Al,Oslo\n"

    static let headers = [
        odd,
        odd.replacing(",", with: ";"),
        odd.replacing(",", with: "\t"),
        odd.replacing("\n", with: "\r\n"),
        "name\nalpha,Bob\nbeta,Eve\ngamma,Al\n",
        "name,city\nalpha,Bob,n/a\nbeta,Eve,5\ngamma,Al,6\ndelta,Al,7\n",
        "name,city\nalpha,Bob,unknown\nbeta,Eve,5\ngamma,Al,6\ndelta,Al,7\n",
        "name,amount\nalpha,Bob,4\nbeta,Eve,5\ngamma,Al,6\n",
        "name,city\nalpha,Bob,Paris\nbeta,Eve,Rome\ngamma,Al,Oslo\ndelta,Al,-\n",
        "name,city,zip\nalpha,Bob,Paris,x,y\nbeta,Eve,Rome,x,y\ngamma,Al,Oslo,x,y\n",
    ]

    @Test(arguments: headers) func headerThatIsShort(text: String) {
        let report = steadyReport(on: Array(text.utf8))
        #expect(report.findings.map(\.kind).contains(.tooManyFields))
        #expect(!report.findings.map(\.kind).contains(.preamble))
        #expect(report.findings.contains { $0.message.contains("only the header differs") })
    }

    @Test(arguments: [nil, "name", "name, city"]) func profileNamesTheHeader(names: String?) throws {
        let columns = (names ?? "name, city, other").split(separator: ", ").map { "{name: \($0), type: text}" }
        let profile = try Profile(yaml: "version: 1\ncolumns: [\(columns.joined(separator: ", "))]\n")
        let report = report(on: Self.odd, options: CheckOptions(profile: profile))
        #expect(report.findings.map(\.kind).contains(.tooManyFields))
        #expect(!report.findings.map(\.kind).contains(.preamble))
    }

    static let titles: [(text: String, lines: Int)] = [
        ("Title\n\na;b\n1;2\n3;4\n", 2),
        ("Title\na;b\n1;2\n3;4\n", 1),
        ("Sales by region, January 2026\nRegion,Units,Amount\nNorth,1,2.5\nSouth,2,3.5\nWest,3,4.5\n", 1),
        ("Customers\n\nname,city,land\nBob,Paris,FR\nEve,Rome,IT\nAl,Oslo,NO\n", 2),
        ("Customers\r\n\r\nname,city,land\r\nBob,Paris,FR\r\nEve,Rome,IT\r\nAl,Oslo,NO\r\n", 2),
        ("Company,ACME\nPeriod,January\n\nEntity,Amount,Currency\n" + String(repeating: "A,1,EUR\nB,2,EUR\n", count: 9), 3),
        ("Company,ACME\nPeriod,January\nEntity,Amount,Currency\n" + String(repeating: "A,1,EUR\nB,2,EUR\n", count: 9), 2),
        ("Report\nBooked on;Text\n2026-01-31;x\n2026-02-28;y\n", 1),
    ]

    @Test(arguments: titles) func titleAboveTheHeader(text: String, lines: Int) {
        let report = steadyReport(on: Array(text.utf8))
        #expect(report.findings.first { $0.kind == .preamble }?.count == lines)
        #expect(!report.findings.map(\.kind).contains(.tooManyFields))
    }

    @Test func profileNamesTheLineBelow() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: name, type: text}, {name: city, type: text}]\n")
        let report = report(on: "All customers\nname,city\nBob,Paris\nEve,Rome\nAl,Oslo\n", options: CheckOptions(profile: profile))
        #expect(report.findings.map(\.kind) == [.preamble])
    }
}
