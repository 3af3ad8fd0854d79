import Foundation
import TestSupport
import Testing

@testable import ImportProfiles
@testable import SafeText

/// Which files a manifest means, and in which order.
@Suite(.computing) struct ManifestTests {
    private static func manifest(_ text: String) throws -> RunManifest {
        try RunManifest(yaml: Array(text.utf8), fileName: "m.yaml")
    }

    // MARK: Reading

    @Test func everySettingIsRead() throws {
        let manifest = try Self.manifest(
            """
            version: 1
            stop-on-fail: false
            defaults: {profile: usual.yaml, drift: off, max-skipped: 0.5%}
            steps:
              - {name: lists, files: "lists/*.csv", configuration: Finance/Entities/Load, missing: skip}
              - name: actuals
                files: "{yyyy}/a-{yyyy-MM-dd}.csv"
                take: last
                profile: own.yaml
                after: lists
                max-skipped: 3
                fail-on: warning
                drift: fail
                expect: {rows: 10}
            """)
        #expect(!manifest.stopsOnFailure)
        var lists = RunManifest.Step(name: "lists", files: try FilePattern("lists/*.csv"))
        (lists.profile, lists.configuration, lists.missing) = (.init("usual.yaml"), "Finance/Entities/Load", .skip)
        (lists.drift, lists.maxSkipped) = (.off, SkipLimit(argument: "0.5%"))
        #expect(manifest.steps.first == lists)
        let actuals = try #require(manifest.steps.last)
        #expect(actuals.take == .last && actuals.after == ["lists"] && actuals.failOn == .warning && actuals.drift == .fail)
        #expect(actuals.profile == .init("own.yaml") && actuals.maxSkipped == .rows(3) && actuals.expectations.count == 1)
    }

    /// The order of the file, but each step after those that it needs.
    @Test(arguments: [
        (["a", "b", "c"], "a b c"), (["c:a", "a", "b"], "a c b"), (["d:b c", "c:a", "b", "a:b"], "b a c d"),
    ])
    func order(steps: [String], expected: String) throws {
        let lines = steps.map { step in
            let parts = step.split(separator: ":")
            let after = parts.count == 2 ? ", after: [\(parts[1].split(separator: " ").joined(separator: ", "))]" : ""
            return "  - {name: \(parts[0]), files: x\(after)}"
        }
        let manifest = try Self.manifest("version: 1\nsteps:\n" + lines.joined(separator: "\n"))
        #expect(manifest.steps.map(\.name).joined(separator: " ") == expected)
    }

    @Test(arguments: [
        ("steps: [{name: a, files: x}]", "1:1 the line \"version: 1\""), ("version: 1", "1:1 needs \"steps\""),
        ("version: 1\nsteps: []", "2:8 at least one step"), ("version: 2\nsteps: [{name: a, files: x}]", "1:10 must be 1"),
        ("version: 1\nsteps: [{files: x}]", "2:9 needs a \"name\""), ("version: 1\nsteps: [{name: a}]", "2:9 needs \"files\""),
        ("version: 1\nsteps: [{name: a, files: x}, {name: a, files: y}]", "2:30 already described"),
        ("version: 1\nsteps: [{name: list, files: x}, {name: b, files: y, after: [lists]}]", "did you mean \"list\"?"),
        ("version: 1\nsteps: [{name: a, files: x, after: b}, {name: b, files: y, after: a}]", "wait for each other: \"a\", \"b\""),
        ("version: 1\nsteps: [{name: a, files: x, after: a}]", "wait for each other: \"a\""),
        ("version: 1\nsteps: [{name: a, file: x}]", "did you mean \"files\"?"),
        ("version: 1\nsteps: [{name: a, files: \"{yyyy\"}]", "\"}\" must end it"),
        ("version: 1\nsteps: [{name: a, files: \"{YYYY}\"}]", "written with yyyy, yy, MM and dd"),
        ("version: 1\nsteps: [{name: a, files: \"{yyyy -1w}\"}]", "written like -1d, -1m or +1y"),
        ("version: 1\nsteps: [{name: a, files: x, take: first}]", "must be one of \"all\", \"last\""),
        ("version: 1\nsteps: [{name: a, files: x, max-skipped: many}]", "must be a number of rows"),
        ("version: 1\ndefaults: {files: x}\nsteps: [{name: a, files: x}]", "unknown key \"files\" in \"defaults\""),
    ])
    func mistakesAreNamed(text: String, expected: String) {
        let error = #expect(throws: ProfileError.self) { try Self.manifest(text) }
        let words = (error?.mistakes ?? []).map { "\($0.line):\($0.column) \($0.message)" }.joined(separator: "\n")
        let parts = expected.split(separator: " ", maxSplits: 1)
        let isPlace = parts[0].contains(":") && parts[0].first?.isNumber == true
        #expect(words.contains(isPlace ? String(parts[1]) : expected), "\(words)")
        if isPlace { #expect(words.hasPrefix(String(parts[0])), "\(words)") }
    }

    // MARK: Names

    @Test(arguments: [
        ("a-{yyyy-MM-dd}.csv", "2026-03-01", "a-2026-03-01.csv"), ("{yyyy}/{MM}/{dd}_{yy}.csv", "2026-03-01", "2026/03/01_26.csv"),
        ("{yyyyMMdd -1d}", "2026-03-01", "20260228"), ("{yyyyMMdd -1d}", "2024-03-01", "20240229"),
        ("{yyyyMMdd +1d}", "2026-12-31", "20270101"),
        ("{yyyy-MM -1m}", "2026-01-31", "2025-12"), ("{yyyy.MM.dd +1m}", "2026-01-31", "2026.02.28"),
        ("{yyyyMMdd -1y}", "2024-02-29", "20230228"),
        ("{yyyyMMdd -400d}", "2026-11-30", "20251026"), ("plain", "2026-01-01", "plain"),
    ])
    func datesInNames(pattern: String, day: String, expected: String) throws {
        #expect(try FilePattern(pattern).glob(on: #require(CalendarDay(day)))?.text == expected)
    }

    @Test(arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-00", "", "2026-01-01x", "0000-01-01"])
    func noSuchDay(text: String) {
        #expect(CalendarDay(text) == nil)
    }

    /// Python's calendar agrees on each day of eight years.
    @Test func daysFollowEachOther() throws {
        var day = try #require(CalendarDay("2023-12-30"))
        for _ in 0..<3000 {
            let next = try #require(day.adding(1, .day))
            #expect(next > day && next.adding(-1, .day) == day)
            #expect(next.day == day.day + 1 || next.day == 1)
            day = next
        }
        #expect(day.description == "2032-03-17")
    }

    @Test(arguments: [
        ("*.csv", "a.csv", true), ("*.csv", ".csv", false), (".*", ".csv", true), ("*", "", true), ("?.csv", "é.csv", true),
        ("?", "", false),
        ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-b-b-d", false), ("[0-9][0-9]", "07", true), ("[!0-9]x", "7x", false),
        ("[!0-9]x", "ax", true),
        ("[]]", "]", true), ("[a", "[a", true), ("A.csv", "a.csv", false), ("**", "x", true), ("a", "ab", false),
    ])
    func wildcards(pattern: String, name: String, matches: Bool) {
        #expect(GlobPattern.matches(name, pattern: pattern) == matches)
    }

    /// Many stars do not take time without end.
    @Test func starsAreCheap() {
        #expect(!GlobPattern.matches(String(repeating: "a", count: 10_000), pattern: String(repeating: "*a", count: 100) + "b"))
    }

    // MARK: Schema

    @Test func theSchemaKnowsEveryKey() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().resolvingSymlinksInPath()
        let file = tests.appending(path: "../../../Sources/ImportProfiles/Manifest/manifest-v1.schema.json").standardized
        let root = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let properties = try #require(root["properties"] as? [String: [String: Any]])
        let step = try #require((properties["steps"]?["items"] as? [String: Any])?["properties"] as? [String: Any])
        let defaults = try #require(properties["defaults"]?["properties"] as? [String: Any])
        // The mistakes that the reader makes of each of them are not about unknown keys.
        for key in step.keys {
            let error = #expect(throws: ProfileError.self) {
                try Self.manifest("version: 1\nsteps: [{name: [], files: x, \"\(key)\": {}}]")
            }
            #expect(error?.description.contains("unknown key") == false, "\(key)")
        }
        #expect(Set(defaults.keys).isSubset(of: step.keys))
        let unknown = #expect(throws: ProfileError.self) { try Self.manifest("version: 1\nsteps: [{name: a, files: x, other: 1}]") }
        #expect(unknown?.description.contains("unknown key") == true)
    }
}
